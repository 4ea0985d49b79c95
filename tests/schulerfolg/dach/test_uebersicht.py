"""„Ihre nächsten Schritte“: what waits for each person, over all hats."""

from datetime import timedelta

import pytest
from django.utils import timezone

from angebote.antrag.services import weitergeben, zurueckgeben
from angebote.antrag.workflow import Status
from angebote.pruefung import services as pruefung
from netzwerkstellen.models import Ansprechperson
from schulerfolg.akte.models import Lebenszeichen
from schulerfolg.akte.services import sign_of_life
from schulerfolg.aufgaben import Dringlichkeit, Gruppe, Karte, geordnet
from schulerfolg.dach.einrichtung import aufgaben as einrichtung
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_einladung, make_organisation, make_zugehoerigkeit
from tests.factories_antrag import make_antrag_in, make_beratung
from tests.factories_entscheidung import make_beschlossen, make_budget
from tests.factories_gremium import make_mitglied, make_saal, make_sitzung_in
from tests.rundgang import ONE_PER_HAT, jeden_tag, sign_in

SEITE = "/uebersicht/"
EINRICHTEN = {einrichtung.TITEL, einrichtung.ALLE}  # see test_einrichtung.py: here every office is a new one
UNTERWEGS = dict.fromkeys(("lehrkraft", "schulleitung"), "Ihre laufenden Anträge")
REIF = "Bereit für das Gremium"


def gruppen(antwort):
    gezeigt = [gruppe for gruppe in antwort.context["gruppen"] if gruppe.titel not in EINRICHTEN]
    return {gruppe.titel: [karte.titel for karte in gruppe.karten] for gruppe in gezeigt}


@pytest.mark.parametrize(
    ("status", "erwartet"),
    [
        ("entwurf", {"lehrkraft": "Ihre Entwürfe"}),
        ("freigabe_sl", {"schulleitung": "Warten auf Ihre Unterschrift", "lehrkraft": "Ihre laufenden Anträge"}),
        ("eingereicht", {"sachbearbeitung": "Neue Anträge", "leitung": "Neue Anträge", **UNTERWEGS}),
        ("formalpruefung", {"sachbearbeitung": "In Ihrer Prüfung", **UNTERWEGS}),
        ("nachforderung", {"lehrkraft": "Rückfragen an Sie", "schulleitung": "Rückfragen an Sie"}),
        ("fachpruefung", {"sachbearbeitung": "In Ihrer Prüfung", **UNTERWEGS}),
        ("gremienreif", {"sachbearbeitung": REIF, "leitung": REIF, **UNTERWEGS}),
        ("abgelehnt", dict.fromkeys(("lehrkraft", "schulleitung"), "Zuletzt entschieden")),
    ],
)
def test_whom_a_case_waits_for(cast, als, status, erwartet):
    for helfer in Lebenszeichen.Helfer:  # nothing is wrong behind the pages
        sign_of_life(helfer)
    make_antrag_in(status, cast)
    leute = (
        "lehrkraft",
        "schulleitung",
        "sachbearbeitung",
        "leitung",
        "freigabe",
        "nachbarin",
        "koordination",
        "fremd",
    )
    gesehen = {name: next(iter(gruppen(als(getattr(cast, name)).get(SEITE))), None) for name in leute}
    assert {name: titel for name, titel in gesehen.items() if titel} == erwartet


def test_an_opinion_waits_for_everybody_but_its_author(cast, als):
    antrag = make_antrag_in(Status.FACHPRUEFUNG, cast)
    pruefung.stellung_nehmen(
        antrag, by=cast.sachbearbeitung, text="Gut.", empfehlung="zustimmen", betrag=antrag.beantragt
    )
    assert gruppen(als(cast.sachbearbeitung).get(SEITE)) == {}
    for name in ("leitung", "freigabe"):
        titel = "Stellungnahmen, die Sie bestätigen können"
        antwort = als(getattr(cast, name)).get(SEITE)
        assert gruppen(antwort) == {titel: ["Gemeinsam statt einsam"]}
        [karte] = antwort.context["gruppen"][0].karten
        assert (karte.adresse, karte.schritt) == (f"/antraege/{antrag.pk}/", f"/antraege/{antrag.pk}/bestaetigen/")
        assert karte.knopf == "Stellungnahme lesen und bestätigen"


