import re
from datetime import timedelta

import pytest
from django.utils import timezone

from angebote.antrag.workflow import Status
from netzwerkstellen.models import Mitarbeit
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_mitarbeit, make_person, make_zugehoerigkeit
from tests.factories_antrag import make_antrag_in
from tests.factories_gremium import make_gremium, make_mitglied

HEUTE = timezone.localdate()
GRUND = {"begruendung": "Hat die Stelle verlassen."}


def adresse(cast, was, person=None):
    mitarbeit = (person or cast.sachbearbeitung).mitarbeiten.get()
    return f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/{mitarbeit.pk}/{was}/"


def karten(client):
    return [karte for gruppe in client.get("/uebersicht/").context["gruppen"] for karte in gruppe.karten]


def test_ending_asks_who_takes_over(als, cast):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    client, seite = als(cast.leitung), adresse(cast, "beenden")
    assert str(antrag) in client.get(seite).text
    antwort = client.post(seite, {"letzter_tag": HEUTE})
    assert "Jeder Vorgang hat immer eine zuständige Person." in antwort.text
    assert "an" in antwort.context["form"].errors
    antwort = client.post(seite, {"letzter_tag": HEUTE, "an": cast.nachbarin.pk})
    assert "an" in antwort.context["form"].errors
    antwort = client.post(seite, {"letzter_tag": HEUTE, "an": cast.leitung.pk}, follow=True)
    assert f"Die offenen Vorgänge hat jetzt {cast.leitung}." in antwort.text
    assert Mitarbeit.objects.get(person=cast.sachbearbeitung).bis == HEUTE


def test_what_was_forgotten_stands_under_the_next_steps_of_the_leitung(als, cast):
    make_antrag_in(Status.FORMALPRUEFUNG, cast)
    Mitarbeit.objects.filter(person=cast.sachbearbeitung).update(bis=HEUTE - timedelta(days=1))
    (karte,) = [k for k in karten(als(cast.leitung)) if "übergeben" in k.titel]
    assert (karte.titel, karte.ort) == (f"Ein Vorgang von {cast.sachbearbeitung} übergeben", cast.harz.name)
    assert [k for k in karten(als(cast.nachbarin)) if "übergeben" in k.titel] == []
    als(cast.leitung).post(karte.adresse, {"an": cast.leitung.pk})
    titel = [gruppe.titel for gruppe in als(cast.leitung).get("/uebersicht/").context["gruppen"]]
    assert "In Ihrer Prüfung" in titel
    assert "nichts mehr, was zu übergeben wäre" in als(cast.leitung).get(karte.adresse, follow=True).text


@pytest.mark.parametrize("was", ["beenden", "uebergeben", "sperren"])
def test_who_opens_these_pages(als, cast, was):
    make_antrag_in(Status.FORMALPRUEFUNG, cast)
    stati = {
        name: als(getattr(cast, name)).get(adresse(cast, was)).status_code
        for name in ("leitung", "koordination", "sachbearbeitung", "freigabe", "pruefung", "nachbarin", "lehrkraft")
    }
    assert list(stati.values()) == [200, 200, 403, 403, 403, 404, 404]


def test_a_leitung_closes_only_who_works_here_alone(als, cast):
    make_zugehoerigkeit(cast.schule, person=cast.sachbearbeitung)
    antwort = als(cast.leitung).get(adresse(cast, "sperren"))
    assert antwort.status_code == 403
    assert "die nur für ihre Stelle arbeiten" in antwort.text
    assert als(cast.leitung).get(adresse(cast, "sperren", cast.leitung)).status_code == 403


def test_closing_from_the_team(als, cast):
    antwort = als(cast.leitung).post(adresse(cast, "sperren"), GRUND, follow=True)
    assert f"Das Konto von {cast.sachbearbeitung} ist gesperrt." in antwort.text
    assert "Konto gesperrt" in antwort.text


def test_the_coordination_office_finds_closes_and_opens(als, cast):
    client = als(cast.koordination)
    zora = make_person("Zora", "Öztürk")
    gefunden = client.get("/personen/", {"q": "zora ozturk"}).context["page"].object_list
    assert list(gefunden) == [zora]
    client.post(f"/personen/{zora.pk}/sperren/", GRUND)
    assert list(client.get("/personen/", {"konto": "gesperrt"}).context["page"].object_list) == [zora]
    seite = client.get(f"/personen/{zora.pk}/").text
    assert "Hat die Stelle verlassen.</p>" in seite
    antwort = client.post(f"/personen/{zora.pk}/freischalten/", follow=True)
    assert f"Das Konto von {zora} ist wieder offen." in antwort.text
    assert client.get(f"/personen/{zora.pk}/freischalten/").url == f"/personen/{zora.pk}/"
    assert client.get(f"/personen/{cast.koordination.pk}/sperren/").url == f"/personen/{cast.koordination.pk}/"


