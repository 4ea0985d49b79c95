"""„Wo Sie angemeldet sind“: one's own devices, and nobody else's."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.factories import PASSWORT, make_person

SEITE = "/konto/anmeldungen/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


def anmelden(person, user_agent=""):
    client = Client(headers={"User-Agent": user_agent})
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORT})
    return client


@pytest.fixture
def person(db):
    return make_person()


def test_the_page_names_the_devices_and_marks_this_one(person):
    hier = anmelden(person, FIREFOX)
    anmelden(person, IPHONE)
    text = hier.get(SEITE).text
    dieses, andere = text.split('<h2 id="andere">')
    assert "Firefox auf einem Linux-Computer" in dieses
    assert "Hier lesen Sie gerade." in dieses
    assert "Safari auf einem iPhone" in andere
    assert "Firefox" not in andere


def test_what_has_ended_is_not_listed(person):
    hier, weg, abgelaufen = anmelden(person), anmelden(person, IPHONE), anmelden(person, FIREFOX)
    weg.post("/konto/abmelden/")
    Session.objects.filter(pk=abgelaufen.session.session_key).update(expire_date=timezone.now() - timedelta(minutes=1))
    assert "Sie sind zurzeit nur hier angemeldet." in hier.get(SEITE).text


def test_one_is_ended_and_out_at_its_next_request(person):
    hier, dort = anmelden(person), anmelden(person, IPHONE)
    drittes = anmelden(person)
    zeile = UserSession.objects.get(session_key=dort.session.session_key)
    antwort = hier.post(f"{SEITE}{zeile.pk}/beenden/", follow=True)
    assert "Safari auf einem iPhone ist abgemeldet." in antwort.text
    assert dort.get("/konto/")["Location"] == "/konto/anmelden/?next=/konto/"
    assert drittes.get("/konto/").status_code == 200


def test_all_others_are_ended_at_once_and_strangers_are_not(person):
    hier, dort, drittes = (anmelden(person) for _ in range(3))
    fremd = anmelden(make_person())
    hier.post(f"{SEITE}andere-beenden/")
    assert [c.get("/konto/").status_code for c in (hier, dort, drittes, fremd)] == [200, 302, 302, 200]


def test_a_stranger_s_and_the_own_one_can_t_be_ended_by_number(person):
    hier, fremd = anmelden(person), anmelden(make_person())
    for client in (hier, fremd):
        zeile = UserSession.objects.get(session_key=client.session.session_key)
        assert hier.post(f"{SEITE}{zeile.pk}/beenden/").status_code == 404
        assert client.get("/konto/").status_code == 200


def test_a_link_alone_ends_nothing(person):
    hier = anmelden(person)
    zeile = UserSession.objects.get(session_key=anmelden(person).session.session_key)
    assert hier.get(f"{SEITE}{zeile.pk}/beenden/").url == SEITE
    assert hier.get(f"{SEITE}andere-beenden/").url == SEITE
    assert UserSession.objects.count() == 2


def test_the_page_asks_the_database_equally_often(person, django_assert_num_queries):
    hier = anmelden(person)
    for _ in range(3):
        hier.get("/konto/")
        with django_assert_num_queries(2 + 1 + 1):
            hier.get(SEITE)
        anmelden(person)
