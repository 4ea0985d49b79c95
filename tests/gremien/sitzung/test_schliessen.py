"""Closing asks about every open item; who was there stays as it was."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gremien.abstimmung import services as abstimmung
from gremien.befangenheit import services as befangenheit
from gremien.models import Anwesenheit
from gremien.sitzung import services
from tests.factories_gremium import bewilligen, heute, make_sitzung_in
from tests.formulare import formulare

ANDERE = [("Honorare", "x", 1, "", "80.00")]


@pytest.fixture
def sitzung(cast, saal):
    """Two cases and „Sonstiges“; everybody is there."""
    sitzung = make_sitzung_in("geplant", cast, saal, antraege=2, kosten=ANDERE)
    services.punkt_hinzufuegen(sitzung, by=cast.leitung, titel="Termine 2027")
    sitzung = befangenheit.eroeffnen(heute(befangenheit.einladen(sitzung, by=cast.leitung)), by=saal.vorsitz.person)
    for mitglied in saal.alle:
        services.anwesend(sitzung, mitglied, by=cast.leitung, da=True)
    return sitzung


def test_nothing_is_heard_by_itself(als, saal, sitzung):
    """Each open item is asked about on the closing page; a case cannot be „behandelt“ there."""
    erster, zweiter, sonstiges = sitzung.punkte.order_by("position")
    bewilligen(erster, saal, "80.00")
    client, adresse = als(saal.vorsitz.person), f"/sitzungen/{sitzung.pk}/schliessen/"
    assert "Alle Punkte sind behandelt" not in client.get(sitzung.get_absolute_url()).text
    form = client.get(adresse).context["form"]
    wahl = {name: [wert for wert, _ in feld.choices] for name, feld in form.fields.items() if name.startswith("punkt_")}
    assert wahl == {
        f"punkt_{zweiter.pk}": ["vertagt", "nicht_behandelt"],
        f"punkt_{sonstiges.pk}": ["behandelt", "vertagt", "nicht_behandelt"],
    }
    daten = {feld.name: feld.value() for feld in form.hidden_fields()}
    assert "Bitte sagen Sie, was aus diesem Punkt geworden ist." in client.post(adresse, daten).text
    with pytest.raises(ValidationError, match="Noch offen: TOP 2, TOP 3"):
        abstimmung.schliessen(sitzung, by=saal.vorsitz.person)
    with pytest.raises(ValidationError, match="Über einen Antrag wird abgestimmt"):
        abstimmung.schliessen(
            sitzung, by=saal.vorsitz.person, antworten=dict.fromkeys([zweiter.pk, sonstiges.pk], "behandelt")
        )
    antworten = {f"punkt_{zweiter.pk}": "nicht_behandelt", f"punkt_{sonstiges.pk}": "behandelt"}
    assert "Die Sitzung ist geschlossen." in client.post(adresse, daten | antworten, follow=True).text
    ausgaenge = list(sitzung.punkte.order_by("position").values_list("ausgang", flat=True))
    assert ausgaenge == ["beschlossen", "nicht_behandelt", "zur_kenntnis"]
    zweiter.antrag.refresh_from_db()
    assert zweiter.antrag.status == "gremienreif"


def test_whoever_is_biased_only_says_that_it_was_not_heard(saal, sitzung):
    punkt, vorsitz = sitzung.punkte.order_by("position").first(), saal.vorsitz.person
    befangenheit.erklaeren(punkt, by=vorsitz, grad="p21", grund="Nachbarschaft")
    antworten = dict.fromkeys(sitzung.punkte.offen().values_list("pk", flat=True), "vertagt")
    with pytest.raises(ValidationError, match="TOP 1: Dabei wirken Sie nicht mit"):
        abstimmung.schliessen(sitzung, by=vorsitz, antworten=antworten)
    abstimmung.schliessen(sitzung, by=vorsitz, antworten=antworten | {punkt.pk: "nicht_behandelt"})
    assert list(sitzung.punkte.values_list("ausgang", flat=True)) == ["nicht_behandelt", "vertagt", "vertagt"]


def test_an_old_page_closes_nothing_that_it_did_not_show(als, saal, sitzung):
    erster, zweiter, sonstiges = sitzung.punkte.order_by("position")
    client, adresse = als(saal.vorsitz.person), f"/sitzungen/{sitzung.pk}/schliessen/"
    form = client.get(adresse).context["form"]
    daten = {feld.name: feld.value() for feld in form.hidden_fields()}
    daten |= {f"punkt_{punkt.pk}": "vertagt" for punkt in (erster, zweiter, sonstiges)}
    bewilligen(erster, saal, "80.00")
    assert "hat sich etwas geändert" in client.post(adresse, daten).text
    sitzung.refresh_from_db()
    assert sitzung.laeuft


def test_who_voted_on_what_is_open_is_asked_about_before_leaving(als, saal, sitzung):
    punkt = sitzung.punkte.order_by("position").first()
    mitglied, client = saal.mitglieder[0], als(saal.vorsitz.person)
    abstimmung.abstimmen(
        punkt, by=saal.vorsitz.person, stimmen={mitglied.pk: "ja"}, antrag_auf="bewilligen", betrag=Decimal("80.00")
    )
    adresse = f"/sitzungen/{sitzung.pk}/anwesenheit/{mitglied.pk}/geht/"
    antwort = client.post(adresse)
    assert f"{mitglied.person} hat schon abgestimmt" in antwort.text
    assert f"TOP 1: {punkt.titel}" in antwort.text
    assert mitglied.anwesenheiten.filter(bis=None).exists()
    assert f"{mitglied.person} ist gegangen." in client.post(adresse, {"trotzdem": "1"}, follow=True).text
    assert not mitglied.anwesenheiten.filter(bis=None).exists()
    assert client.post(f"/sitzungen/{sitzung.pk}/anwesenheit/{saal.mitglieder[1].pk}/geht/").status_code == 302


def test_who_was_there_stays_as_it_was(saal, sitzung):
    jetzt, gegangen = timezone.now(), saal.mitglieder[0]
    bewilligen(sitzung.punkte.order_by("position").first(), saal, "80.00")
    zeile = gegangen.anwesenheiten.get()
    zurueck = jetzt - timedelta(minutes=5)

    def geht(bis):
        Anwesenheit.objects.filter(pk=zeile.pk).update(bis=bis)

    def leeren():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE gremien_anwesenheit, gremien_ladung")

    verboten = {
        "anwesenheit_nicht_rueckwirkend": [
            lambda: geht(zeile.von),
            lambda: Anwesenheit.objects.create(
                sitzung=sitzung, mitgliedschaft=saal.mitglieder[1], von=zeile.von - timedelta(hours=1), bis=zurueck
            ),
        ],
        "anwesenheit_bleibt": [
            lambda: Anwesenheit.objects.filter(pk=zeile.pk).update(von=zurueck),
            lambda: Anwesenheit.objects.filter(pk=zeile.pk).update(mitgliedschaft=saal.mitglieder[1]),
        ],
        "Cannot delete rows": [zeile.delete],
        "append-only": [leeren],
    }
    for satz, versuche in verboten.items():
        for versuch in versuche:
            with pytest.raises(DatabaseError, match=satz), transaction.atomic():
                versuch()
    geht(timezone.now())
    with pytest.raises(DatabaseError, match="anwesenheit_bleibt"), transaction.atomic():
        geht(timezone.now() + timedelta(minutes=1))
    offen = sitzung.punkte.offen().values_list("pk", flat=True)
    abstimmung.schliessen(sitzung, by=saal.vorsitz.person, antworten=dict.fromkeys(offen, "vertagt"))
    with pytest.raises(DatabaseError, match="anwesenheit_nur_in_laufender_sitzung"), transaction.atomic():
        Anwesenheit.objects.create(sitzung=sitzung, mitgliedschaft=gegangen, von=timezone.now())


def test_one_title_stands_on_the_agenda_once(als, cast, saal):
    sitzung = make_sitzung_in("geplant", cast, saal)
    adresse = sitzung.get_absolute_url()
    for _ in range(2):
        client = als(cast.leitung)
        [form] = [f for f in formulare(client.get(adresse).text, adresse) if "titel" in f.felder]
        antwort = client.post(form.ziel, form.felder | {"titel": "Termine 2030"}, follow=True)
    assert "„Termine 2030“ steht schon auf der Tagesordnung: TOP 2." in antwort.text
    assert sitzung.punkte.filter(titel="Termine 2030").count() == 1