def test_a_decision_waits_for_whoever_may_sign_it(cast, als):
    make_budget(cast)
    antrag = make_beschlossen(cast)
    assert [gruppen(als(person).get(SEITE)) for person in (cast.sachbearbeitung, cast.leitung)] == [{}, {}]
    antwort = als(cast.freigabe).get(SEITE)
    assert gruppen(antwort) == {"Entscheidungen, die Sie unterschreiben können": [antrag.anzeigetitel]}
    assert antwort.context["gruppen"][0].karten[0].adresse == antrag.get_absolute_url()


def test_questions_without_an_answer_come_back_to_the_office(cast, als):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    antrag.nachforderungen.update(frist=timezone.localdate() - timedelta(days=1))
    assert list(gruppen(als(cast.sachbearbeitung).get(SEITE))) == ["Rückfragen, deren Frist vorbei ist"]


def test_what_came_back_stands_before_other_drafts(cast, als):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    zurueckgeben(antrag, by=cast.schulleitung, begruendung="Bitte die Kosten prüfen.")
    assert list(gruppen(als(cast.lehrkraft).get(SEITE))) == ["Zur Überarbeitung zurück bei Ihnen"]
    weitergeben(antrag, by=cast.lehrkraft)
    assert list(gruppen(als(cast.lehrkraft).get(SEITE))) == ["Ihre laufenden Anträge"]


def test_a_school_reads_what_comes_next_and_nothing_that_is_not_told_yet(cast, als):
    make_budget(cast)
    make_beschlossen(cast)
    [gruppe] = als(cast.lehrkraft).get(SEITE).context["gruppen"]
    assert "Als Nächstes: die Netzwerkstelle unterschreibt die Entscheidung" in gruppe.karten[0].zeit
    assert gruppen(als(make_zugehoerigkeit(cast.schule).person).get(SEITE)) == {}


def test_an_answer_comes_before_other_checks(cast, als):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    fragen = antrag.nachforderungen.get().rueckfragen.all()
    pruefung.nachreichen(antrag, by=cast.lehrkraft, antworten={frage.pk: "Ja." for frage in fragen})
    assert list(gruppen(als(cast.sachbearbeitung).get(SEITE))) == ["Antworten auf Ihre Rückfragen"]


def test_advice_is_asked_and_given(cast, als):
    make_beratung(cast.schule, cast.lehrkraft, status="angefragt", titel="Streit schlichten")
    assert gruppen(als(cast.leitung).get(SEITE)) == {"Bitten um Beratung": ["Streit schlichten"]}
    assert gruppen(als(cast.nachbarin).get(SEITE)) == {}
    make_beratung(cast.schule, cast.lehrkraft, titel="Zirkus")
    assert gruppen(als(cast.lehrkraft).get(SEITE)) == {"Nach der Beratung": ["Zirkus"]}


def test_what_the_office_has_to_confirm(cast, als):
    Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Kim", zu_bestaetigen=True)
    assert gruppen(als(cast.leitung).get(SEITE)) == {"Ihre Netzwerkstelle": ["Eine Angabe ist zu bestätigen"]}
    assert gruppen(als(cast.freigabe).get(SEITE)) == {}


def test_of_what_the_office_has_to_do_each_is_told_their_part(cast, als):
    """By the rights table: contacts are for all, the office's own address for the Leitung, the Träger for neither."""
    Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Kim", zu_bestaetigen=True)
    cast.harz.traegerschaften.create(organisation=make_organisation(), zu_bestaetigen=True)
    cast.harz.email_zu_bestaetigen = True
    cast.harz.save()
    make_einladung(cast.harz, cast.leitung)
    make_einladung(cast.harz, cast.leitung, schule=cast.schule)
    gesehen = {
        name: gruppen(als(getattr(cast, name)).get(SEITE)) for name in ("sachbearbeitung", "leitung", "freigabe")
    }
    assert gesehen == {
        "sachbearbeitung": {"Ihre Netzwerkstelle": ["Eine Angabe ist zu bestätigen", "Eine Einladung ist noch offen"]},
        "leitung": {"Ihre Netzwerkstelle": ["2 Angaben sind zu bestätigen", "2 Einladungen sind noch offen"]},
        "freigabe": {},
    }


