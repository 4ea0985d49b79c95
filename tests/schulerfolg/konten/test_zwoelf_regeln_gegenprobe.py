"""The twelve rules for accounts (G19), each without what protects it: then the attack succeeds."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.models import Login
from allauth.account.stages import LoginStageController as Stufen
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from netzwerkstellen.models import Mitarbeit, Netzwerkstelle, Stellenereignis
from netzwerkstellen.stelle import permissions
from netzwerkstellen.stelle.queries import NetzwerkstelleQuerySet
from schulerfolg.konten.adapter import KontenAdapter
from schulerfolg.konten.anmeldung.frist import ANGEMELDET_SEIT, SessionStore
from schulerfolg.konten.demo import GEHEIMNIS, demo_code
from schulerfolg.konten.models import Mail, Person
from schulerfolg.konten.permissions import Rolle
from tests.factories import PASSWORT, make_landesrolle, make_person
from tests.schulerfolg.konten import test_zwoelf_regeln as regeln
from tests.schulerfolg.konten.test_zwoelf_regeln import ANMELDEN, NEUES, VERGESSEN, anmelden, arbeit, link, oeffnen

KONTO = "/konto/"
FERTIG = "/konto/passwort/neu/fertig/"
AUSSEN = "https://evil.example/"
pytestmark = pytest.mark.django_db


def dieb(schluessel):
    """Somebody else's browser with this key of a session."""
    client = Client()
    client.cookies["sitzung"] = schluessel
    return client


def test_1_without_a_hash_for_nobody_an_unknown_address_is_answered_sooner(monkeypatch):
    monkeypatch.setattr(AuthenticationBackend, "_mitigate_timing_attack", lambda self, password: None)
    make_person(email="eva@schule.example")
    daten = [{"login": f"{wer}@schule.example", "password": "falsch-falsch"} for wer in ("eva", "niemand")]
    assert [arbeit(lambda wer=wer: Client().post(ANMELDEN, wer)).hashes for wer in daten] == [1, 0]


