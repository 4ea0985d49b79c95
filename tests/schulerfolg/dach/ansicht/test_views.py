"""Rule 9 of the accounts (G19): looking as somebody else skips no second factor, is told, kept, and only reads."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from angebote.antrag.workflow import Status
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.akte.models import Einsicht
from schulerfolg.dach.ansicht.models import Ansicht, Ansichtsseite
from schulerfolg.dach.ansicht.permissions import NUR_SELBST, SCHRITTSEITE
from schulerfolg.dach.ansicht.services import beginnen
from schulerfolg.konten.models import Kontoereignis, Landesrolle, Mail, Person
from schulerfolg.konten.permissions import Rolle
from tests.adressen import routes
from tests.factories import eben_angemeldet, make_landesrolle, make_mitarbeit
from tests.factories_antrag import make_antrag_in
from tests.factories_gremium import make_saal

GRUND = {"begruendung": "Sie findet den Antrag nicht."}
LEISTE = "Ansicht als andere Person"


def adresse(person):
    return f"/personen/{person.pk}/ansehen/"


@pytest.fixture(autouse=True)
def geteilt(cast):
    """Both offices let the coordination office read what they have."""
    Netzwerkstelle.objects.update(teilt_inhalte=True)


@pytest.fixture
def blick(als, cast):
    """The coordination office looks as the Leitung of Harz."""
    client = als(cast.koordination)
    assert client.post(adresse(cast.leitung), GRUND)["Location"] == "/uebersicht/"
    return client


# --- who, and how it begins


def test_only_the_coordination_office_and_only_at_others(als, cast):
    zweite = make_landesrolle(person=None).person
    gesperrt = cast.fremd
    Person.objects.filter(pk=gesperrt.pk).update(is_active=False)
    client = als(cast.koordination)
    ziele = [cast.leitung, cast.lehrkraft, cast.pruefung, zweite, cast.koordination, gesperrt]
    assert [client.get(adresse(wer)).status_code for wer in ziele] == [200, 200, 403, 403, 403, 403]
    assert [client.post(adresse(wer), GRUND).status_code for wer in ziele[2:]] == [403, 403, 403, 403]
    for wer in (cast.leitung, cast.pruefung, cast.sachbearbeitung, cast.schulleitung):
        assert als(wer).post(adresse(cast.lehrkraft), GRUND).status_code == 404
    assert not Ansicht.objects.exists()


def test_no_look_leads_around_an_office_that_does_not_share(als, cast, blick):
    Netzwerkstelle.objects.filter(pk=cast.harz.pk).update(teilt_inhalte=False)
    assert LEISTE not in blick.get("/uebersicht/", follow=True).text
    assert Ansicht.objects.get().ende.anlass == "nicht mehr erlaubt"
    client = als(cast.koordination)
    for wer in (cast.leitung, cast.lehrkraft, make_saal(cast).vorsitz.person):
        assert client.post(adresse(wer), GRUND).status_code == 403
        seite = client.get(f"/personen/{wer.pk}/").text
        assert f"sobald die {cast.harz.name} ihre Inhalte" in seite
        assert "/ansehen/" not in seite
    assert client.get(adresse(cast.nachbarin)).status_code == 200


def test_the_person_page_offers_it(als, cast):
    client = als(cast.koordination)
    seiten = [client.get(f"/personen/{wer.pk}/").text for wer in (cast.leitung, cast.koordination)]
    assert ["Als diese Person ansehen" in seite for seite in seiten] == [True, False]


def test_it_needs_a_reason_and_somebody_who_has_just_said_who_they_are(als, cast, client):
    antwort = als(cast.koordination).post(adresse(cast.leitung), {"begruendung": "  "})
    assert antwort.context["form"].errors["begruendung"]
    client.force_login(cast.koordination)
    sitzung = client.session
    sitzung.update(eben_angemeldet(cast.koordination, vor=600))
    sitzung.save()
    antwort = client.post(adresse(cast.leitung), GRUND)
    assert antwort["Location"].startswith("/konto/erneut-anmelden/")
    assert not Ansicht.objects.exists()


def test_without_the_second_factor_of_the_real_person_there_is_no_look(client, cast):
    """And one that is under way does not replace it, though the person looked at needs none."""
    client.force_login(cast.koordination)
    assert client.post(adresse(cast.lehrkraft), GRUND)["Location"] == "/konto/zweiter-faktor/"
    sitzung = client.session
    sitzung["ansicht"] = beginnen(cast.lehrkraft, by=cast.koordination, **GRUND).pk
    sitzung.save()
    assert client.get("/uebersicht/")["Location"] == "/konto/zweiter-faktor/"
    sitzung.update(eben_angemeldet(cast.koordination))
    sitzung.save()
    assert LEISTE in client.get("/uebersicht/").text


def test_the_person_hears_who_looked_when_and_why(blick, cast):
    ansicht = Ansicht.objects.get()
    nachricht = Mail.objects.get(empfaenger=cast.leitung)
    assert nachricht.betreff == f"{cast.koordination} sieht sich das Portal mit Ihrer Sicht an"
    uhr = timezone.localtime(ansicht.begonnen_am).strftime("%d.%m.%Y, %H:%M")
    assert f"seit {uhr} Uhr" in nachricht.text
    assert "Sie findet den Antrag nicht." in nachricht.text
    assert f"https://portal.example/ansichten/{ansicht.pk}/" in nachricht.text
    ereignis = Kontoereignis.objects.get(person=cast.leitung)
    assert (ereignis.schritt, ereignis.durch, ereignis.rolle) == ("ansehen", cast.koordination, "Koordinierungsstelle")
    assert cast.harz.ereignisse.get().begruendung == "Sie findet den Antrag nicht."
    assert not cast.boerde.ereignisse.exists()


# --- what is seen


def test_every_page_says_whose_view_it_is_and_names_both(blick, cast):
    for seite in ("/uebersicht/", "/", "/gibt-es-nicht/", "/konto/", "/impressum/"):
        text = blick.get(seite).text
        assert f"Ansicht als {cast.leitung}" in text, seite
        assert f"angesehen </span>durch {cast.koordination}" in text, seite
        assert f"Sie sind {cast.koordination}" in text, seite


def test_it_sees_what_that_person_sees_and_no_more(als, cast):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    client = als(cast.koordination)
    client.post(adresse(cast.leitung), GRUND)
    assert antrag.titel in client.get(antrag.get_absolute_url()).text
    assert client.get("/personen/").status_code == 403
    client.post("/ansichten/beenden/")
    client.post(adresse(cast.nachbarin), GRUND)
    assert client.get(antrag.get_absolute_url()).status_code == 404


def test_a_case_that_was_opened_names_the_real_person(blick, cast):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    blick.get(antrag.get_absolute_url())
    einsicht = Einsicht.objects.get()
    assert einsicht.person == cast.koordination
    assert einsicht.rolle == f"Ansicht als andere Person (Leitung der Netzwerkstelle, {cast.harz.name})"


def test_pages_that_belong_to_one_person_alone_stay_closed(blick, cast):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    for seite in (
        "/konto/",
        "/konto/profil/",
        "/konto/passwort/aendern/",
        "/konto/zweiter-faktor/",
        "/konto/zweiter-faktor/notfallcodes/",
        "/konto/zweiter-faktor/notfallcodes/laden/",
        "/konto/anmeldungen/",
        f"{antrag.get_absolute_url()}weiter_zur_fachpruefung/",
        f"{antrag.get_absolute_url()}anlagen/1/",
        "/budget/neu/",
        "/sitzungen/1/punkte/1/abstimmung/",
    ):
        antwort = blick.get(seite)
        assert antwort.status_code == 403, seite
        assert f"Diese Seite gehört allein zu {cast.leitung}" in antwort.text


def test_the_list_of_closed_pages_names_pages_that_exist():
    assert set(routes()) >= NUR_SELBST
    assert {name for name in routes() if name.endswith(":abstimmen")} <= NUR_SELBST
    assert len([name for name in routes() if name.endswith(SCHRITTSEITE)]) >= 4


def test_a_page_that_asks_once_more_who_is_there_stays_closed_without_being_on_the_list(blick, cast, monkeypatch):
    monkeypatch.setattr("schulerfolg.dach.ansicht.permissions.NUR_SELBST", frozenset())
    antwort = blick.get("/budget/neu/")
    assert (antwort.status_code, "gehört allein zu" in antwort.text) == (403, True)


# --- what is kept, and how it ends


def test_each_page_is_kept_and_nothing_of_it_can_be_changed(blick):
    blick.get("/uebersicht/?geheim=1")
    blick.get("/konto/")
    blick.get("/gibt-es-nicht/")
    seiten = Ansichtsseite.objects.values_list("adresse", "status")
    assert list(seiten) == [("/uebersicht/", 200), ("/konto/", 403), ("/gibt-es-nicht/", 404)]
    blick.post("/ansichten/beenden/")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for tabelle in ("ansicht_ansicht", "ansicht_ansichtsende", "ansicht_ansichtsseite"):
        for befehl in (f"UPDATE {tabelle} SET id = id", f"DELETE FROM {tabelle}", f"TRUNCATE {tabelle} CASCADE"):
            with (
                pytest.raises(DatabaseError, match=r"pgtrigger|append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(befehl)


def test_the_database_knows_no_long_look_and_none_at_oneself(cast):
    jetzt = timezone.now()
    gut = {"person": cast.leitung, "durch": cast.koordination, "begruendung": "x", "begonnen_am": jetzt}
    for schlecht in (
        {"hoechstens_bis": jetzt + timedelta(minutes=31)},
        {"hoechstens_bis": jetzt + timedelta(minutes=30), "person": cast.koordination},
        {"hoechstens_bis": jetzt + timedelta(minutes=30), "begruendung": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ansicht.objects.create(**gut | schlecht)


def test_the_button_ends_it(blick, cast):
    antwort = blick.post("/ansichten/beenden/", follow=True)
    assert antwort.redirect_chain == [(f"/personen/{cast.leitung.pk}/", 302)]
    assert f"Die Ansicht als {cast.leitung} ist beendet." in antwort.text
    assert LEISTE not in antwort.text
    assert Ansicht.objects.get().ende.anlass == "beendet"
    assert "schon zu Ende" in blick.post("/ansichten/beenden/", follow=True).text


def test_it_ends_by_itself_after_thirty_minutes(als, cast, monkeypatch):
    monkeypatch.setattr("schulerfolg.dach.ansicht.services.DAUER", timedelta(microseconds=1))
    client = als(cast.koordination)
    client.post(adresse(cast.leitung), GRUND)
    antwort = client.post("/budget/neu/")  # what was filled in meanwhile is not done as the real person either
    assert (antwort.status_code, antwort["Location"]) == (302, "/uebersicht/")
    text = client.get("/uebersicht/").text
    assert "Die Ansicht ist zu Ende." in text
    assert LEISTE not in text
    assert "von selbst zu Ende" in client.get("/ansichten/").text


def test_signing_out_ends_it(blick):
    blick.post("/konto/abmelden/")
    assert Ansicht.objects.get().ende.anlass == "abgemeldet"
    assert blick.get("/uebersicht/").status_code == 302


@pytest.mark.parametrize("was", ["hut", "konto", "aufstieg"])
def test_it_ends_with_what_allowed_it(blick, cast, was):
    if was == "hut":
        Landesrolle.objects.filter(person=cast.koordination).update(bis=timezone.localdate() - timedelta(days=1))
    elif was == "konto":
        make_mitarbeit(cast.harz, Rolle.LEITUNG)
        Person.objects.filter(pk=cast.leitung.pk).update(is_active=False)
    else:
        make_landesrolle(person=cast.leitung)
    assert blick.get("/uebersicht/")["Location"] == "/uebersicht/"
    assert Ansicht.objects.get().ende.anlass == "nicht mehr erlaubt"


def test_a_number_in_the_session_opens_nothing_of_somebody_else(als, cast):
    fremd = beginnen(cast.leitung, by=cast.koordination, **GRUND)
    client = als(make_landesrolle(person=None).person)
    sitzung = client.session
    sitzung["ansicht"] = fremd.pk
    sitzung.save()
    assert LEISTE not in client.get("/uebersicht/", follow=True).text


def test_who_reads_the_record(als, cast, blick):
    blick.get("/uebersicht/")
    blick.post("/ansichten/beenden/")
    seite = reverse("ansicht:ansicht", args=[Ansicht.objects.get().pk])
    stati = {
        name: (als(getattr(cast, name)).get(seite).status_code, str(cast.koordination) in client_text)
        for name in ("koordination", "pruefung", "leitung", "nachbarin", "sachbearbeitung", "fremd")
        if (client_text := re.sub(r"(?s)<header>.*</header>", "", als(getattr(cast, name)).get("/ansichten/").text))
    }
    assert stati == {
        "koordination": (200, True),
        "pruefung": (200, True),
        "leitung": (200, True),
        "nachbarin": (404, False),
        "sachbearbeitung": (404, False),
        "fremd": (404, False),
    }


def test_the_menu_leads_to_the_record_whoever_reads_all_of_it(als, cast):
    cast.pruefung_hier = make_mitarbeit(cast.harz, Rolle.PRUEFUNG).person
    im_menue = {
        name: '<a class="kern-link" href="/ansichten/">' in als(getattr(cast, name)).get("/uebersicht/").text
        for name in ("koordination", "pruefung", "pruefung_hier", "leitung", "lehrkraft")
    }
    # Short words, many to a line.
    assert im_menue == {
        "koordination": True, "pruefung": True, "pruefung_hier": False, "leitung": False, "lehrkraft": False,
    }  # fmt: skip
    assert "Hier stehen alle diese Ansichten." in als(cast.pruefung).get("/ansichten/").text
    assert "Hier stehen alle diese Ansichten." not in als(cast.pruefung_hier).get("/ansichten/").text