def test_nobody_is_asked_for_a_signature_that_is_not_theirs(cast, als):
    """Where the deputy signs what the head wrote."""
    vertretung = make_zugehoerigkeit(cast.schule, Rolle.SCHULE_STELLVERTRETUNG).person
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    antrag.verfasst_durch = cast.schulleitung
    antrag.save()
    warten, liegt = (
        {titel: ["Gemeinsam statt einsam"]} for titel in ("Warten auf Ihre Unterschrift", "Ihre laufenden Anträge")
    )
    assert [gruppen(als(person).get(SEITE)) for person in (cast.schulleitung, vertretung)] == [warten, warten]
    cast.harz.foerderregeln.update(vertretung_bei_eigenem=True)
    assert [gruppen(als(person).get(SEITE)) for person in (cast.schulleitung, vertretung)] == [liegt, warten]


def test_what_was_left_behind_comes_first_in_the_office(cast, als):
    make_antrag_in(Status.FORMALPRUEFUNG, cast)
    cast.sachbearbeitung.mitarbeiten.update(von="2020-01-01", bis="2020-12-31")
    Ansprechperson.objects.create(netzwerkstelle=cast.harz, name="Kim", zu_bestaetigen=True)
    assert gruppen(als(cast.leitung).get(SEITE)) == {
        "Ihre Netzwerkstelle": ["Ein Vorgang von Kim Beispiel übergeben", "Eine Angabe ist zu bestätigen"]
    }


def test_two_hats_are_one_list(cast, als):
    make_zugehoerigkeit(cast.fremdschule, Rolle.SCHULE_LEITUNG, person=cast.sachbearbeitung)
    make_antrag_in(Status.EINGEREICHT, cast)
    make_beratung(cast.fremdschule, cast.sachbearbeitung, titel="Zirkus")
    assert list(gruppen(als(cast.sachbearbeitung).get(SEITE))) == ["Neue Anträge", "Nach der Beratung"]


# state of the meeting → what the chair, a member, and somebody of the office is asked
IM_GREMIUM = [
    ("geplant", ["Tagesordnung machen und einladen"], [], ["Tagesordnung machen und einladen"]),
    ("eingeladen", ["Unterlagen lesen"], ["Unterlagen lesen"], ["eingeladen"]),
    ("laufend", ["läuft gerade"], ["läuft gerade"], ["läuft gerade"]),
    ("beendet", [], [], []),
]


@pytest.mark.parametrize(("status", "vorsitz", "mitglied", "stelle"), IM_GREMIUM)
def test_what_waits_for_a_committee(cast, als, status, vorsitz, mitglied, stelle):
    saal = make_saal(cast)
    saal.mitglieder[1].verschwiegen_am = None
    saal.mitglieder[1].save()
    sitzung = make_sitzung_in(status, cast, saal)
    dabei = (saal.vorsitz.person, vorsitz), (saal.mitglieder[0].person, mitglied), (cast.leitung, stelle)
    for person, erwartet in dabei:
        karten = gruppen(als(person).get(SEITE)).get("Ihre Gremien", [])
        assert karten == [f"Sitzung {sitzung.nummer}: {was}" for was in erwartet]
    offen = gruppen(als(saal.mitglieder[1].person).get(SEITE))["Ihre Gremien"]
    assert offen[0] == "Verpflichtung zur Verschwiegenheit fehlt"


def test_the_agenda_waits_for_whoever_makes_it(cast, als):
    """A member who also signs for the Träger sees the meeting before the invitation, but has nothing to do there."""
    saal = make_saal(cast)
    make_mitglied(saal.gremium, cast.freigabe)
    make_mitglied(saal.gremium, cast.leitung)
    sitzung = make_sitzung_in("geplant", cast, saal)
    karten = {"Ihre Gremien": [f"Sitzung {sitzung.nummer}: Tagesordnung machen und einladen"]}
    assert [gruppen(als(person).get(SEITE)) for person in (cast.leitung, cast.freigabe)] == [karten, {}]


