"""The page of a meeting and of its items, from planned to closed."""

import re
import uuid

import pytest
from django.utils import timezone

from angebote.entscheidung.services import zurueckziehen
from angebote.models import Antrag
from gremien.befangenheit import services as befangenheit
from gremien.models import Beschluss
from gremien.sitzung import services as sitzungen
from tests.factories_antrag import make_antrag_in
from tests.factories_gremium import make_sitzung, make_sitzung_in


def seite(client, sitzung, rest=""):
    return client.get(f"/sitzungen/{sitzung.pk}/{rest}")


def abstimmung(sitzung, saal, wert="ja", **fields):
    """A complete vote as the page sends it."""
    stimmen = {f"stimme_{m.pk}": wert for m in saal.alle}
    daten = {"schluessel": uuid.uuid4(), "antrag_auf": "bewilligen", "betrag": "1.000,00", "gruende": "Weil."}
    return f"/sitzungen/{sitzung.pk}/punkte/{sitzung.punkte.get().pk}/abstimmung/", daten | stimmen | fields


@pytest.mark.parametrize("status", ["geplant", "eingeladen", "laufend", "beendet"])
def test_every_page_opens_for_office_chair_and_member(als, cast, saal, status):
    sitzung = make_sitzung_in(status, cast, saal)
    punkt = f"punkte/{sitzung.punkte.get().pk}/"
    for person in (cast.leitung, saal.vorsitz.person):
        assert seite(als(person), sitzung).status_code == 200
    assert seite(als(cast.leitung), sitzung, punkt).status_code == 200
    erwartet = 404 if status == "geplant" else 200
    assert seite(als(saal.mitglieder[0].person), sitzung).status_code == erwartet
    assert seite(als(saal.mitglieder[0].person), sitzung, punkt).status_code == erwartet


def test_counting_shows_what_the_votes_would_mean(als, saal, laufend):
    adresse, daten = abstimmung(laufend, saal)
    antwort = als(saal.vorsitz.person).post(adresse, daten | {"zaehlen": "1"})
    assert antwort.status_code == 200
    assert "Gezählt: 4 Ja, 0 Nein, 0 Enthaltung: Bewilligung angenommen." in antwort.content.decode()
    assert Beschluss.objects.count() == 0


def test_a_count_without_a_quorum_is_no_result(als, saal, laufend):
    adresse, daten = abstimmung(laufend, saal)
    client = als(saal.vorsitz.person)
    client.post(adresse, daten | {"zaehlen": "1"})
    laufend.anwesenheiten.filter(mitgliedschaft__in=saal.mitglieder[:2]).update(bis=timezone.now())
    text = seite(client, laufend, f"punkte/{laufend.punkte.get().pk}/").text
    assert "Gezählt: 2 Ja, 0 Nein, 0 Enthaltung. Ohne Beschlussfähigkeit ist das noch kein Ergebnis." in text


def test_the_resolution_is_carried_out_and_shown(als, saal, laufend):
    adresse, daten = abstimmung(laufend, saal)
    client = als(saal.vorsitz.person)
    antwort = client.post(adresse, daten | {"feststellen": "1"}, follow=True)
    assert antwort.redirect_chain[0][0] == f"/sitzungen/{laufend.pk}/punkte/{laufend.punkte.get().pk}/"
    beschluss, antrag = Beschluss.objects.get(), Antrag.objects.get()
    assert beschluss.nummer.startswith("HZ-B-")
    assert (antrag.status, str(antrag.bewilligt)) == ("beschlossen", "1000.00")
    assert f"Beschluss {beschluss.nummer}: bewilligt" in antwort.content.decode()
    noch_einmal = client.post(adresse, daten | {"feststellen": "1"})
    assert (noch_einmal.status_code, noch_einmal.url) == (302, antwort.redirect_chain[0][0])
    assert Beschluss.objects.count() == 1


def test_every_page_names_the_next_step(als, cast, saal):
    """The chair is led from the empty agenda to the closed meeting."""
    make_antrag_in("gremienreif", cast)
    geplant = make_sitzung(saal.gremium, cast.leitung)
    client = als(saal.vorsitz.person)
    assert "Bereiten Antrag aufnehmen" in seite(client, geplant).text
    client.post(f"/sitzungen/{geplant.pk}/aufnehmen/")
    assert "Einladung versenden" in seite(client, geplant).text
    laufend = make_sitzung_in("laufend", cast, saal, antraege=2, kosten=[("Honorare", "x", 1, "", "80.00")])
    erster, zweiter = laufend.punkte.order_by("position")
    assert f"Als Nächstes: TOP 1, {erster.titel}." in seite(client, laufend).text
    client.post(f"/sitzungen/{laufend.pk}/punkte/{erster.pk}/vertagen/")
    assert "Weiter mit TOP 2" in seite(client, laufend, f"punkte/{erster.pk}/").text
    befangenheit.erklaeren(zweiter, by=saal.vorsitz.person, grad="p20", grund="Arbeitgeber")
    assert "Noch offen: TOP 2. Die Unterlagen dazu sind für Sie geschlossen" in seite(client, laufend).text
    als(cast.leitung).post(f"/sitzungen/{laufend.pk}/punkte/{zweiter.pk}/vertagen/")
    assert "Alle Punkte sind behandelt." in seite(als(saal.vorsitz.person), laufend).text


