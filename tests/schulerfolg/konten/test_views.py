"""Signing in and everything around it, as people meet it."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client, RequestFactory

from schulerfolg.konten.demo import GEHEIMNIS, demo_code
from schulerfolg.konten.models import Mail
from schulerfolg.konten.permissions import Rolle
from tests.factories import PASSWORT, code_der_app, make_landesrolle, make_person

ANMELDEN = "/konto/anmelden/"
CODE = "/konto/zweiter-faktor/eingeben/"
ZU_OFT = "Das waren zu viele Versuche in kurzer Zeit. Bitte versuchen Sie es in fünf Minuten noch einmal."


def anmelden(client, person, passwort=PASSWORT, **mehr):
    return client.post(ANMELDEN, {"login": person.email, "password": passwort} | mehr)


def make_person_mit_app(**felder):
    person = make_person(**felder)
    TOTP.activate(person, GEHEIMNIS)
    return person


def sicher_machen(client):
    """Say once more who is there, as every page about safety asks."""
    client.post("/konto/erneut-anmelden/", {"password": PASSWORT})


# --- signing in


@pytest.mark.django_db
def test_login_leads_to_the_overview_and_changes_the_key_of_the_session(client):
    session = client.session
    session["angefangen"] = "vor der Anmeldung"
    session.save()
    vorher = session.session_key
    client.cookies["sitzung"] = vorher
    antwort = anmelden(client, make_person())
    assert (antwort.status_code, antwort["Location"]) == (302, "/uebersicht/")
    assert client.session.session_key != vorher


@pytest.mark.django_db
def test_the_address_may_be_typed_in_capitals(client):
    person = make_person(email="eva@schule.example")
    assert client.post(ANMELDEN, {"login": "Eva@Schule.EXAMPLE", "password": PASSWORT}).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", ["eva@schule.example", "niemand@schule.example"])
def test_a_wrong_password_and_an_unknown_address_are_told_alike(client, adresse):
    make_person(email="eva@schule.example")
    antwort = client.post(ANMELDEN, {"login": adresse, "password": "falsch"})
    assert antwort.status_code == 200
    assert "E-Mail-Adresse und Passwort passen nicht zusammen. Bitte prüfen Sie beides." in antwort.text


@pytest.mark.django_db
@pytest.mark.parametrize("wert", ["\x00", "a" * 100_000, "😀@", "' OR 1=1 --"])
def test_whatever_is_typed_gets_a_page_and_never_an_error(client, wert):
    antwort = client.post(ANMELDEN, {"login": wert, "password": wert, "next": wert})
    assert antwort.status_code == 200
    assert "Bitte prüfen Sie Ihre Eingaben" in antwort.text


@pytest.mark.django_db
def test_a_closed_account_is_not_told_apart_from_a_wrong_password(client):
    person = make_person(is_active=False)
    assert "passen nicht zusammen" in anmelden(client, person).text
    assert "passen nicht zusammen" in anmelden(client, person, "falsch").text
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_the_eleventh_failure_is_refused_and_a_neighbour_on_the_same_line_is_not(client):
    person, nachbarin = make_person(), make_person()
    for _ in range(10):
        assert "passen nicht zusammen" in anmelden(client, person, "falsch").text
    assert ZU_OFT in anmelden(client, person, "falsch").text
    assert ZU_OFT in anmelden(client, person).text
    assert anmelden(Client(), nachbarin)["Location"] == "/uebersicht/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ziel", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_a_way_on_that_leads_elsewhere_is_ignored(client, ziel):
    assert anmelden(client, make_person(), next=ziel)["Location"] == "/uebersicht/"


@pytest.mark.django_db
def test_a_way_on_inside_the_portal_is_kept(client):
    assert anmelden(client, make_person(), next="/konto/profil/")["Location"] == "/konto/profil/"


@pytest.mark.django_db
def test_nobody_signs_up_alone(client):
    antwort = client.post(
        "/konto/registrieren/", {"email": "neu@schule.example", "password1": PASSWORT, "password2": PASSWORT}
    )
    assert "So bekommen Sie ein Konto" in antwort.text
    assert not EmailAddress.objects.filter(email="neu@schule.example").exists()


@pytest.mark.django_db
def test_signing_out_needs_a_click(client):
    client.force_login(make_person())
    assert "Möchten Sie sich jetzt abmelden?" in client.get("/konto/abmelden/").text
    assert "_auth_user_id" in client.session
    assert client.post("/konto/abmelden/")["Location"] == "/"
    assert "_auth_user_id" not in client.session


# --- the second factor


@pytest.mark.django_db
def test_with_an_app_the_code_is_asked_and_counts_once(client, ruhiges_zeitfenster):
    person = make_person_mit_app()
    assert anmelden(client, person)["Location"] == CODE
    assert "_auth_user_id" not in client.session
    assert "Dieser Code gilt nicht oder nicht mehr." in client.post(CODE, {"code": "000000"}).text
    code = demo_code()
    assert client.post(CODE, {"code": code})["Location"] == "/uebersicht/"
    zweiter = Client()
    anmelden(zweiter, person)
    assert "Dieser Code gilt nicht oder nicht mehr." in zweiter.post(CODE, {"code": code}).text
    assert "_auth_user_id" not in zweiter.session


@pytest.mark.django_db
def test_an_emergency_code_counts_once(client):
    person = make_person_mit_app()
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    anmelden(client, person)
    assert client.post(CODE, {"code": code})["Location"] == "/uebersicht/"
    zweiter = Client()
    anmelden(zweiter, person)
    assert zweiter.post(CODE, {"code": code}).status_code == 200


@pytest.mark.django_db
def test_the_eleventh_wrong_code_is_refused(client):
    anmelden(client, make_person_mit_app())
    for _ in range(10):
        client.post(CODE, {"code": "000000"})
    assert ZU_OFT in client.post(CODE, {"code": "000000"}).text


@pytest.mark.django_db(transaction=True)
def test_enrolling_an_app_shows_the_emergency_codes_and_the_way_on(client, ruhiges_zeitfenster):
    person = make_landesrolle(Rolle.KOORDINATION).person
    anmelden(client, person)
    assert client.get("/uebersicht/")["Location"] == "/konto/zweiter-faktor/"
    seite = "/konto/zweiter-faktor/app/einrichten/"
    assert client.get(seite).status_code == 200  # signed in a moment ago
    vor_einer_stunde_angemeldet(client)
    assert client.get(seite)["Location"].startswith("/konto/erneut-anmelden/?next=")
    sicher_machen(client)
    text = client.get(seite).text
    geheimnis = client.session["mfa.totp.secret"]
    assert " ".join(re.findall("....", geheimnis)) in text
    antwort = client.post(seite, {"code": code_der_app(geheimnis)})
    assert antwort["Location"] == "/konto/zweiter-faktor/notfallcodes/"
    codes = client.get("/konto/zweiter-faktor/notfallcodes/").text
    assert len(re.findall(r"<li><code>\d{8}</code></li>", codes)) == 10
    assert "Weiter zur Übersicht" in codes
    assert client.get("/uebersicht/").status_code == 200
    assert client.get("/konto/zweiter-faktor/notfallcodes/laden/").text.count("\n") == 13


@pytest.mark.django_db
def test_only_the_first_factor_counts_at_once(client, ruhiges_zeitfenster):
    """Whoever knows a password and adds a factor of their own to an account that has one is still asked for that."""
    person = make_landesrolle(Rolle.KOORDINATION).person
    anmelden(client, person)
    TOTP.activate(person, GEHEIMNIS)
    passkey = Authenticator.objects.create(user=person, type="webauthn", data={})
    request = RequestFactory().get("/")
    request.session = client.session
    authenticator_added.send(Authenticator, request=request, user=person, authenticator=passkey)
    assert not any(m["method"] == "mfa" for m in request.session["account_authentication_methods"])
    Authenticator.objects.exclude(pk=passkey.pk).delete()
    authenticator_added.send(Authenticator, request=request, user=person, authenticator=passkey)
    assert any(m["method"] == "mfa" for m in request.session["account_authentication_methods"])


def vor_einer_stunde_angemeldet(client):
    session = client.session
    session["account_authentication_methods"] = [
        methode | {"at": methode["at"] - 3600} for methode in session["account_authentication_methods"]
    ]
    session.save()


@pytest.mark.django_db
def test_the_secret_is_encrypted_in_the_database():
    gespeichert = Authenticator.objects.get(user=make_person_mit_app()).data["secret"]
    assert gespeichert.startswith("gAAAA")
    assert GEHEIMNIS not in gespeichert


@pytest.mark.django_db
def test_whoever_must_have_a_second_factor_keeps_the_last_one(client):
    person = make_landesrolle(Rolle.KOORDINATION).person
    TOTP.activate(person, GEHEIMNIS)
    client.force_login(person)
    sicher_machen(client)
    antwort = client.post("/konto/zweiter-faktor/app/entfernen/")
    assert "Ihre Rolle braucht einen zweiten Faktor, und dies ist Ihr letzter." in antwort.text
    passkey = Authenticator.objects.create(user=person, type="webauthn", data={"name": "Diensthandy"})
    assert client.post("/konto/zweiter-faktor/app/entfernen/")["Location"] == "/konto/zweiter-faktor/"
    antwort = client.post(f"/konto/zweiter-faktor/passkeys/{passkey.pk}/entfernen/", follow=True)
    assert "Ihre Rolle braucht einen zweiten Faktor, und dies ist Ihr letzter." in antwort.text
    assert Authenticator.objects.filter(user=person).count() == 1


@pytest.mark.django_db
def test_everybody_else_may_do_without(client):
    person = make_person_mit_app()
    client.force_login(person)
    sicher_machen(client)
    client.post("/konto/zweiter-faktor/app/entfernen/")
    assert not Authenticator.objects.filter(user=person).exists()
    assert Mail.objects.get(an=person.email).betreff == "Die App für Ihren zweiten Faktor ist entfernt"


@pytest.mark.django_db
def test_nobody_sees_or_removes_the_passkey_of_somebody_else(client):
    fremd = Authenticator.objects.create(user=make_person(), type="webauthn", data={"name": "fremd"})
    client.force_login(make_person())
    sicher_machen(client)
    assert client.get(f"/konto/zweiter-faktor/passkeys/{fremd.pk}/umbenennen/").status_code == 404
    assert client.post(f"/konto/zweiter-faktor/passkeys/{fremd.pk}/entfernen/").status_code == 404
    assert Authenticator.objects.filter(pk=fremd.pk).exists()


# --- own data


@pytest.mark.django_db
def test_the_account_page_shows_the_person_and_her_hats(client, cast, als):
    text = als(cast.leitung).get("/konto/").text
    assert f"Leitung der Netzwerkstelle, {cast.harz.name}" in text
    assert cast.leitung.email in text


@pytest.mark.django_db
def test_the_profile_is_changed_by_oneself(client):
    person = make_person()
    client.force_login(person)
    daten = {"vorname": "Jo", "nachname": "Müller-Łuczak", "funktion": "Lehrkraft", "telefon": "03941 12345"}
    assert client.post("/konto/profil/", daten)["Location"] == "/konto/"
    person.refresh_from_db()
    assert (str(person), person.telefon) == ("Jo Müller-Łuczak", "03941 12345")


@pytest.mark.django_db
@pytest.mark.parametrize(("vorn", "hinten", "geht"), [("", "", True), ("\u200b", "\u2060 ", True), ("x", "", False)])
def test_invisible_characters_keep_nobody_out(client, vorn, hinten, geht):
    person = make_person(email="dora@example.org", password="Sonne am Fenster 7")
    client.post("/konto/anmelden/", {"login": f"{vorn}dora@example.org{hinten}", "password": "Sonne am Fenster 7"})
    assert (client.session.get("_auth_user_id") == str(person.pk)) is geht


@pytest.mark.django_db
def test_a_password_is_never_touched(client):
    make_person(email="dora@example.org", password="Sonne am\u00a0Fenster\u200b7 ")
    client.post("/konto/anmelden/", {"login": "dora@example.org", "password": "Sonne am Fenster7"})
    assert "_auth_user_id" not in client.session
    client.post("/konto/anmelden/", {"login": "dora@example.org", "password": "Sonne am\u00a0Fenster\u200b7 "})
    assert "_auth_user_id" in client.session
