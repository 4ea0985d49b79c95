"""The page of a case: who opens it, what it says, and what it keeps from the school."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from angebote.antrag.models_akte import Antragsereignis, Schriftstueck
from angebote.antrag.workflow import Status
from angebote.pruefung import services as pruefung
from angebote.pruefung.pruefliste import PRUEFLISTE
from schulerfolg.akte.models import Dokument
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_mitarbeit, make_person, make_zugehoerigkeit
from tests.factories_antrag import make_antrag_in
from tests.factories_entscheidung import make_ablehnung_beschlossen, make_beschlossen, make_budget

LEUTE = [
    "lehrkraft",
    "schulleitung",
    "sachbearbeitung",
    "leitung",
    "freigabe",
    "nachbarin",
    "koordination",
    "pruefung",
    "fremd",
]

# A table, to be read in columns.
# fmt: off
SEITE = {
    #                        lehrk schull sachb leit freig nachb koord pruef fremd
    "entwurf":              (200,  200,   404,  404, 404,  404,  404,  404,  404),
    "freigabe_sl":          (200,  200,   404,  404, 404,  404,  404,  404,  404),
    "eingereicht":          (200,  200,   200,  200, 200,  404,  404,  200,  404),
    "formalpruefung":       (200,  200,   200,  200, 200,  404,  404,  200,  404),
    "nachforderung":        (200,  200,   200,  200, 200,  404,  404,  200,  404),
    "fachpruefung":         (200,  200,   200,  200, 200,  404,  404,  200,  404),
    "gremienreif":          (200,  200,   200,  200, 200,  404,  404,  200,  404),
    "abgelehnt":            (200,  200,   200,  200, 200,  404,  404,  200,  404),
    "verworfen":            (200,  200,   404,  404, 404,  404,  404,  404,  404),
    "zurueckgezogen":       (200,  200,   200,  200, 200,  404,  404,  200,  404),
}
# fmt: on


def seite(antrag):
    return reverse("antraege:antrag", args=[antrag.pk])


@pytest.mark.parametrize("status", SEITE)
def test_who_opens_the_page_of_a_case(cast, faelle, als, status):
    antrag = faelle[status]
    codes = tuple(als(getattr(cast, name)).get(seite(antrag)).status_code for name in LEUTE)
    assert codes == SEITE[status]


def test_everybody_else_signs_in_first(cast, client):
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    assert client.get(seite(antrag)).url == f"/konto/anmelden/?next={seite(antrag)}"


def test_missing_and_foreign_look_the_same(cast, als):
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    fremd, fehlend = (als(cast.nachbarin).get(adresse) for adresse in (seite(antrag), "/antraege/99999999/"))
    assert ohne_token(fremd) == ohne_token(fehlend)


def ohne_token(antwort):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", antwort.content.decode())


def test_the_coordination_office_reads_where_the_office_shares(cast, als):
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    assert als(cast.koordination).get(seite(antrag)).status_code == 200


@pytest.mark.parametrize(
    ("status", "wer", "ueberschrift"),
    [
        ("eingereicht", "lehrkraft", "Jetzt dran: die Netzwerkstelle"),
        ("eingereicht", "sachbearbeitung", "Sie sind gefragt"),
        ("formalpruefung", "leitung", "Jetzt dran: die Netzwerkstelle"),
        ("formalpruefung", "sachbearbeitung", "Sie sind gefragt"),
        ("nachforderung", "lehrkraft", "Sie sind gefragt"),
        ("nachforderung", "schulleitung", "Sie sind gefragt"),
        ("nachforderung", "sachbearbeitung", "Jetzt dran: die Schule"),
        ("gremienreif", "sachbearbeitung", "Sie sind gefragt"),
        ("abgelehnt", "lehrkraft", "Abgelehnt"),
        ("zurueckgezogen", "lehrkraft", "Zurückgezogen"),
        ("verworfen", "lehrkraft", "Verworfen"),
    ],
)
def test_the_page_says_whose_turn_it_is(cast, faelle, als, status, wer, ueberschrift):
    antwort = als(getattr(cast, wer)).get(seite(faelle[status]))
    assert f'<h2 class="dran__titel" id="dran">{ueberschrift}</h2>' in antwort.content.decode()


def knoepfe(antwort):
    return [(aktion.label, aktion.art, aktion.hindernis) for aktion in antwort.context["aktionen"]]


@pytest.mark.parametrize(
    ("status", "wer", "erwartet"),
    [
        ("eingereicht", "lehrkraft", []),
        ("eingereicht", "schulleitung", [("Antrag zurückziehen", "tertiary", "")]),
        ("eingereicht", "sachbearbeitung", [("Antrag übernehmen", "primary", "")]),
        ("eingereicht", "freigabe", []),
        ("eingereicht", "pruefung", []),
        (
            "formalpruefung",
            "sachbearbeitung",
            [
                ("Prüfliste ausfüllen", "primary", ""),
                ("Rückfragen stellen", "secondary", ""),
                (
                    "Formal in Ordnung: fachlich prüfen",
                    "secondary",
                    "In der Prüfliste sind noch 10 Punkte offen.",
                ),
                (
                    "Aus formalen Gründen ablehnen",
                    "tertiary",
                    "Sie haben diesen Antrag übernommen. Die Ablehnung braucht eine zweite Person.",
                ),
            ],
        ),
        ("formalpruefung", "freigabe", [("Aus formalen Gründen ablehnen", "tertiary", "")]),
        ("nachforderung", "lehrkraft", [("Rückfragen beantworten", "primary", "")]),
        (
            "fachpruefung",
            "sachbearbeitung",
            [
                ("Stellungnahme schreiben", "primary", ""),
                ("Rückfragen stellen", "secondary", ""),
                ("Stellungnahme lesen und bestätigen", "secondary", "Es fehlt noch die fachliche Stellungnahme."),
            ],
        ),
        ("gremienreif", "leitung", [("Gremium anlegen", "primary", "")]),
        ("abgelehnt", "leitung", []),
    ],
)
def test_the_buttons_of_each_person(cast, faelle, als, status, wer, erwartet):
    assert knoepfe(als(getattr(cast, wer)).get(seite(faelle[status]))) == erwartet


def test_whoever_wrote_the_opinion_is_told_that_somebody_else_confirms_it(cast, als):
    antrag = make_antrag_in(Status.FACHPRUEFUNG, cast)
    stellung_nehmen(antrag, cast.sachbearbeitung)
    eigene = als(cast.sachbearbeitung).get(seite(antrag))
    assert knoepfe(eigene) == [
        ("Stellungnahme bearbeiten", "primary", ""),
        ("Rückfragen stellen", "secondary", ""),
        (
            "Stellungnahme lesen und bestätigen",
            "secondary",
            "Sie haben die Stellungnahme geschrieben. Bestätigen muss sie eine zweite Person.",
        ),
    ]
    andere = als(cast.leitung).get(seite(antrag))
    assert knoepfe(andere) == [
        ("Stellungnahme lesen und bestätigen", "primary", ""),
        ("Mit Kommentar zurückgeben", "secondary", ""),
        ("Rückfragen stellen", "secondary", ""),
        ("Stellungnahme bearbeiten", "tertiary", ""),
    ]
    assert andere.context["dran"].namen == [str(cast.leitung), str(cast.freigabe)]


def stellung_nehmen(antrag, by, text="Angemessen und gut geplant."):
    return pruefung.stellung_nehmen(antrag, by=by, text=text, empfehlung="zustimmen", betrag=antrag.beantragt)


INTERN = ("INTERN-STELLUNGNAHME", "INTERN-AUFLAGE", "INTERN-NOTIZ", "INTERN-GRUND", "INTERN-BESCHLUSS")


@pytest.mark.parametrize(
    ("wer", "gesehen"),
    [("lehrkraft", ()), ("schulleitung", ()), ("koordination", ()), ("sachbearbeitung", INTERN), ("pruefung", INTERN)],
)
def test_the_school_never_sees_what_is_internal(cast, als, wer, gesehen):
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    antrag = mit_internem(cast)
    text = als(getattr(cast, wer)).get(seite(antrag)).content.decode()
    assert tuple(marke for marke in INTERN if marke in text) == gesehen


def mit_internem(cast):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    alle = dict.fromkeys(PRUEFLISTE, ("ja", "INTERN-NOTIZ"))
    pruefung.pruefpunkte_speichern(antrag, by=cast.sachbearbeitung, urteile=alle)
    antrag = pruefung.weiter_zur_fachpruefung(antrag, by=cast.sachbearbeitung)
    pruefung.stellung_nehmen(
        antrag,
        by=cast.sachbearbeitung,
        text="INTERN-STELLUNGNAHME",
        empfehlung="auflagen",
        betrag=antrag.beantragt,
        auflagen="INTERN-AUFLAGE",
    )
    antrag = pruefung.bestaetigen(antrag, by=cast.leitung)
    ereignis(antrag, cast.leitung, "beschliessen", "Beschluss 7: INTERN-BESCHLUSS")
    ereignis(antrag, cast.leitung, "freigabe_verweigern", "hat die Freigabe verweigert", "INTERN-GRUND")
    return antrag


def ereignis(antrag, wer, schritt, text, begruendung=""):
    Antragsereignis.objects.create(
        antrag=antrag,
        schritt=schritt,
        text=text,
        begruendung=begruendung,
        durch=wer,
        rolle="Leitung",
        von=antrag.status,
        nach=antrag.status,
        am=timezone.now(),
    )


def test_the_history_tells_the_school_a_refused_release_not_at_all(cast, als):
    antrag = mit_internem(cast)
    texte = [eintrag.in_worten for eintrag in als(cast.lehrkraft).get(seite(antrag)).context["verlauf"]]
    assert texte == [
        "hat über den Antrag beraten",
        "hat die fachliche Stellungnahme bestätigt",
        "hat die formale Prüfung abgeschlossen",
        "hat den Antrag zur Prüfung übernommen",
        "hat den Antrag eingereicht",
    ]


def test_a_decision_without_the_second_signature_is_not_told_to_the_school(cast, als):
    antrag = make_ablehnung_beschlossen(cast)
    schule = als(cast.lehrkraft).get(seite(antrag))
    assert schule.context["stand"].label == "Entscheidung in Vorbereitung"
    assert "Ablehnung" not in schule.content.decode()
    stelle = als(cast.leitung).get(seite(antrag))
    assert stelle.context["stand"].label == "Ablehnung beschlossen, Unterschrift steht aus"


def test_who_may_sign_second_is_named_where_it_is_due(cast, als):
    make_budget(cast)
    antrag = make_beschlossen(cast)
    dritte = make_mitarbeit(
        cast.harz, Rolle.SACHBEARBEITUNG, person=make_person("Ada", "Zweitunterschrift"), zeichnungsbefugt=True
    ).person
    namen = als(cast.sachbearbeitung).get(seite(antrag)).context["dran"].namen
    assert namen == [str(cast.freigabe), str(dritte)]


def test_the_office_sees_what_is_new_in_a_later_fassung(cast, als):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    fragen = pruefung.offene_nachforderung(antrag).rueckfragen.all()
    pruefung.nachreichen(antrag, by=cast.lehrkraft, antworten={f.pk: f"Antwort {n}" for n, f in enumerate(fragen, 1)})
    antworten = als(cast.sachbearbeitung).get(seite(antrag)).context["antworten"]
    neu = [(zeile.label, zeile.text) for abschnitt in antworten for zeile in abschnitt.zeilen if zeile.geaendert]
    assert neu == [
        ("Wie viele Stunden arbeitet die Theaterpädagogik?", "Antwort 1"),
        ("Wer betreut die Kinder in den Pausen?", "Antwort 2"),
    ]
    schule = als(cast.lehrkraft).get(seite(antrag)).context["antworten"]
    assert [zeile for abschnitt in schule for zeile in abschnitt.zeilen if zeile.geaendert] == []


def test_earlier_applications_of_the_school_are_there_and_foreign_ones_are_not(cast, als):
    frueher = make_antrag_in(Status.ABGELEHNT, cast, titel="Der erste Versuch")
    make_antrag_in(Status.ENTWURF, cast, titel="Nur ein Entwurf")
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    andere = als(cast.sachbearbeitung).get(seite(antrag)).context["weitere"]
    assert [(a.pk, a.stand.label) for a in andere] == [(frueher.pk, "Abgelehnt")]


def test_a_made_document_is_saved_and_never_shown_inside_the_portal(cast, als):
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    dokument = Dokument.objects.create(art="antrag", name="Antrag.pdf", medientyp="application/pdf", inhalt=b"%PDF-1.7")
    stueck = Schriftstueck.objects.create(antrag=antrag, art="antrag", titel="Antrag", dokument=dokument)
    adresse = reverse("antraege:schriftstueck", args=[antrag.pk, stueck.pk])
    assert adresse in als(cast.lehrkraft).get(seite(antrag)).content.decode()
    codes = tuple(als(getattr(cast, name)).get(adresse).status_code for name in LEUTE)
    assert codes == (200, 200, 200, 200, 200, 404, 404, 200, 404)
    antwort = als(cast.lehrkraft).get(adresse)
    assert (antwort.content, antwort["Content-Disposition"]) == (b"%PDF-1.7", 'attachment; filename="Antrag.pdf"')
    assert antwort["X-Content-Type-Options"] == "nosniff"
    fremd = make_antrag_in(Status.EINGEREICHT, cast, titel="Ein anderer", kosten=[("Honorare", "x", 1, "", "10.00")])
    assert als(cast.lehrkraft).get(reverse("antraege:schriftstueck", args=[fremd.pk, stueck.pk])).status_code == 404


def test_the_queries_of_the_page_do_not_grow(cast, als, django_assert_num_queries):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    client = als(cast.sachbearbeitung)
    client.get(seite(antrag))
    with django_assert_num_queries(28):
        client.get(seite(antrag))
    for n in range(5):
        make_antrag_in(Status.ABGELEHNT, cast, titel=f"Nummer {n}", kosten=[("Honorare", "x", 1, "", "1.00")])
        ereignis(antrag, cast.leitung, "teilen", "hat gelesen")
        make_zugehoerigkeit(cast.schule)
    with django_assert_num_queries(28):
        client.get(seite(antrag))
