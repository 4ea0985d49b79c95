"""The page of a meeting and of its items, from planned to closed."""

import re
import uuid

import pytest
from django.utils import timezone

from angebote.entscheidung.services import zurueckziehen
from angebote.models import Antrag
from gremien.abstimmung.lage import read_lage
from gremien.befangenheit import services as befangenheit
from gremien.models import Beschluss
from gremien.sitzung import services as sitzungen
from tests.factories_antrag import make_antrag_in
from tests.factories_gremium import heute, make_sitzung, make_sitzung_in
from tests.formulare import formulare


def seite(client, sitzung, rest=""):
    return client.get(f"/sitzungen/{sitzung.pk}/{rest}")


def einmal(**daten):
    """What the page of a step sends."""
    return {"schluessel": uuid.uuid4()} | daten


def abstimmung(sitzung, saal, wert="ja", **fields):
    """A complete vote as the page sends it now."""
    punkt = sitzung.punkte.get()
    stimmen = {f"stimme_{m.pk}": wert for m in saal.alle}
    daten = {
        "schluessel": uuid.uuid4(),
        "antrag_auf": "bewilligen",
        "betrag": "1.000,00",
        "gruende": "Mehr Geld ist nicht da.",
    }
    daten["version"] = read_lage(punkt).version
    return f"/sitzungen/{sitzung.pk}/punkte/{punkt.pk}/abstimmung/", daten | stimmen | fields


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
    client = als(saal.vorsitz.person)
    antwort = client.post(adresse, daten | {"zaehlen": "1"}, follow=True)
    assert "Gezählt: 4 Ja, 0 Nein, 0 Enthaltungen: Bewilligung von 1.000,00\xa0€ angenommen." in antwort.text
    assert Beschluss.objects.count() == 0


def test_a_count_without_a_quorum_is_no_result(als, saal, laufend):
    adresse, daten = abstimmung(laufend, saal)
    client = als(saal.vorsitz.person)
    client.post(adresse, daten | {"zaehlen": "1"})
    laufend.anwesenheiten.filter(mitgliedschaft__in=saal.mitglieder[:2]).update(bis=timezone.now())
    text = seite(client, laufend, f"punkte/{laufend.punkte.get().pk}/").text
    assert "Gezählt: 2 Ja, 0 Nein, 0 Enthaltungen. Ohne Beschlussfähigkeit ist das noch kein Ergebnis." in text


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
    client.post(f"/sitzungen/{laufend.pk}/punkte/{erster.pk}/vertagen/", einmal())
    assert "Weiter mit TOP 2" in seite(client, laufend, f"punkte/{erster.pk}/").text
    befangenheit.erklaeren(zweiter, by=saal.vorsitz.person, grad="p20", grund="Arbeitgeber")
    assert "Noch offen: TOP 2. Die Unterlagen zu TOP 2 sind für Sie geschlossen" in seite(client, laufend).text
    als(cast.leitung).post(f"/sitzungen/{laufend.pk}/punkte/{zweiter.pk}/vertagen/", einmal())
    text = seite(als(saal.vorsitz.person), laufend).text
    assert "Alle Punkte sind behandelt." not in text
    assert "Zu jedem Punkt ist festgehalten, was aus ihm geworden ist." in text


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
    client.post(f"/sitzungen/{sitzung.pk}/punkte/{erster.pk}/vertagen/", einmal())
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
    als(saal.vorsitz.person).post(f"/sitzungen/{sitzung.pk}/punkte/{sitzung.punkte.get().pk}/vertagen/", einmal())
    assert knoepfe(sitzung, saal.vorsitz.person) == [("Sitzung schließen", "primary")]


def test_an_item_without_an_antrag_promises_nothing_about_one(als, cast, saal):
    sitzung = make_sitzung_in("geplant", cast, saal)
    bericht = sitzungen.punkt_hinzufuegen(sitzung, by=cast.leitung, titel="Bericht der Netzwerkstelle")
    sitzung = befangenheit.eroeffnen(heute(befangenheit.einladen(sitzung, by=cast.leitung)), by=saal.vorsitz.person)
    client, punkte = als(saal.vorsitz.person), [sitzung.punkte.exclude(pk=bericht.pk).get(), bericht]

    def saetze():
        texte = [seite(client, sitzung, f"punkte/{punkt.pk}/").text for punkt in punkte]
        return [re.findall(r"Der Antrag kommt[^<]*", text) for text in texte]

    assert saetze() == [["Der Antrag kommt dann auf eine der nächsten Tagesordnungen."], []]
    for punkt in punkte:
        client.post(f"/sitzungen/{sitzung.pk}/punkte/{punkt.pk}/vertagen/", einmal())
    assert saetze() == [["Der Antrag kommt auf eine der nächsten Tagesordnungen."], []]


def test_a_lost_motion_asks_for_reasons_at_the_form(als, saal, laufend):
    adresse, daten = abstimmung(laufend, saal, wert="nein", gruende="", betrag="1.200,00")
    client = als(saal.vorsitz.person)
    client.post(adresse, daten | {"zaehlen": "1"})
    _, daten = abstimmung(laufend, saal, wert="nein", gruende="", betrag="1.200,00", verloren="on")
    antwort = client.post(adresse, daten | {"feststellen": "1"})
    assert antwort.status_code == 200
    assert (
        "Bitte nennen Sie die Gründe in einem ganzen Satz; sie stehen so im Brief an die Schule."
        in antwort.content.decode()
    )
    assert "Fehler: " in antwort.content.decode()