@pytest.mark.parametrize(
    ("wer", "button"),
    [
        ("lehrkraft", "Ich habe eine Idee"),
        ("sachbearbeitung", "Alle Anträge"),
        ("pruefung", "Alle Anträge"),
        ("fremd", "Zugang beantragen"),
    ],
)
def test_nothing_to_do_names_the_next_sensible_thing(cast, als, wer, button):
    antwort = als(getattr(cast, wer)).get(SEITE)
    assert antwort.context["gruppen"] == []
    assert antwort.context["weiter"].button == button
    assert "Im Moment wartet nichts auf Sie." in antwort.content.decode()


def test_more_than_six_lead_to_the_list(cast, als):
    for n in range(7):
        make_beratung(cast.schule, cast.lehrkraft, status="angefragt", titel=f"Idee {n}")
    gruppe = als(cast.leitung).get(SEITE).context["gruppen"][0]
    assert (len(gruppe.karten), gruppe.mehr) == (6, "/beratungen/")


@pytest.mark.parametrize("name", jeden_tag(*ONE_PER_HAT, nie=("niemand", "ehemalig")))
def test_every_card_opens(demowelt, name):
    """Whoever is told that something waits gets there."""
    client = sign_in(name)
    gezeigt = client.get(SEITE).context["gruppen"]
    wege = {karte.adresse for gruppe in gezeigt for karte in gruppe.karten} | {g.mehr for g in gezeigt if g.mehr}
    wege -= {"/status/"}  # opens as well, with 503 as long as something is wrong
    assert {weg: client.get(weg).status_code for weg in wege} == dict.fromkeys(wege, 200)


def test_the_demo_world_has_a_card_of_nearly_every_group(demowelt):
    """So that the walk above opens something."""
    titel = {gruppe.titel for name in ONE_PER_HAT for gruppe in sign_in(name).get(SEITE).context["gruppen"]}
    je_nach_tag = {"Zuletzt entschieden", "Rückfragen, deren Frist vorbei ist", "Rückfragen an Sie"}
    assert titel - EINRICHTEN - je_nach_tag == {
        "Ihre Gremien",
        "Warten auf Ihre Freigabe",
        "Angaben, die Sie korrigieren",
        "Warten auf Ihre Unterschrift",
        "Stellungnahmen, die Sie bestätigen können",
        "Entscheidungen, die Sie unterschreiben können",
        "Bitten um Beratung",
        "Vereinbarte Beratungen",
        "Neue Anträge",
        "In Ihrer Prüfung",
        REIF,
        "Zur Überarbeitung zurück bei Ihnen",
        "Ein Entwurf für Sie",
        "Ihre Entwürfe",
        "Sie schreiben mit",
        "Ihre laufenden Anträge",
        "Ihre Netzwerkstelle",
        "Betrieb des Portals",
        "Ihre Netzwerkstelle wartet auf Ihre Antwort",
        "Ungelesene Nachrichten an Sie",
        "Nachrichten, auf die Sie antworten",
    }


def test_groups_stand_in_the_order_of_their_urgency():
    def eine(dringlichkeit, titel, *karten, mehr=""):
        return Gruppe(dringlichkeit, titel, [Karte(karte, "", "", "/") for karte in karten], mehr)

    geordnete = geordnet(
        [
            eine(Dringlichkeit.HAUS, "Haus", "b", mehr="/alle/"),
            eine(Dringlichkeit.ARBEIT, "Arbeit", "c"),
            eine(Dringlichkeit.TERMIN, "leer"),
            eine(Dringlichkeit.ARBEIT, "mehr Arbeit", "d"),
            eine(Dringlichkeit.UEBERGABE, "Haus", "a"),
        ]
    )
    assert [(g.titel, [k.titel for k in g.karten], g.mehr) for g in geordnete] == [
        ("Arbeit", ["c"], ""),
        ("mehr Arbeit", ["d"], ""),
        ("Haus", ["a", "b"], "/alle/"),
    ]


def test_the_queries_do_not_grow(cast, als, django_assert_num_queries):
    make_antrag_in(Status.EINGEREICHT, cast)
    client = als(cast.sachbearbeitung)
    client.get(SEITE)
    with django_assert_num_queries(29):
        client.get(SEITE)
    for n in range(4):
        make_antrag_in(Status.EINGEREICHT, cast, titel=f"Nummer {n}", kosten=[("Honorare", "x", 1, "", "10.00")])
        make_beratung(cast.schule, cast.lehrkraft, status="angefragt")
    with django_assert_num_queries(29):
        client.get(SEITE)
