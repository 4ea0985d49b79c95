"""Bias that somebody else records: who may, what it changes at once, the objection, the decision, the void vote."""

import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from gremien.abstimmung import services
from gremien.abstimmung.lage import read_lage
from gremien.befangenheit import services as befangenheit
from gremien.models import Befangenheit, Stimme
from gremien.niederschrift.pdf import inhalt
from gremien.sitzung import services as sitzungen
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.konten.models import Mail
from tests.factories_gremium import bewilligen, make_mitglied, make_saal, make_sitzung_in
from tests.formulare import formulare

VORSCHLAG = {
    "antrag_auf": "bewilligen",
    "betrag": Decimal("900.00"),
    "auflagen": "",
    "gruende": "Mehr Geld ist nicht da.",
}


@pytest.fixture
def punkt(laufend):
    return laufend.punkte.get()


def festhalten(punkt, saal, *, by=None, wen=0, grad="p20"):
    """Member 1 is said to be biased."""
    mitglied, by = saal.mitglieder[wen], by or saal.vorsitz.person
    return befangenheit.festhalten(punkt, by=by, mitglied=mitglied, grad=grad, grund="Ihr Bruder leitet den Verein")


def alle_ja(punkt, saal):
    services.abstimmen(punkt, by=saal.vorsitz.person, stimmen={m.pk: "ja" for m in saal.alle}, **VORSCHLAG)


# who records it → the hat on record, or None: may not
WER = [
    ("leitung", "Netzwerkstelle, {gremium}"),
    ("sachbearbeitung", "Netzwerkstelle, {gremium}"),
    ("vorsitz", "Vorsitz, {gremium}"),
    ("stellvertretung", "Vorsitz, {gremium}"),
    ("schriftfuehrung", "Schriftführung, {gremium}"),
    ("mitglied", None),
    ("freigabe", None),
    ("pruefung", None),
    ("koordination", None),
    ("nachbarin", None),
    ("lehrkraft", None),
]


@pytest.mark.parametrize(("wer", "hut"), WER)
def test_who_records_it_and_in_which_hat(cast, saal, punkt, wer, hut):
    cast.vorsitz, cast.mitglied = saal.vorsitz.person, saal.mitglieder[1].person
    cast.stellvertretung = make_mitglied(saal.gremium, rolle="stellv_vorsitz").person
    cast.schriftfuehrung = make_mitglied(saal.gremium, rolle="schriftfuehrung").person
    by = getattr(cast, wer)
    if hut is None:
        with pytest.raises(PermissionDenied):
            festhalten(punkt, saal, by=by)
        assert Befangenheit.objects.count() == 0
        return
    zeile = festhalten(punkt, saal, by=by)
    assert (zeile.festgehalten_durch, zeile.festgehalten_als) == (by, hut.format(gremium=saal.gremium))
    assert (zeile.grad, zeile.grund, zeile.entscheidung) == ("p20", "Ihr Bruder leitet den Verein", "offen")
    assert zeile.selbst_erklaert is False


# state of the meeting → what happens
WANN = {
    "geplant": "von der Einladung an",
    "eingeladen": None,
    "laufend": None,
    "beendet": "bis die Sitzung geschlossen",
}


@pytest.mark.parametrize("status", WANN)
def test_from_the_invitation_until_the_meeting_closes(cast, saal, status):
    punkt = make_sitzung_in(status, cast, saal).punkte.get()
    if WANN[status] is None:
        assert festhalten(punkt, saal, by=cast.leitung).pk
        return
    with pytest.raises(TransitionNotAllowed, match=WANN[status]):
        festhalten(punkt, saal, by=cast.leitung)