def test_a_reload_shows_what_was_put_to_the_vote(als, saal, laufend):
    """The page reads rows: motion, conditions, reasons and votes, never the first values of a form."""
    worte = {"antrag_auf": "ablehnen", "auflagen": "Mit Abschlussbericht.", "gruende": "Das Projekt läuft schon."}
    adresse, daten = abstimmung(laufend, saal, wert="nein", **worte)
    client = als(saal.vorsitz.person)
    seite_des_punkts = client.post(adresse, daten | {"zaehlen": "1"}).url
    for person in (saal.vorsitz.person, saal.mitglieder[0].person):
        text = als(person).get(seite_des_punkts).text
        assert "Gezählt: 0 Ja, 4 Nein, 0 Enthaltungen: Ablehnung ohne Mehrheit." in text
    form = als(saal.vorsitz.person).get(seite_des_punkts).context["form"]
    assert {name: form[name].value() for name in worte} == worte
    assert {form[name].value() for name in form.namen.values()} == {"nein"}


def test_what_is_only_sent_leads_back_to_its_page(als, saal, laufend):
    """A reload, the way back, or a sign-in in between ends at the item, not at an empty page."""
    adresse, _ = abstimmung(laufend, saal)
    punkt = adresse.removesuffix("abstimmung/")
    befangen = befangenheit.erklaeren(laufend.punkte.get(), by=saal.mitglieder[0].person, grad="p20", grund="x")
    for weg in (adresse, f"{punkt}befangen/{befangen.pk}/"):
        antwort = als(saal.vorsitz.person).get(weg)
        assert (antwort.status_code, antwort.url) == (302, punkt)


def test_another_motion_after_the_count_asks_everybody_again(als, saal, laufend):
    adresse, daten = abstimmung(laufend, saal)
    client = als(saal.vorsitz.person)
    client.post(adresse, daten | {"zaehlen": "1"})
    _, daten = abstimmung(laufend, saal, antrag_auf="ablehnen")
    antwort = client.post(adresse, daten | {"feststellen": "1"})
    assert "Gezählt wurden Stimmen zu einem anderen Vorschlag: Bewilligung von 1.000,00" in antwort.text
    antwort = client.post(adresse, daten | {"zaehlen": "1"}, follow=True)
    assert "Die Stimmen galten dem vorigen und zählen nicht mehr" in antwort.text
    assert "Gezählt:" not in antwort.text
    form = antwort.context["form"]
    assert (form["antrag_auf"].value(), {form[name].value() for name in form.namen.values()}) == ("ablehnen", {None})
    assert Beschluss.objects.count() == 0


def test_an_older_page_says_so_and_keeps_what_was_typed(als, saal, laufend):
    adresse, daten = abstimmung(laufend, saal, auflagen="Mit Abschlussbericht.")
    sitzungen.anwesend(laufend, saal.mitglieder[2], by=saal.vorsitz.person, da=False)
    client = als(saal.vorsitz.person)
    antwort = client.post(adresse, daten | {"feststellen": "1"})
    assert "Seit Sie diese Seite geöffnet haben, hat sich hier etwas geändert." in antwort.text
    assert "nicht mit stimmen: Mia Mitglied 3 (nicht anwesend)" in antwort.text
    form = antwort.context["form"]
    assert (form["auflagen"].value(), form["version"].value()) == ("Mit Abschlussbericht.", read_lage(form.row).version)
    assert Beschluss.objects.count() == 0
    client.post(adresse, daten | {"feststellen": "1", "version": form["version"].value()})
    assert (Beschluss.objects.get().auflagen, Beschluss.objects.get().ja) == ("Mit Abschlussbericht.", 3)


def test_deciding_about_a_bias_keeps_the_vote_beside_it(als, saal, laufend):
    """Both are sent with one form: what was typed and not counted yet is still there, and so is the result."""
    punkt, client = laufend.punkte.get(), als(saal.vorsitz.person)
    zeile = befangenheit.erklaeren(punkt, by=saal.mitglieder[0].person, grad="p21", grund="Nachbarin")
    seite_des_punkts = punkt.get_absolute_url()
    weg = f"{seite_des_punkts}befangen/{zeile.pk}/"
    felder = next(f for f in formulare(client.get(seite_des_punkts).text, seite_des_punkts) if f.ziel == weg).felder
    getippt = {"betrag": "640,50", "auflagen": "Mit Abschlussbericht.", f"stimme_{saal.vorsitz.pk}": "enthaltung"}
    antwort = client.post(weg, felder | getippt | {f"b{zeile.pk}-entscheidung": "nicht_befangen"})
    assert "Die Entscheidung des Gremiums ist festgehalten." in antwort.text
    zeile.refresh_from_db()
    assert zeile.entscheidung == "nicht_befangen"
    form = antwort.context["form"]
    assert {name: form[name].value() for name in getippt} == getippt
    assert form[f"stimme_{saal.mitglieder[0].pk}"].value() is None
    assert form["version"].value() == read_lage(punkt).version


def test_two_decisions_about_one_bias_the_second_reads_the_first(als, saal, laufend, cast):
    punkt = laufend.punkte.get()
    zeile = befangenheit.erklaeren(punkt, by=saal.mitglieder[0].person, grad="p21", grund="Nachbarin")
    feld, weg = f"b{zeile.pk}-", f"{punkt.get_absolute_url()}befangen/{zeile.pk}/"
    daten = {f"{feld}version": zeile.version, f"{feld}entscheidung": "befangen_draussen"}
    als(cast.leitung).post(weg, daten)
    antwort = als(saal.vorsitz.person).post(weg, daten | {f"{feld}entscheidung": "nicht_befangen"}, follow=True)
    assert "festgehalten: Mia Mitglied 1 ist befangen. Soll es anders gelten, halten Sie die Entsch" in antwort.text
    zeile.refresh_from_db()
    assert zeile.entscheidung == "befangen"
