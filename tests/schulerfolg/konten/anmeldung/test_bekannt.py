"""A stranger keeps nobody out (faelle 29): tries count where they come from, known browser and reset stay open."""

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client

from schulerfolg.konten.adapter import ZU_OFT, ZU_OFT_VON_FREMDEN
from schulerfolg.konten.anmeldung.bekannt import SALT
from schulerfolg.konten.models import Mail
from tests.factories import PASSWORT, make_person
from tests.schulerfolg.konten.test_zwoelf_regeln import NEUES, VERGESSEN, anmelden

pytestmark = pytest.mark.django_db
DRIN = "/uebersicht/"


@pytest.fixture(autouse=True)
def _zaehlt_von_vorn():
    cache.clear()


@pytest.fixture
def eva():
    return make_person(email="eva@schule.example")


def raten(person, mal, netze=1):
    """Strangers try so often, from so many addresses of the network."""
    for nummer in range(mal):
        anmelden(Client(REMOTE_ADDR=f"10.1.{nummer % netze}.1"), person, "falsch-falsch")


def von_zu_hause(**kwargs):
    return Client(REMOTE_ADDR="192.0.2.7", **kwargs)


def test_a_stranger_uses_up_nobody_else_s_tries(eva):
    raten(eva, 12)
    assert ZU_OFT in anmelden(Client(REMOTE_ADDR="10.1.0.1"), eva).text
    assert anmelden(von_zu_hause(), eva).url == DRIN


def test_a_browser_used_before_gets_in_from_the_address_the_stranger_sits_at(eva):
    """A school has one address to the outside."""
    browser = Client(REMOTE_ADDR="10.1.0.1")
    assert anmelden(browser, eva).url == DRIN
    browser.post("/konto/abmelden/")
    raten(eva, 12)
    assert anmelden(browser, eva).url == DRIN


def test_at_an_address_where_too_much_is_tried_a_known_browser_gets_in(eva, settings):
    """Pupils in the network of the school: they stop each other and new browsers, nobody who works there."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "20/m/ip,10/5m/key"}
    browser, neuer = Client(REMOTE_ADDR="10.1.0.1"), Client(REMOTE_ADDR="10.1.0.1")
    anmelden(browser, eva)
    browser.post("/konto/abmelden/")
    for nummer in range(21):
        daten = {"login": f"n{nummer}@schule.example", "password": "falsch"}
        Client(REMOTE_ADDR="10.1.0.1").post("/konto/anmelden/", daten)
    assert ZU_OFT in anmelden(neuer, eva).text
    assert anmelden(browser, eva).url == DRIN


def test_many_strangers_together_are_stopped_and_a_known_browser_is_not(eva):
    bekannt = von_zu_hause()
    anmelden(bekannt, eva)
    bekannt.post("/konto/abmelden/")
    raten(eva, 100, netze=50)
    assert ZU_OFT_VON_FREMDEN in anmelden(Client(REMOTE_ADDR="198.51.100.9"), eva).text
    assert anmelden(bekannt, eva).url == DRIN


def test_a_known_browser_can_not_guess_on_without_end(eva):
    browser = von_zu_hause()
    anmelden(browser, eva)
    browser.post("/konto/abmelden/")
    for _ in range(10):
        anmelden(browser, eva, "falsch-falsch")
    assert ZU_OFT in anmelden(browser, eva).text


def test_a_browser_is_known_for_those_who_signed_in_there_alone(eva):
    browser = von_zu_hause()
    anmelden(browser, make_person())
    browser.post("/konto/abmelden/")
    raten(eva, 100, netze=50)
    assert ZU_OFT_VON_FREMDEN in anmelden(browser, eva).text


@pytest.mark.parametrize("wert", ["", "x", signing.dumps(["a", ["b"]], salt="anders")], ids=["leer", "kurz", "fremd"])
def test_a_forged_cookie_is_none(eva, wert):
    raten(eva, 100, netze=50)
    browser = von_zu_hause()
    browser.cookies["geraet"] = wert
    assert ZU_OFT_VON_FREMDEN in anmelden(browser, eva).text


def test_the_cookie_names_nobody_and_opens_nothing(eva):
    browser = von_zu_hause()
    anmelden(browser, eva)
    keks = browser.cookies["geraet"]
    assert (keks["httponly"], keks["samesite"], keks["max-age"]) == (True, "Lax", 180 * 24 * 60 * 60)
    assert eva.email not in str(signing.loads(keks.value, salt=SALT))
    fremd = Client()
    fremd.cookies["geraet"] = keks.value
    assert fremd.get("/konto/").url.startswith("/konto/anmelden/")


def test_a_forgotten_password_is_a_way_in_whatever_strangers_did(eva):
    raten(eva, 100, netze=50)
    for nummer in range(30):
        assert Client(REMOTE_ADDR=f"10.2.{nummer}.1").post(VERGESSEN, {"email": eva.email}).status_code == 302
    browser = von_zu_hause()
    assert browser.post(VERGESSEN, {"email": eva.email}).status_code == 302
    mails = Mail.objects.filter(an=eva.email)
    assert mails.count() == 5  # nobody's box is filled, and each of these links works
    seite = next(wort for wort in mails.first().text.split() if "/konto/passwort/neu/" in wort)
    formular = browser.get(seite.removeprefix("https://portal.example"), follow=True)
    browser.post(formular.request["PATH_INFO"], {"password1": NEUES, "password2": NEUES})
    assert anmelden(browser, eva, NEUES).url == DRIN
    assert PASSWORT != NEUES