def test_it_counts_at_once_for_papers_vote_and_quorum(als, saal, punkt):
    person, seite = saal.mitglieder[0].person, f"/sitzungen/{punkt.sitzung_id}/punkte/{punkt.pk}/"
    assert als(person).get(seite).status_code == 200
    assert (read_lage(punkt).faehig.anwesend, read_lage(punkt).faehig.ausgeschlossen) == (4, 0)
    zeile = festhalten(punkt, saal)
    assert (read_lage(punkt).faehig.anwesend, read_lage(punkt).faehig.ausgeschlossen) == (3, 1)
    antwort = als(person).get(seite)
    assert antwort.status_code == 403
    assert "Ihr Bruder leitet den Verein" in antwort.text
    assert "festgehalten durch Vera Vorsitz (Vorsitz, " in antwort.text
    assert "Einwand erheben" in antwort.text
    assert "Ihr Bruder" not in als(saal.mitglieder[1].person).get(seite).text
    befangenheit.entscheiden(zeile, by=saal.vorsitz.person, entscheidung="befangen", hat_verlassen=True)
    with pytest.raises(ValidationError, match="stimmt nicht mit"):
        services.abstimmen(punkt, by=saal.vorsitz.person, stimmen={saal.mitglieder[0].pk: "ja"}, **VORSCHLAG)


def test_the_person_hears_of_it_without_the_reason(saal, punkt):
    festhalten(punkt, saal)
    mail = Mail.objects.get(betreff__contains="Befangenheit")
    assert mail.an == saal.mitglieder[0].person.email
    assert "Bruder" not in mail.betreff + mail.text
    assert f"https://portal.example/sitzungen/{punkt.sitzung_id}/punkte/{punkt.pk}/" in mail.text


# what the Gremium decides → does the vote of member 1, cast before, count?
STIMME = [("befangen", (3, 1), True), ("nicht_befangen", (4, 0), False)]


@pytest.mark.parametrize(("entscheidung", "ja_und_ausgeschlossen", "ungueltig"), STIMME)
def test_a_vote_cast_before_is_void_and_not_hidden(als, saal, punkt, entscheidung, ja_und_ausgeschlossen, ungueltig):
    alle_ja(punkt, saal)
    zeile = festhalten(punkt, saal)
    assert read_lage(punkt).zahlen.ja == 3
    with pytest.raises(ValidationError, match="Bitte entscheiden Sie zuerst, ob Mia Mitglied 1 befangen ist"):
        services.feststellen(punkt, by=saal.vorsitz.person, stimmen={}, **VORSCHLAG)
    befangenheit.entscheiden(zeile, by=saal.vorsitz.person, entscheidung=entscheidung, hat_verlassen=True)
    seite = als(saal.vorsitz.person).get(f"/sitzungen/{punkt.sitzung_id}/punkte/{punkt.pk}/").text
    assert ("Stimme „Ja“ von" in seite) is ungueltig
    beschluss = services.feststellen(punkt, by=saal.vorsitz.person, stimmen={}, **VORSCHLAG)
    assert (beschluss.ja, beschluss.ausgeschlossen) == ja_und_ausgeschlossen
    assert Stimme.objects.filter(vorschlag__punkt=punkt).count() == 4
    assert (
        bool(inhalt(services.schliessen(punkt.sitzung, by=saal.vorsitz.person))["punkte"][0]["ungueltig"]) is ungueltig
    )


def test_a_member_that_declares_after_voting_has_no_vote_left(saal, punkt):
    alle_ja(punkt, saal)
    befangenheit.erklaeren(punkt, by=saal.mitglieder[0].person, grad="p20", grund="Arbeitgeber")
    assert read_lage(punkt).zahlen.ja == 3
    assert Stimme.objects.filter(vorschlag__punkt=punkt).count() == 4


