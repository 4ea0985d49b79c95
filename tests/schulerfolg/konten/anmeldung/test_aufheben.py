"""What was typed survives: an ended sign-in, an old token, the question who is there, a new role."""

import re
from datetime import timedelta
from html import unescape

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from netzwerkstellen.models import Ansprechperson
from schulerfolg.konten.anmeldung.aufheben import wessen
from schulerfolg.konten.demo import GEHEIMNIS, demo_code
from schulerfolg.konten.models import Eingabe
from schulerfolg.konten.permissions import Rolle
from tests.factories import PASSWORT, make_landesrolle, make_person

PROFIL = "/konto/profil/"
AUFGEHOBEN = "Ihre Eingaben sind aufgehoben und stehen danach wieder im Formular. Abgeschickt ist noch nichts."
WIEDER_DA = "Ihre Eingaben sind wieder da"
LANG = "Beratungslehrerin für „Übergänge“ & <mehr>"


def anmelden(client, person):
    return client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORT}, follow=True)


def felder(person, **mehr):
    """What the browser sends from the profile page of this person."""
    return {"wessen": wessen(person), "vorname": "Kim", "nachname": "Beispiel", "funktion": LANG, "telefon": ""} | mehr


def beendet(client):
    """The sign-in of this browser has been idle for too long."""
    Session.objects.filter(pk=client.session.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def person(db):
    return make_person()


def test_every_form_of_a_page_says_whose_it_is_and_a_visitor_s_does_not(client, person):
    assert 'name="wessen"' not in client.get("/konto/anmelden/").text
    client.force_login(person)
    text = client.get(PROFIL).text
    assert text.count(f'name="wessen" value="{wessen(person)}"') == text.count('name="csrfmiddlewaretoken"') > 1


def test_the_words_are_there_again_after_the_new_sign_in_and_nothing_was_sent(client, person):
    anmelden(client, person)
    beendet(client)
    antwort = client.post(PROFIL, felder(person), follow=True)
    assert antwort.redirect_chain == [(f"/konto/anmelden/?next={PROFIL}", 302)]
    assert AUFGEHOBEN in antwort.text
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORT, "next": PROFIL})
    text = client.get(PROFIL).text
    assert WIEDER_DA in text
    assert 'value="Beratungslehrerin für „Übergänge“ &amp; &lt;mehr&gt;"' in text
    person.refresh_from_db()
    assert person.funktion == ""


def test_once_sent_nothing_is_kept_any_more(client, person):
    client.post(PROFIL, felder(person))
    anmelden(client, person)
    assert WIEDER_DA in client.get(PROFIL).text
    assert WIEDER_DA in client.get(PROFIL).text  # a page loaded anew loses nothing
    client.post(PROFIL, felder(person))
    person.refresh_from_db()
    assert person.funktion == LANG
    assert WIEDER_DA not in client.get(PROFIL).text
    assert not Eingabe.objects.exists()


def test_they_can_be_dropped(client, person):
    client.post(PROFIL, felder(person))
    anmelden(client, person)
    antwort = client.post("/konto/eingaben/verwerfen/", {"seite": PROFIL})
    assert antwort["Location"] == PROFIL
    assert WIEDER_DA not in client.get(PROFIL).text
    assert client.post("/konto/eingaben/verwerfen/", {"seite": "//evil.example"})["Location"] == "/uebersicht/"


def test_they_wait_through_the_second_factor(client, person, ruhiges_zeitfenster):
    TOTP.activate(person, GEHEIMNIS)
    cache.clear()
    client.post(PROFIL, felder(person))
    anmelden(client, person)
    assert LANG not in client.get("/konto/zweiter-faktor/eingeben/").text
    client.post("/konto/zweiter-faktor/eingeben/", {"code": demo_code()})
    assert WIEDER_DA in client.get(PROFIL).text


def test_somebody_else_at_the_same_computer_never_sees_them(client, person):
    client.post(PROFIL, felder(person))
    anmelden(client, make_person())
    text = client.get(PROFIL).text
    assert WIEDER_DA not in text
    assert "Übergänge" not in text


@pytest.mark.parametrize("beweis", ["", "1", "1:gefälscht", "\x00"])
def test_without_a_proof_whose_they_are_nothing_is_kept(client, person, beweis):
    antwort = client.post(PROFIL, felder(person, wessen=beweis), follow=True)
    assert AUFGEHOBEN not in antwort.text
    assert not Eingabe.objects.exists()


def test_a_form_of_somebody_else_is_not_kept_under_the_name_of_who_is_here(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person())
    assert client.post(PROFIL, felder(person)).status_code == 403
    assert not Eingabe.objects.exists()


def test_on_the_next_morning_they_are_found_with_another_browser_too(client, person):
    Client().post(PROFIL, felder(person))
    Eingabe.objects.update(erstellt_am=timezone.now() - timedelta(hours=19, minutes=59))
    [verweis] = re.findall(r'href="([^"]+)">Was Sie geschrieben haben', anmelden(client, person).text)
    assert LANG in unescape(client.get(verweis).text)
    client.post(PROFIL, felder(person))
    assert "Ihre Eingaben prüfen" not in client.get("/uebersicht/").text


