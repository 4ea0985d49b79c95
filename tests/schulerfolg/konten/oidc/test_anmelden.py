"""Signing in at another house, with a real provider that runs beside the tests."""

import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.urls import NoReverseMatch, reverse, set_urlconf

from schulerfolg.konten.models import Mail, Person
from tests.factories import make_landesrolle, make_person
from tests.schulerfolg.konten.oidc import urls
from tests.schulerfolg.konten.oidc.anbieter import GEHEIMNIS, KENNUNG, PASSWORT

ROOT = Path(__file__).resolve().parents[4]
ZURUECK = "http://testserver/konto/anbieter/zurueck/"
WEG = "/konto/anbieter/anmelden/"


@pytest.fixture(scope="session")
def anbieter():
    """The address of the provider."""
    with socket.socket() as frei:
        frei.bind(("127.0.0.1", 0))
        port = frei.getsockname()[1]
    prozess = subprocess.Popen(
        [sys.executable, "-m", "tests.schulerfolg.konten.oidc.anbieter", str(port), ZURUECK], cwd=ROOT
    )
    server = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                requests.get(f"{server}/.well-known/openid-configuration", timeout=30).raise_for_status()
                break
            except requests.ConnectionError:
                assert prozess.poll() is None
                time.sleep(0.1)
        yield server
    finally:
        prozess.terminate()
        prozess.wait()


@pytest.fixture
def portal(anbieter, settings, db, client):
    """The portal with this provider configured."""
    settings.ROOT_URLCONF = urls.__name__
    settings.PORTAL_ADRESSE = "http://testserver"
    settings.OIDC = {"name": "Mit dem Landesdienst", "domaenen": [], "faktor_amr": [], "faktor_acr": []}
    app = {"provider_id": "anbieter", "name": "Landesdienst", "client_id": KENNUNG, "secret": GEHEIMNIS}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app | {"settings": {"server_url": anbieter}}]}
    }
    yield client
    set_urlconf(None)  # the last request has left it in this thread


def beim_anbieter(adresse, name):
    """What a browser does there: sign in, and be sent back. Returns the address it is sent to."""
    browser = requests.Session()
    seite = browser.get(adresse, timeout=10)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', seite.text).group(1)
    antwort = browser.post(
        seite.url,
        {"csrfmiddlewaretoken": token, "login": name, "password": PASSWORT},
        headers={"Referer": seite.url},
        allow_redirects=False,
        timeout=10,
    )
    while not antwort.headers["Location"].startswith(ZURUECK):
        antwort = browser.get(
            requests.compat.urljoin(antwort.url, antwort.headers["Location"]), allow_redirects=False, timeout=10
        )
    return antwort.headers["Location"]


def anmelden(client, name):
    return client.get(beim_anbieter(client.post(WEG)["Location"], name))


def wer(client):
    return client.session.get("_auth_user_id")


def test_the_whole_way(portal):
    eva = make_person(email="eva@schule.example")
    assert "Mit dem Landesdienst" in portal.get("/konto/anmelden/").text
    hin = portal.post(WEG, {"next": "/konto/profil/"})["Location"]
    gefragt = {name: werte[0] for name, werte in parse_qs(urlsplit(hin).query).items()}
    assert gefragt["response_type"] == "code"
    assert gefragt["redirect_uri"] == ZURUECK
    assert gefragt["code_challenge_method"] == "S256"
    assert len(gefragt["code_challenge"]) >= 43
    assert len(gefragt["nonce"]) >= 32
    antwort = portal.get(beim_anbieter(hin, "eva"))
    assert (antwort.status_code, antwort["Location"]) == (302, "/konto/profil/")
    assert wer(portal) == str(eva.pk)
    assert Person.objects.count() == 1
    konto = SocialAccount.objects.get(user=eva)
    assert konto.extra_data == {"email": "Eva@schule.example"}
    nachricht = Mail.objects.get(an="eva@schule.example")
    assert nachricht.betreff == "Ihr dienstliches Konto ist verbunden"
    assert "Mit dem Landesdienst" in portal.get("/konto/").text
    assert "verbunden seit" in portal.get("/konto/anbieter/verbindungen/").text
    getrennt = portal.post("/konto/anbieter/verbindungen/", {"account": konto.pk}, follow=True)
    assert "Die Verbindung ist getrennt." in getrennt.text
    assert not SocialAccount.objects.exists()


def test_the_second_time_the_number_counts_and_not_the_address(portal):
    eva = make_person(email="eva@schule.example")
    anmelden(portal, "eva")
    portal.post("/konto/abmelden/")
    EmailAddress.objects.filter(user=eva).update(email="eva.neu@schule.example")
    anmelden(portal, "eva")
    assert wer(portal) == str(eva.pk)


@pytest.mark.parametrize("name", ["unbekannt", "unbestaetigt"])
def test_an_unknown_and_an_unverified_address_come_not_in_and_make_no_account(portal, name):
    if name == "unbestaetigt":
        make_person(email="unbestaetigt@schule.example")
    vorher = Person.objects.count()
    antwort = anmelden(portal, name)
    assert antwort.status_code == 403
    assert "Zu dieser Anmeldung gibt es im Portal kein Konto" in antwort.text
    assert (wer(portal), Person.objects.count(), SocialAccount.objects.count()) == (None, vorher, 0)