def test_one_objection_and_the_gremium_decides_again(saal, punkt):
    person, zeile = saal.mitglieder[0].person, festhalten(punkt, saal)
    zeile = befangenheit.entscheiden(zeile, by=saal.vorsitz.person, entscheidung="befangen", hat_verlassen=True)
    assert (zeile.entscheidung, zeile.entschieden_durch, zeile.hat_verlassen) == ("befangen", saal.vorsitz.person, True)
    with pytest.raises(PermissionDenied):
        befangenheit.einwenden(zeile, by=saal.vorsitz.person, einwand="Nein.")
    zeile = befangenheit.einwenden(zeile, by=person, einwand="Das ist ein anderer Verein.")
    assert (zeile.entscheidung, zeile.entschieden_durch, zeile.hat_verlassen) == ("offen", None, False)
    assert read_lage(punkt).faehig.ausgeschlossen == 1
    with pytest.raises(TransitionNotAllowed, match="kein Einwand mehr möglich"):
        befangenheit.einwenden(zeile, by=person, einwand="Noch einmal.")
    with pytest.raises(PermissionDenied, match="entscheidet das Gremium ohne Sie"):
        befangenheit.entscheiden(zeile, by=person, entscheidung="nicht_befangen")
    befangenheit.entscheiden(zeile, by=saal.vorsitz.person, entscheidung="nicht_befangen")
    assert read_lage(punkt).faehig.ausgeschlossen == 0
    ereignisse = punkt.sitzung.ereignisse.filter(schritt__startswith="befangenheit_").order_by("pk")
    assert [ereignis.in_worten for ereignis in ereignisse] == [
        "hat zu TOP 1 eine Befangenheit von Mia Mitglied 1 festgehalten",
        "hat zu TOP 1 den Entschluss des Gremiums festgehalten: Mia Mitglied 1 ist befangen",
        "hat zu TOP 1 Einwand erhoben",
        "hat zu TOP 1 den Entschluss des Gremiums festgehalten: Mia Mitglied 1 ist nicht befangen",
    ]


def test_a_form_from_before_an_objection_decides_nothing(als, saal, punkt):
    """The page was open while the member objected: first it is read, then decided."""
    zeile, client = festhalten(punkt, saal), als(saal.vorsitz.person)
    seite = f"/sitzungen/{punkt.sitzung_id}/punkte/{punkt.pk}/"
    weg, feld = f"{seite}befangen/{zeile.pk}/", f"b{zeile.pk}-"
    offen = next(f for f in formulare(client.get(seite).text, seite) if f.ziel == weg).felder
    person = saal.mitglieder[0].person
    befangenheit.einwenden(Befangenheit.objects.get(), by=person, einwand="Das ist ein anderer Verein.")
    offen[f"{feld}entscheidung"] = ["befangen_draussen"]
    antwort = client.post(weg, offen, follow=True)
    assert "Mia Mitglied 1 hat heute um " in antwort.text
    assert "Uhr Einwand erhoben. Bitte lesen Sie den Einwand, bevor Sie die Entscheidung festhalten." in antwort.text
    assert Befangenheit.objects.get().entscheidung == "offen"
    frisch = next(f for f in formulare(antwort.text, seite) if f.ziel == weg).felder
    client.post(weg, frisch | {f"{feld}entscheidung": ["befangen_draussen"]})
    assert Befangenheit.objects.get().entscheidung == "befangen"


def test_a_row_from_before_a_new_declaration_decides_nothing(saal, punkt):
    zeile = festhalten(punkt, saal)
    befangenheit.erklaeren(punkt, by=saal.mitglieder[0].person, grad="p20", grund="Arbeitgeber")
    with pytest.raises(TransitionNotAllowed, match=r"Mia Mitglied 1 hat sich heute um .* Uhr selbst für befangen"):
        befangenheit.entscheiden(zeile, by=saal.vorsitz.person, entscheidung="nicht_befangen")
    neu = Befangenheit.objects.get()
    befangenheit.entscheiden(neu, by=saal.vorsitz.person, entscheidung="nicht_befangen")
    festhalten(punkt, saal, by=saal.vorsitz.person)
    with pytest.raises(TransitionNotAllowed, match=r"Vera Vorsitz hat heute um .* Uhr eine Befangenheit festgehalten"):
        befangenheit.entscheiden(neu, by=saal.vorsitz.person, entscheidung="nicht_befangen")
    assert Befangenheit.objects.get().entscheidung == "offen"