def test_both_pages_lead_to_the_same_next_item(als, cast, saal):
    """What was withdrawn, and what is closed to whoever leads, is passed over on the page of an item as well."""
    sitzung = make_sitzung_in("laufend", cast, saal, antraege=4, kosten=[("Honorare", "x", 1, "", "80.00")])
    erster, weg, befangen, letzter = sitzung.punkte.order_by("position")
    befangenheit.erklaeren(befangen, by=saal.vorsitz.person, grad="p20", grund="Arbeitgeber")
    zurueckziehen(weg.antrag, by=cast.schulleitung)
    client = als(saal.vorsitz.person)
    assert seite(client, sitzung).context["naechster"] == erster
    assert seite(client, sitzung, f"punkte/{erster.pk}/").context["naechster"] == letzter
    assert seite(client, sitzung, f"punkte/{letzter.pk}/").context["naechster"] == erster
    client.post(f"/sitzungen/{sitzung.pk}/punkte/{erster.pk}/vertagen/")
    assert seite(client, sitzung).context["naechster"] == letzter
    assert seite(client, sitzung, f"punkte/{letzter.pk}/").context["naechster"] is None
    assert seite(als(cast.leitung), sitzung, f"punkte/{erster.pk}/").context["naechster"] == befangen


def test_the_buttons_of_a_meeting_in_their_order(als, cast, saal):
    def knoepfe(sitzung, person):
        return [(text, art) for text, _, art in seite(als(person), sitzung).context["knoepfe"]]

    leer = make_sitzung(saal.gremium, cast.leitung)
    nebenbei = [("Termin ändern", "tertiary"), ("Sitzung absagen", "tertiary")]
    assert knoepfe(leer, cast.leitung) == nebenbei
    make_antrag_in("gremienreif", cast, kosten=[("Honorare", "x", 1, "", "80.00")])
    als(cast.leitung).post(f"/sitzungen/{leer.pk}/aufnehmen/")
    assert knoepfe(leer, cast.leitung) == [("Einladung versenden", "primary"), *nebenbei]
    sitzung = make_sitzung_in("laufend", cast, saal, kosten=[("Honorare", "x", 1, "", "80.00")])
    assert knoepfe(sitzung, saal.vorsitz.person) == [("TOP 1 aufrufen", "primary"), ("Sitzung schließen", "tertiary")]
    assert knoepfe(sitzung, saal.mitglieder[0].person) == []
    als(saal.vorsitz.person).post(f"/sitzungen/{sitzung.pk}/punkte/{sitzung.punkte.get().pk}/vertagen/")
    assert knoepfe(sitzung, saal.vorsitz.person) == [("Sitzung schließen", "primary")]


def test_an_item_without_an_antrag_promises_nothing_about_one(als, cast, saal):
    sitzung = make_sitzung_in("geplant", cast, saal)
    bericht = sitzungen.punkt_hinzufuegen(sitzung, by=cast.leitung, titel="Bericht der Netzwerkstelle")
    sitzung = befangenheit.eroeffnen(befangenheit.einladen(sitzung, by=cast.leitung), by=saal.vorsitz.person)
    client, punkte = als(saal.vorsitz.person), [sitzung.punkte.exclude(pk=bericht.pk).get(), bericht]

    def saetze():
        texte = [seite(client, sitzung, f"punkte/{punkt.pk}/").text for punkt in punkte]
        return [re.findall(r"Der Antrag kommt[^<]*", text) for text in texte]

    assert saetze() == [["Der Antrag kommt dann auf eine der nächsten Tagesordnungen."], []]
    for punkt in punkte:
        client.post(f"/sitzungen/{sitzung.pk}/punkte/{punkt.pk}/vertagen/")
    assert saetze() == [["Der Antrag kommt auf eine der nächsten Tagesordnungen."], []]


def test_a_lost_motion_asks_for_reasons_at_the_form(als, saal, laufend):
    adresse, daten = abstimmung(laufend, saal, wert="nein", gruende="")
    antwort = als(saal.vorsitz.person).post(adresse, daten | {"feststellen": "1"})
    assert antwort.status_code == 200
    assert "Bitte nennen Sie die Gründe; sie stehen im Brief an die Schule." in antwort.content.decode()
    assert "Fehler: " in antwort.content.decode()