def test_the_list_says_how_many_and_an_empty_search_leads_back(als, cast):
    client = als(cast.koordination)
    for name in range(30):
        make_person("Nora", f"Nummer {name}")
    make_person("Zora", "Öztürk")
    assert fund(client.get("/personen/", {"q": "nora"})) == "30 Personen"
    assert fund(client.get("/personen/", {"q": "zora öztürk"})) == "Eine Person"
    leer = client.get("/personen/", {"q": "niemand heißt so"})
    assert fund(leer) == "Keine Person"
    assert 'href="/personen/"><span class="kern-label">Alle Personen zeigen</span>' in leer.text


def fund(antwort) -> str:
    return " ".join(re.search(r'<p class="fund" role="status">(.*?)</p>', antwort.text, re.DOTALL)[1].split())


def test_only_closing_says_what_closing_does(als, cast):
    make_antrag_in(Status.FORMALPRUEFUNG, cast)
    seiten = [als(cast.leitung).get(adresse(cast, was)).text for was in ("beenden", "uebergeben", "sperren")]
    assert ["sofort überall abgemeldet" in seite for seite in seiten] == [False, False, True]


def test_the_coordination_office_reads_no_contents_that_are_not_shared(als, cast):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    seite = als(cast.koordination).get(f"/personen/{cast.sachbearbeitung.pk}/sperren/").text
    assert antrag.titel not in seite
    assert "1 Vorgang, dessen Inhalt die Stelle nicht mit Ihnen teilt" in seite


@pytest.mark.parametrize("wer", ["leitung", "pruefung", "lehrkraft", "schulleitung", "fremd"])
def test_nobody_else_sees_the_accounts(als, cast, wer):
    client = als(getattr(cast, wer))
    stati = [client.get(f"/personen/{rest}").status_code for rest in ("", "1/", "1/sperren/", "1/freischalten/")]
    assert stati == [403, 404, 404, 404]


def test_a_role_taken_away_is_gone_with_the_next_request(als, cast):
    client = als(make_mitarbeit(cast.harz, Rolle.LEITUNG).person)
    seite, wer = (
        f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/einladen/",
        Mitarbeit.objects.order_by("-pk").first(),
    )
    assert client.get(seite).status_code == 200
    Mitarbeit.objects.filter(pk=wer.pk).update(rolle=Rolle.SACHBEARBEITUNG)
    assert client.get(seite).status_code == 403
    Mitarbeit.objects.filter(pk=wer.pk).update(bis=HEUTE - timedelta(days=1))
    assert client.get(seite).status_code == 404


def test_a_role_that_begins_tomorrow_gives_nothing_today(als, cast):
    morgen = make_mitarbeit(cast.harz, Rolle.LEITUNG, von=HEUTE + timedelta(days=1))
    schule = make_zugehoerigkeit(cast.schule, Rolle.SCHULE_LEITUNG, von=HEUTE + timedelta(days=1))
    client = als(morgen.person)
    assert client.get(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/").status_code == 404
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    assert als(schule.person).get(antrag.get_absolute_url()).status_code == 404
    for zeile in (morgen, schule):
        type(zeile).objects.filter(pk=zeile.pk).update(von=HEUTE)
    assert als(morgen.person).get(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/").status_code == 200
    assert als(schule.person).get(antrag.get_absolute_url()).status_code == 200


def test_an_account_is_not_joined_with_itself(als, cast):
    pfad = f"/personen/{cast.fremd.pk}/zusammenfuehren/{cast.fremd.pk}/"
    antwort = als(cast.koordination).get(pfad, follow=True)
    assert antwort.redirect_chain == [("/personen/doppelt/", 302)]
    assert f"Das ist zweimal dasselbe Konto: {cast.fremd.email}." in antwort.text


def test_the_list_narrows_to_one_office_with_its_schools_and_gremien(als, cast):
    sitz = make_mitglied(make_gremium(cast.harz), person=make_person("Mia", "Mitglied"))
    antwort = als(cast.koordination).get("/personen/", {"stelle": cast.harz.pk})
    gefunden = set(antwort.context["page"].object_list)
    assert {cast.leitung, cast.sachbearbeitung, cast.lehrkraft, sitz.person} <= gefunden
    assert gefunden.isdisjoint({cast.nachbarin, cast.koordination})
    assert "Arbeitet für" in antwort.text
