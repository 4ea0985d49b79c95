"""The twelve rules for accounts (G19), each by its number: 1 to 5; the others in `test_zwoelf_regeln_ab_6.py`."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from netzwerkstellen.models import Einladung, Mitarbeit
from schulerfolg.konten.adapter import KontenAdapter
from schulerfolg.konten.models import Mail
from tests.factories import (
    PASSWORT,
    eben_angemeldet,
    make_person,
)

ANMELDEN, VERGESSEN = "/konto/anmelden/", "/konto/passwort/vergessen/"
NEUES = "Regen am Brocken 7"
ZU_OFT = "Das waren zu viele Versuche in kurzer Zeit. Bitte versuchen Sie es in fünf Minuten noch einmal."


def anmelden(client, person, passwort=PASSWORT, **mehr):
    return client.post(ANMELDEN, {"login": person.email, "password": passwort} | mehr)


def ohne_zufall(text, *adressen):
    """The page without its token and without the address that was typed."""
    text = re.sub(r'name="(csrfmiddlewaretoken|wessen|version)" value="[^"]*"|data-(bis|jetzt)="\d+"', "", text)
    for adresse in adressen:
        text = text.replace(adresse, "…")
    return text


class Arbeit(NamedTuple):
    """What makes an answer late: hashes, mails sent at once, queries. In seconds: `python -m tests.bench.anmeldung`."""

    hashes: int
    mails: int
    abfragen: int


def arbeit(frage) -> Arbeit:
    cache.clear()
    gerechnet, versandt = [], len(mail.outbox)
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as abfragen:
        for hasher in (MD5PasswordHasher, PBKDF2PasswordHasher):
            rechnen = hasher.encode
            patch.setattr(hasher, "encode", lambda *args, rechnen=rechnen: gerechnet.append(1) or rechnen(*args))
        frage()
    return Arbeit(len(gerechnet), len(mail.outbox) - versandt, len(abfragen))


def gleich_schnell(*fragen) -> bool:
    """The same work, but for a few rows: those are lost in the noise of any network."""
    arbeiten = [arbeit(frage) for frage in fragen]
    abfragen = [eine.abfragen for eine in arbeiten]
    return len({eine[:2] for eine in arbeiten}) == 1 and max(abfragen) - min(abfragen) <= 3


# --- 1: nobody learns who has an account


@pytest.mark.django_db
def test_1_sign_in_answers_alike_and_as_fast():
    make_person(email="eva@schule.example")
    make_person(email="zu@schule.example", is_active=False)
    client = Client()

    def fragen(adresse):
        return lambda: client.post(ANMELDEN, {"login": adresse, "password": "falsch-falsch"})

    alle = [fragen(f"{wer}@schule.example") for wer in ("eva", "zu", "niemand")]
    antworten = [frage() for frage in alle]
    assert {antwort.status_code for antwort in antworten} == {200}
    assert len({ohne_zufall(a.text, "eva@", "zu@", "niemand@") for a in antworten}) == 1
    assert gleich_schnell(*alle)


@pytest.mark.django_db
def test_1_a_sign_in_computes_one_hash_whoever_is_asked_for():
    make_person(email="eva@schule.example")
    make_person(email="zu@schule.example", is_active=False)
    for wer in ("eva", "zu", "niemand"):
        daten = {"login": f"{wer}@schule.example", "password": "falsch-falsch"}
        assert arbeit(lambda daten=daten: Client().post(ANMELDEN, daten)).hashes == 1


@pytest.mark.django_db
def test_1_a_forgotten_password_answers_alike_and_as_fast():
    make_person(email="eva@schule.example")
    client = Client()
    alle = [lambda wer=wer: client.post(VERGESSEN, {"email": f"{wer}@schule.example"}) for wer in ("eva", "niemand")]
    assert len({(a.status_code, a["Location"], a.content) for a in (frage() for frage in alle)}) == 1
    assert gleich_schnell(*alle)


class SofortAdapter(KontenAdapter):
    """Sends in the request, however long the mail server takes."""

    def send_mail(self, template_prefix, email, context):
        mail.EmailMessage("Betreff", "Text", to=[email]).send()


@pytest.mark.django_db
def test_1_counter_test_a_mail_sent_at_once_would_tell_who_has_an_account(settings):
    settings.ACCOUNT_ADAPTER = f"{__name__}.SofortAdapter"
    settings.ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
    make_person(email="eva@schule.example")
    client = Client()
    alle = [lambda wer=wer: client.post(VERGESSEN, {"email": f"{wer}@schule.example"}) for wer in ("eva", "niemand")]
    assert [arbeit(frage).mails for frage in alle] == [1, 0]
    assert not gleich_schnell(*alle)


@pytest.mark.django_db
def test_1_a_new_address_answers_alike_and_as_fast(client):
    make_person(email="eva@schule.example")
    client.force_login(person := make_person())

    def fragen(wer):
        def frage():
            session = client.session
            session.update(eben_angemeldet(person))
            session.save()
            daten = {"email": f"{wer}@schule.example", "action_add": ""}
            return client.post("/konto/adresse/", daten, follow=True)

        return frage

    alle = [fragen("eva"), fragen("niemand")]
    texte = {ohne_zufall(frage().text, "eva@schule.example", "niemand@schule.example") for frage in alle}
    assert len(texte) == 1
    assert gleich_schnell(*alle)


@pytest.mark.django_db
def test_1_an_invitation_answers_alike_and_as_fast(cast, als):
    make_person(email="eva@schule.example", password=None)
    client = als(cast.leitung)
    pfad = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/einladen/"

    def fragen(wer):
        def frage():
            Einladung.objects.all().delete()
            daten = {"vorname": "A", "nachname": "B", "email": f"{wer}@schule.example", "rolle": "sachbearbeitung"}
            return client.post(pfad, daten)

        return frage

    alle = [fragen("eva"), fragen("niemand")]
    assert len({(a.status_code, a["Location"], a.content) for a in (frage() for frage in alle)}) == 1
    assert gleich_schnell(*alle)


# --- 2: throttled per account and per address


@pytest.mark.django_db
@pytest.mark.parametrize("schreibweise", ["EVA@Schule.example", " eva@schule.example ", "\teva@SCHULE.EXAMPLE"])
def test_2_capitals_and_spaces_do_not_begin_anew(schreibweise):
    make_person(email="eva@schule.example")
    for _ in range(10):
        Client().post(ANMELDEN, {"login": "eva@schule.example", "password": "falsch"})
    assert ZU_OFT in Client().post(ANMELDEN, {"login": schreibweise, "password": "falsch"}).text
    assert ZU_OFT not in Client().post(ANMELDEN, {"login": "ida@schule.example", "password": "falsch"}).text


@pytest.mark.django_db
def test_2_the_right_password_of_a_closed_account_counts_like_a_wrong_one():
    zu, eva = make_person(email="zu@schule.example", is_active=False), make_person(email="eva@schule.example")
    richtig = [ohne_zufall(anmelden(Client(), zu).text, zu.email) for _ in range(12)]
    falsch = [ohne_zufall(anmelden(Client(), eva, "falsch").text, eva.email) for _ in range(12)]
    assert [ZU_OFT in text for text in richtig] == [False] * 10 + [True] * 2
    assert richtig == falsch


@pytest.mark.django_db
def test_2_one_address_that_tries_many_accounts_is_stopped_and_others_are_not(settings):
    grenzen = settings.ACCOUNT_RATE_LIMITS["login_failed"]
    assert "300/m/ip" in grenzen
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "login_failed": grenzen.replace("300/m/ip", "5/m/ip")
    }
    for nummer in range(5):
        Client().post(ANMELDEN, {"login": f"n{nummer}@schule.example", "password": "falsch"})
    person = make_person()
    assert ZU_OFT in anmelden(Client(), person).text
    antwort = Client(REMOTE_ADDR="10.9.9.9").post(ANMELDEN, {"login": person.email, "password": PASSWORT})
    assert antwort["Location"] == "/uebersicht/"


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["testserver:82", "TESTSERVER", "testserver.", "localhost"])
def test_2_a_host_written_differently_does_not_count_anew(host):
    person = make_person()
    for _ in range(10):
        anmelden(Client(), person, "falsch")
    assert ZU_OFT in anmelden(Client(headers={"host": host}), person).text


# --- 3: the session and its key


@pytest.mark.django_db
def test_3_the_key_changes_at_the_sign_in_and_dies_at_the_sign_out(client):
    session = client.session
    session["vorher"] = 1
    session.save()
    client.cookies["sitzung"] = untergeschoben = session.session_key
    anmelden(client, make_person())
    benutzt = client.session.session_key
    dieb = Client()
    dieb.cookies["sitzung"] = untergeschoben
    assert dieb.get("/konto/").status_code == 302
    client.post("/konto/abmelden/")
    for schluessel in (untergeschoben, benutzt):
        dieb = Client()
        dieb.cookies["sitzung"] = schluessel
        assert dieb.get("/konto/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("wie", ["geändert", "vergessen"])
def test_3_a_new_password_ends_every_other_sign_in(wie):
    person = make_person()
    hier, dort = Client(), Client()
    for client in (hier, dort):
        anmelden(client, person)
    vorher, anderswo = hier.session.session_key, dort.session.session_key
    if wie == "geändert":
        hier.post("/konto/passwort/aendern/", {"oldpassword": PASSWORT, "password1": NEUES, "password2": NEUES})
        assert hier.get("/konto/").status_code == 200
        assert hier.session.session_key != vorher
    else:
        neu_setzen(Client(), person)
        assert hier.get("/konto/").status_code == 302
    assert not Session.objects.filter(session_key=anderswo).exists()
    assert dort.get("/konto/").status_code == 302
    assert "zurzeit nur hier" in hier.get("/konto/anmeldungen/").text or wie == "vergessen"


@pytest.mark.django_db
def test_3_a_closed_account_is_out_at_its_next_request(client):
    person = make_person()
    anmelden(client, person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/konto/")["Location"] == "/konto/anmelden/?next=/konto/"


# --- 4: a role that ends


@pytest.mark.django_db
def test_4_a_role_that_is_taken_away_acts_on_the_next_request(cast, als):
    client, seite = als(cast.sachbearbeitung), f"/netzwerkstellen/{cast.harz.slug}/verwaltung/"
    assert client.get(seite).status_code == 200
    gestern = timezone.localdate() - timedelta(days=1)
    Mitarbeit.objects.filter(person=cast.sachbearbeitung).update(bis=gestern)
    assert client.get(seite).status_code == 404


# --- 5: the link for a new password


def link(person):
    """The newest link that was sent to this person."""
    text = Mail.objects.filter(an=person.email, text__contains="/passwort/neu/").first().text
    return re.search(r"https://portal\.example(/konto/passwort/neu/\S+)", text)[1]


def neu_setzen(client, person):
    client.post(VERGESSEN, {"email": person.email})
    return oeffnen(client, link(person))


def oeffnen(client, pfad):
    formular = client.get(pfad).get("Location", pfad)
    return client.post(formular, {"password1": NEUES, "password2": NEUES})


@pytest.mark.django_db
@pytest.mark.parametrize("danach", ["nichts", "benutzt", "Passwort geändert", "Adresse geändert", "drei Tage"])
def test_5_the_link_counts_once_and_dies_with_what_it_was_made_for(monkeypatch, danach):
    person = make_person()
    Client().post(VERGESSEN, {"email": person.email})
    pfad = link(person)
    if danach == "benutzt":
        oeffnen(Client(), pfad)
    elif danach == "Passwort geändert":
        person.set_password("ganz-anders-2026-ja")
        person.save()
    elif danach == "Adresse geändert":
        person.email = "woanders@schule.example"
        person.save()
        EmailAddress.objects.update(email=person.email)
    elif danach == "drei Tage":
        spaeter = datetime.now() + timedelta(days=3, seconds=1)
        monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: spaeter)
    antwort = oeffnen(Client(), pfad)
    assert (antwort.get("Location") == "/konto/passwort/neu/fertig/") == (danach == "nichts")
    assert ("Dieser Link gilt nicht mehr" in antwort.text) == (danach != "nichts")