def test_2_without_a_limit_somebody_guesses_until_it_is_right(client, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    person = make_person()
    for _ in range(11):
        assert "passen nicht zusammen" in anmelden(client, person, "falsch").text
    assert anmelden(client, person)["Location"] == "/uebersicht/"


def test_3_without_a_new_key_a_planted_one_is_signed_in(client, monkeypatch):
    monkeypatch.setattr(SessionStore, "cycle_key", lambda self: None)
    session = client.session
    session["vorher"] = 1
    session.save()
    client.cookies["sitzung"] = session.session_key
    anmelden(client, make_person())
    assert dieb(session.session_key).get(KONTO).status_code == 200


def test_3_without_its_deletion_a_key_outlives_the_sign_out(client, monkeypatch):
    monkeypatch.setattr(SessionStore, "delete", lambda self, session_key=None: None)
    anmelden(client, make_person())
    benutzt = client.session.session_key
    client.post("/konto/abmelden/")
    assert dieb(benutzt).get(KONTO).status_code == 200


@pytest.mark.parametrize("mit_pruefwert", [True, False])
def test_3_without_both_layers_another_sign_in_outlives_a_new_password(monkeypatch, mit_pruefwert):
    """Ours deletes the other sessions; Django's hash of the password refuses them by itself. Only both off harm."""
    monkeypatch.setattr("schulerfolg.konten.adapter.anmeldungen_beenden", lambda person, **mehr: None)
    if not mit_pruefwert:
        monkeypatch.setattr(Person, "get_session_auth_hash", lambda self: "immer gleich")
    person = make_person()
    hier, dort = Client(), Client()
    for client in (hier, dort):
        anmelden(client, person)
    hier.post("/konto/passwort/aendern/", {"oldpassword": PASSWORT, "password1": NEUES, "password2": NEUES})
    assert Session.objects.filter(pk=dort.session.session_key).exists()
    assert dort.get(KONTO).status_code == (302 if mit_pruefwert else 200)


def test_3_without_a_look_at_the_account_a_closed_one_goes_on(client, monkeypatch):
    monkeypatch.setattr(AuthenticationBackend, "user_can_authenticate", lambda self, user: True)
    anmelden(client, make_person())
    Person.objects.update(is_active=False)
    assert client.get(KONTO).status_code == 200


def test_4_without_a_fresh_look_a_role_that_was_taken_away_still_opens_the_page(cast, als, monkeypatch):
    gemerkt, sichtbar, rollen = {}, NetzwerkstelleQuerySet.managed_by, permissions.rollen

    def managed_by(self, person):
        stellen = gemerkt.setdefault(person.pk, list(sichtbar(self, person).values_list("pk", flat=True)))
        return self.filter(pk__in=stellen)

    monkeypatch.setattr(NetzwerkstelleQuerySet, "managed_by", managed_by)
    monkeypatch.setattr(permissions, "rollen", lambda wer, wo: gemerkt.setdefault((wer, wo), rollen(wer, wo)))
    client, seite = als(cast.sachbearbeitung), f"/netzwerkstellen/{cast.harz.slug}/verwaltung/"
    client.get(seite)
    Mitarbeit.objects.filter(person=cast.sachbearbeitung).update(bis=timezone.localdate() - timedelta(days=1))
    assert client.get(seite).status_code == 200


def test_5_without_the_password_in_it_a_used_link_works_twice(monkeypatch):
    monkeypatch.setattr(EmailAwarePasswordResetTokenGenerator, "_make_hash_value", lambda self, user, zeit: "gleich")
    person = make_person()
    Client().post(VERGESSEN, {"email": person.email})
    for _ in range(2):
        assert oeffnen(Client(), link(person))["Location"] == FERTIG


def test_5_without_an_end_a_link_of_four_days_sets_a_password(settings, monkeypatch):
    person = make_person()
    Client().post(VERGESSEN, {"email": person.email})
    spaeter = EmailAwarePasswordResetTokenGenerator()._now() + timedelta(days=4)
    monkeypatch.setattr(EmailAwarePasswordResetTokenGenerator, "_now", lambda self: spaeter)
    assert "Dieser Link gilt nicht mehr" in oeffnen(Client(), link(person)).text
    settings.PASSWORD_RESET_TIMEOUT = 10**9
    assert oeffnen(Client(), link(person))["Location"] == FERTIG


def test_6_without_the_address_of_the_settings_a_forged_host_gets_into_the_mail(client, settings, monkeypatch):
    """Two layers: the list of hosts refuses it, and the link would not carry it."""
    person = make_person()
    settings.ALLOWED_HOSTS = ["*"]
    client.post(VERGESSEN, {"email": person.email}, HTTP_HOST="evil.example")
    assert "evil.example" not in Mail.objects.get().text
    monkeypatch.setattr("schulerfolg.konten.adapter.portal_url", lambda url: url)
    client.post(VERGESSEN, {"email": person.email}, HTTP_HOST="evil.example")
    assert "http://evil.example/konto/passwort/neu/" in Mail.objects.first().text


def test_7_without_the_check_every_way_on_leads_outside(client, monkeypatch):
    monkeypatch.setattr(KontenAdapter, "is_safe_url", lambda self, url: True)
    monkeypatch.setattr("schulerfolg.konten.anmeldung.views.url_has_allowed_host_and_scheme", lambda url, hosts: True)
    assert anmelden(client, make_person(), next=AUSSEN)["Location"] == AUSSEN
    assert client.get(f"{ANMELDEN}?next={AUSSEN}")["Location"] == AUSSEN
    for was in ("erneut-anmelden", "eingaben/verwerfen", "abmelden"):
        felder = {"password": PASSWORT, "next": AUSSEN, "seite": AUSSEN}
        assert client.post(f"/konto/{was}/", felder)["Location"] == AUSSEN


def test_8_without_its_middleware_a_page_of_the_office_opens_with_the_password_alone(client, cast, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "schulerfolg.dach.middleware.zweiter_faktor"]
    anmelden(client, cast.leitung)
    assert client.get(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/").status_code == 200


def test_8_without_asking_this_sign_in_it_borrows_the_factor_of_another_one(client, monkeypatch):
    monkeypatch.setattr("schulerfolg.dach.middleware._fehlt", lambda request: not is_mfa_enabled(request.user))
    person = make_person()
    anmelden(client, person)
    TOTP.activate(person, GEHEIMNIS)
    make_landesrolle(Rolle.KOORDINATION, person=person)
    assert client.get("/uebersicht/").status_code == 200


@pytest.fixture
def blick(als, cast):
    """The coordination office looks as the Leitung of Harz."""
    Netzwerkstelle.objects.update(teilt_inhalte=True)
    client = als(cast.koordination)
    client.post(f"/personen/{cast.leitung.pk}/ansehen/", {"begruendung": "Sie findet den Antrag nicht."})
    return client


def test_9_without_reading_only_somebody_writes_as_another_person(blick, cast, monkeypatch):
    monkeypatch.setattr("schulerfolg.dach.middleware.LESEND", ("GET", "HEAD", "POST"))
    blick.post(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/ansprechpersonen/neu/", {"name": "Vera Kern"})
    assert Stellenereignis.objects.get(ansprechperson__name="Vera Kern").durch == cast.leitung


def test_9_without_the_list_of_closed_pages_a_foreign_account_opens(blick, cast, monkeypatch):
    monkeypatch.setattr("schulerfolg.dach.middleware.nur_selbst", lambda request: False)
    assert cast.leitung.email in blick.get(KONTO).text


@pytest.mark.parametrize(
    ("ohne", "passwort"),
    [
        ("UserAttributeSimilarityValidator", "kim.beispiel12"),
        ("MinimumLengthValidator", "Elf-Zeichen"),
        ("CommonPasswordValidator", "1q2w3e4r5t6y"),
        ("NumericPasswordValidator", "739104862057"),
        ("NaheliegendesPasswort", "Passwort2026!"),
    ],
)
def test_10_without_one_of_the_checks_a_weak_password_is_taken(settings, monkeypatch, ohne, passwort):
    person = make_person(email="kim.beispiel@schule.example")
    Client().post(VERGESSEN, {"email": person.email})
    settings.AUTH_PASSWORD_VALIDATORS = [p for p in settings.AUTH_PASSWORD_VALIDATORS if ohne not in p["NAME"]]
    monkeypatch.setattr(regeln, "NEUES", passwort)
    oeffnen(Client(), link(person))
    person.refresh_from_db()
    assert person.check_password(passwort)


def test_11_without_the_stage_behind_the_password_six_digits_sign_in(client, monkeypatch, ruhiges_zeitfenster):
    TOTP.activate(person := make_person(), GEHEIMNIS)
    monkeypatch.setattr(Stufen, "enter", lambda request, name: Stufen(request, Login(user=person)).get_stage(name))
    client.post("/konto/zweiter-faktor/eingeben/", {"code": demo_code()})
    assert client.get(KONTO).status_code == 200


def test_11_without_a_long_link_an_invitation_is_found_by_counting(cast, als, monkeypatch):
    monkeypatch.setattr("netzwerkstellen.einladung.services.secrets", SimpleNamespace(token_urlsafe=lambda laenge: "7"))
    daten = {"vorname": "A", "nachname": "B", "email": "neu@stelle.example", "rolle": "sachbearbeitung"}
    als(cast.leitung).post(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/einladen/", daten)
    konto = {"vorname": "Fremd", "nachname": "Fremd", "passwort": NEUES, "passwort_noch_einmal": NEUES}
    for nummer in range(10):
        Client().post(f"/einladung/{nummer}/", konto)
    assert cast.harz.mitarbeiten.filter(person__nachname="Fremd", rolle=Rolle.SACHBEARBEITUNG).exists()


def angemeldet_vor(client, sekunden):
    """A busy person who signed in so long ago."""
    anmelden(client, make_person())
    session = client.session
    session[ANGEMELDET_SEIT] -= sekunden
    session.save()
    return client


def test_12_without_the_longest_time_a_sign_in_of_thirteen_hours_lives(client, settings):
    settings.ANMELDUNG_HOECHSTENS = 10**9
    assert angemeldet_vor(client, 13 * 3600).get(KONTO).status_code == 200


@pytest.mark.parametrize(("hoechstens", "sekunden"), [(12 * 3600, range(1, 61)), (10**9, range(7190, 7201))])
def test_12_in_the_last_minute_of_twelve_hours_nothing_makes_it_longer(client, settings, hoechstens, sekunden):
    """Neither a page nor „Angemeldet bleiben“; without the longest time both would."""
    settings.ANMELDUNG_HOECHSTENS = hoechstens
    angemeldet_vor(client, 12 * 3600 - 60)
    bis, jetzt = re.search(r'data-bis="(\d+)" data-jetzt="(\d+)"', client.get("/konto/profil/").text).groups()
    assert int(bis) - int(jetzt) in sekunden
    assert client.post("/konto/anmeldungen/laenger/").json()["sekunden"] in sekunden
    assert int(client.get(KONTO)["X-Session-Expires-In"]) in sekunden