def test_after_twenty_hours_they_are_gone(client, person):
    client.post(PROFIL, felder(person))
    Eingabe.objects.update(erstellt_am=timezone.now() - timedelta(hours=20, minutes=1))
    assert "Ihre Eingaben prüfen" not in anmelden(client, person).text
    assert WIEDER_DA not in client.get(PROFIL).text
    Client().post(PROFIL, felder(make_person()))
    assert Eingabe.objects.get().person != person  # the next one clears away


def test_passwords_and_codes_are_never_kept(client, person):
    geheim = {"oldpassword": "Geheim1", "password1": "Geheim2", "passwort": "Geheim3", "code": "123456", "login": "x"}
    client.post(PROFIL, felder(person, **geheim))
    assert set(Eingabe.objects.get().felder) == {"vorname", "nachname", "funktion", "telefon"}


def test_too_much_is_told_before_the_sign_in(client, person):
    antwort = client.post(PROFIL, felder(person, funktion="x" * 256 * 1024), follow=True)
    assert "Ihre Eingaben sind zu lang, als dass wir sie aufheben können." in antwort.text
    assert not Eingabe.objects.exists()


def test_nobody_keeps_more_than_five(person):
    for _ in range(7):
        Client().post(PROFIL, felder(person))
    assert person.eingaben.count() == 5


@pytest.mark.parametrize("pfad", [PROFIL, "/antraege/7/abschnitt/erklaerungen/"])
def test_files_are_not_kept_and_that_is_said(client, person, pfad):
    datei = SimpleUploadedFile("plan.pdf", b"%PDF" + b"x" * 3_000_000)
    antwort = client.post(pfad, felder(person, datei=datei), follow=True)
    assert f"{AUFGEHOBEN} Dateien wählen Sie bitte noch einmal aus." in antwort.text
    assert Eingabe.objects.get().mit_dateien


def test_an_old_token_brings_the_same_person_back_to_the_form(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    antwort = client.post(PROFIL, felder(person, csrfmiddlewaretoken="x" * 64), follow=True)
    assert antwort.redirect_chain == [(PROFIL, 302)]
    assert WIEDER_DA in antwort.text
    assert "Beratungslehrerin" in antwort.text


def test_words_that_fit_nowhere_are_shown_above(client, person):
    client.post(PROFIL, felder(person, bemerkung="Der Bus fährt erst um neun."))
    anmelden(client, person)
    text = client.get(PROFIL).text
    assert '<blockquote class="eingaben__text">Der Bus fährt erst um neun.</blockquote>' in text


def test_a_form_that_sends_elsewhere_is_filled_on_its_own_page(client, person):
    client.force_login(person)
    seite = "/konto/adresse/"
    antwort = client.post(
        f"{seite}?von=hier",
        {"wessen": wessen(person), "email": "neu@schule.example", "action_add": ""},
        headers={"Referer": f"http://testserver{seite}"},
    )
    assert antwort["Location"] == f"/konto/erneut-anmelden/?next={seite}"
    daten = {"email": "neu@schule.example", "action_add": ""}
    fremd = client.post(seite, daten, headers={"Referer": "https://evil.example/konto/"})
    assert fremd["Location"] == f"/konto/erneut-anmelden/?next={seite}"


def test_the_question_who_is_there_sends_nothing_by_itself(client, cast, als):
    client = als(cast.leitung)
    session = client.session
    session.update({"account_authentication_methods": [{"method": "mfa", "at": 0}]})
    session.save()
    pfad = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/einladen/"
    daten = {"vorname": "Jo", "nachname": "Neu", "email": "jo@stelle.example", "rolle": "sachbearbeitung"}
    antwort = client.post(pfad, daten | {"zeichnungsbefugt": "on"}, follow=True)
    assert antwort.redirect_chain == [(f"/konto/erneut-anmelden/?next={pfad}", 302)]
    assert AUFGEHOBEN in antwort.text
    antwort = client.post("/konto/erneut-anmelden/", {"password": PASSWORT, "next": pfad}, follow=True)
    assert antwort.redirect_chain == [(pfad, 302)]
    assert re.search(r'name="email"[^>]*value="jo@stelle.example"', antwort.text)
    assert re.search(r'name="zeichnungsbefugt"[^>]* checked', antwort.text)
    assert not cast.harz.einladungen.exists()


def test_a_new_role_asks_for_the_factor_and_keeps_the_words(client, cast):
    person = make_person()
    TOTP.activate(person, GEHEIMNIS)
    client.force_login(person)
    make_landesrolle(Rolle.KOORDINATION, person=person)
    pfad = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/ansprechpersonen/neu/"
    antwort = client.post(pfad, {"wessen": wessen(person), "name": "Vera Kern"})
    assert antwort["Location"] == f"/konto/zweiter-faktor/erneut/?next={pfad}"
    assert Eingabe.objects.get().felder == {"name": ["Vera Kern"]}
    assert not Ansprechperson.objects.exists()