def test_what_is_refused_in_a_sentence(cast, saal, punkt):
    with pytest.raises(ValidationError, match="Ihre eigene Befangenheit erklären Sie selbst"):
        befangenheit.festhalten(punkt, by=saal.vorsitz.person, mitglied=saal.vorsitz, grad="p20", grund="x")
    fremdes = make_mitglied(make_saal(cast, name="Zweites Gremium").gremium)
    with pytest.raises(ValidationError, match="gehört am Tag der Sitzung nicht zum Gremium"):
        befangenheit.festhalten(punkt, by=saal.vorsitz.person, mitglied=fremdes, grad="p20", grund="x")
    festhalten(punkt, saal)
    with pytest.raises(ValidationError, match="Zu Mia Mitglied 1 steht bei diesem Punkt schon eine Befangenheit"):
        festhalten(punkt, saal)
    punkt.befangenheiten.update(entscheidung="nicht_befangen", entschieden_am=punkt.sitzung.beginn)
    festhalten(punkt, saal)
    befangenheit.entscheiden(punkt.befangenheiten.get(), by=saal.vorsitz.person, entscheidung="nicht_befangen")
    bewilligen(punkt, saal)
    with pytest.raises(TransitionNotAllowed, match="schon entschieden"):
        festhalten(punkt, saal, wen=1)


def test_nobody_leads_an_item_on_which_they_may_be_biased(als, cast, saal, punkt):
    befangenheit.festhalten(punkt, by=cast.leitung, mitglied=saal.vorsitz, grad="p21", grund="Nachbarschaft")
    for schritt in (
        lambda: festhalten(punkt, saal),
        lambda: services.abstimmen(punkt, by=saal.vorsitz.person, stimmen={}),
        lambda: services.vertagen(punkt, by=saal.vorsitz.person),
    ):
        with pytest.raises(PermissionDenied, match="wirken Sie nicht mit"):
            schritt()
    antwort = als(saal.vorsitz.person).post(f"/sitzungen/{punkt.sitzung_id}/punkte/{punkt.pk}/abstimmung/", {})
    assert antwort.status_code == 403
    assert "Beschlussvorlage" not in antwort.text


def test_the_pages_take_it_all_the_way(als, saal, punkt):
    seite = f"/sitzungen/{punkt.sitzung_id}/punkte/{punkt.pk}/"
    daten = {"schluessel": uuid.uuid4(), "mitglied": saal.mitglieder[0].pk, "grad": "p21", "grund": "Nachbarschaft"}
    antwort = als(saal.vorsitz.person).post(f"{seite}befangen/festhalten/", daten, follow=True)
    assert antwort.redirect_chain == [(seite, 302)]
    assert "Festgehalten; es gilt sofort" in antwort.text
    zeile = Befangenheit.objects.get()
    einwand = f"{seite}befangen/{zeile.pk}/einwand/"
    assert als(saal.mitglieder[1].person).get(einwand).status_code == 403
    client = als(saal.mitglieder[0].person)
    assert "Nachbarschaft" in client.get(einwand).text
    antwort = client.post(einwand, {"schluessel": uuid.uuid4(), "einwand": "Ich wohne\r\nwoanders."}, follow=True)
    assert antwort.redirect_chain == [(f"/sitzungen/{punkt.sitzung_id}/", 302)]
    zeile.refresh_from_db()
    assert zeile.einwand == "Ich wohne\nwoanders."
    assert "Ich wohne" in als(saal.vorsitz.person).get(seite).text


def test_whoever_opens_a_meeting_too_late_reads_of_the_opening_and_of_no_bias(punkt, saal):
    befangenheit.erklaeren(punkt, by=saal.mitglieder[0].person, grad="p20", grund="Arbeitgeber")
    with pytest.raises(TransitionNotAllowed, match="hat die Sitzung eröffnet") as fehler:
        sitzungen.eroeffnen(punkt.sitzung, by=saal.vorsitz.person)
    assert "befangen" not in str(fehler.value)


def test_the_same_decision_twice_is_one(punkt, saal):
    zeile = festhalten(punkt, saal)
    gesehen = zeile.version
    for _ in range(2):
        frisch = Befangenheit.objects.select_related("punkt__sitzung", "mitgliedschaft").get(pk=zeile.pk)
        befangenheit.entscheiden(frisch, by=saal.vorsitz.person, entscheidung="befangen", version=gesehen)
    assert punkt.sitzung.ereignisse.filter(schritt="befangenheit_entscheiden").count() == 1
    with pytest.raises(TransitionNotAllowed, match="Soll es anders gelten"):
        befangenheit.entscheiden(frisch, by=saal.vorsitz.person, entscheidung="nicht_befangen", version=gesehen)