def test_an_address_that_is_not_confirmed_here_does_not_count(portal):
    eva = make_person(email="eva@schule.example")
    EmailAddress.objects.filter(user=eva).update(verified=False)
    assert anmelden(portal, "eva").status_code == 403
    assert wer(portal) is None


def test_a_domain_the_provider_is_not_trusted_for(portal, settings):
    make_person(email="eva@schule.example")
    settings.OIDC = settings.OIDC | {"domaenen": ["land.example"]}
    assert anmelden(portal, "eva").status_code == 403
    settings.OIDC = settings.OIDC | {"domaenen": ["schule.example"]}
    assert anmelden(portal, "eva").status_code == 302


def test_a_closed_account_stays_closed(portal):
    eva = make_person(email="eva@schule.example")
    anmelden(portal, "eva")
    portal.post("/konto/abmelden/")
    Person.objects.filter(pk=eva.pk).update(is_active=False)
    antwort = anmelden(portal, "eva")
    assert antwort["Location"] == "/konto/gesperrt/"
    assert wer(portal) is None


def test_an_answer_to_another_question_is_refused(portal):
    """A nonce, a state or a code that was not meant for this browser; and the same answer a second time."""
    make_person(email="eva@schule.example")
    hin = portal.post(WEG)["Location"]
    nonce = parse_qs(urlsplit(hin).query)["nonce"][0]
    fremd = portal.get(beim_anbieter(hin.replace(nonce, "x" * len(nonce)), "eva"))
    assert (fremd.status_code, "Diese Anmeldung ist nicht gelungen" in fremd.text) == (401, True)
    zurueck = beim_anbieter(portal.post(WEG)["Location"], "eva")
    state = parse_qs(urlsplit(zurueck).query)["state"][0]
    assert portal.get(zurueck.replace(state, "anders")).status_code == 401
    assert wer(portal) is None
    assert portal.get(zurueck).status_code == 302
    portal.post("/konto/abmelden/")
    assert portal.get(zurueck).status_code == 401
    assert wer(portal) is None


def test_cancelled(portal):
    state = parse_qs(urlsplit(portal.post(WEG)["Location"]).query)["state"][0]
    antwort = portal.get(f"/konto/anbieter/zurueck/?error=access_denied&state={state}", follow=True)
    assert "Sie haben die Anmeldung abgebrochen" in antwort.text


def test_the_second_factor_is_still_asked_for_unless_the_operator_trusts_the_provider(portal, settings):
    person = make_person(email="faktor@schule.example")
    make_landesrolle(person=person)
    anmelden(portal, "faktor")
    assert portal.get("/personen/")["Location"] == "/konto/zweiter-faktor/"  # none is set up yet
    portal.post("/konto/abmelden/")
    Authenticator.objects.create(user=person, type="totp", data={"secret": get_adapter().encrypt(GEHEIMNIS)})
    assert anmelden(portal, "faktor")["Location"].startswith("/konto/zweiter-faktor/eingeben/")
    assert wer(portal) is None
    settings.OIDC = settings.OIDC | {"faktor_amr": ["mfa"]}
    assert anmelden(portal, "faktor")["Location"] == "/uebersicht/"
    assert portal.get("/personen/").status_code == 200
    portal.post("/konto/abmelden/")
    eva = make_person(email="eva@schule.example")  # the provider says nothing of a factor
    make_landesrolle(person=eva)
    anmelden(portal, "eva")
    assert portal.get("/personen/")["Location"] == "/konto/zweiter-faktor/"


def test_it_begins_with_a_post_only(portal):
    assert portal.get(WEG).status_code == 405


@pytest.mark.django_db
def test_without_a_provider_there_are_no_addresses_and_no_button(client):
    for name in ("openid_connect_login", "openid_connect_callback", "socialaccount_connections"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.post(WEG).status_code == 404
    assert "dienstlichen Konto" not in client.get("/konto/anmelden/").text


def test_with_one_the_addresses_are_there():
    frage = "import django; django.setup(); from django.urls import reverse; print(reverse('openid_connect_callback'))"
    umgebung = {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "schulerfolg.settings", "OIDC_SERVER": "https://sso.example"}
    befehl = [sys.executable, "-c", frage]
    ohne = subprocess.run(befehl, cwd=ROOT, env=umgebung, capture_output=True, text=True, check=False)
    assert "OIDC_CLIENT_ID fehlt. OIDC_SERVER ist gesetzt" in ohne.stderr
    umgebung |= {"OIDC_CLIENT_ID": "portal", "OIDC_SECRET": "x"}
    mit = subprocess.run(befehl, cwd=ROOT, env=umgebung, capture_output=True, text=True, check=True)
    assert mit.stdout == "/konto/anbieter/zurueck/\n"
