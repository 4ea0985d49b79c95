"""Two hours without a request, twelve at most; extended by any request, written every five minutes."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from schulerfolg.konten.anmeldung.frist import ANGEMELDET_SEIT
from tests.factories import PASSWORT, make_person

PROFIL = "/konto/profil/"
STUNDE = 3600


@pytest.fixture
def angemeldet(client, db):
    person = make_person()
    client.post("/konto/anmelden/", {"login": person.email, "password": PASSWORT})
    client.get("/konto/")  # the greeting is read
    return client


def noch(client, **zeit):
    """Let the row of the session end in so much time."""
    Session.objects.filter(pk=client.session.session_key).update(expire_date=timezone.now() + timedelta(**zeit))


def laeuft_ab(client):
    return Session.objects.get(pk=client.session.session_key).expire_date - timezone.now()


def test_the_answer_says_how_many_seconds_are_left(angemeldet):
    assert 2 * STUNDE - 60 < int(angemeldet.get(PROFIL)["X-Session-Expires-In"]) <= 2 * STUNDE


def test_a_visitor_has_nothing_that_ends(client, db):
    antwort = client.get("/")
    assert "X-Session-Expires-In" not in antwort
    assert "ablauf" not in antwort.text


def test_after_two_hours_without_a_request_nobody_is_there(angemeldet):
    noch(angemeldet, seconds=-1)
    antwort = angemeldet.get(PROFIL, follow=True)
    assert antwort.redirect_chain == [(f"/konto/anmelden/?next={PROFIL}", 302)]
    assert "Ihre Anmeldung ist abgelaufen. Bitte melden Sie sich noch einmal an." in antwort.text


def test_any_request_extends_it(angemeldet):
    noch(angemeldet, minutes=3)
    antwort = angemeldet.get(PROFIL)
    assert laeuft_ab(angemeldet) > timedelta(minutes=119)
    assert int(antwort["X-Session-Expires-In"]) > 2 * STUNDE - 60
    assert UserSession.objects.get().last_seen_at > timezone.now() - timedelta(minutes=1)


def test_within_five_minutes_nothing_is_written(angemeldet, django_assert_num_queries):
    noch(angemeldet, minutes=116)
    with django_assert_num_queries(2 + 1):  # session and person, and the hats of the frame
        antwort = angemeldet.get(PROFIL)
    assert laeuft_ab(angemeldet) < timedelta(minutes=116)
    assert int(antwort["X-Session-Expires-In"]) <= 116 * 60


def test_after_twelve_hours_the_busiest_signs_in_again(angemeldet):
    session = angemeldet.session
    session[ANGEMELDET_SEIT] -= 12 * STUNDE - 90
    session.save()
    assert int(angemeldet.get(PROFIL)["X-Session-Expires-In"]) <= 90
    session[ANGEMELDET_SEIT] -= 91
    session.save()
    assert angemeldet.get(PROFIL)["Location"] == f"/konto/anmelden/?next={PROFIL}"
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_staying_signed_in_takes_a_press_and_tells_the_seconds(angemeldet):
    noch(angemeldet, minutes=1)
    assert angemeldet.get("/konto/anmeldungen/laenger/").status_code == 405
    antwort = angemeldet.post("/konto/anmeldungen/laenger/")
    assert antwort.json()["sekunden"] in (2 * STUNDE - 1, 2 * STUNDE)


def test_staying_is_no_way_back_in(angemeldet):
    noch(angemeldet, seconds=-1)
    assert angemeldet.post("/konto/anmeldungen/laenger/").status_code == 302
    assert "_auth_user_id" not in angemeldet.session


def test_without_javascript_the_form_says_until_when(angemeldet):
    bis = timezone.localtime() + timedelta(hours=2)
    text = angemeldet.get(PROFIL).text
    assert any(
        f"<noscript>{anfang} {zeit:%H:%M} Uhr; jedes Speichern verlängert sie.</p></noscript>" in text
        for anfang in ['<p class="leise klein anmeldung-bis">Ihre Anmeldung läuft bis']
        for zeit in (bis, bis - timedelta(minutes=1))
    )


def test_in_the_last_hours_of_the_day_the_page_says_that_nothing_makes_it_longer(angemeldet):
    assert "data-endgueltig" not in angemeldet.get(PROFIL).text
    session = angemeldet.session
    session[ANGEMELDET_SEIT] = time.time() - 11 * STUNDE
    session.save()
    ende = timezone.localtime() + timedelta(hours=1)
    text = angemeldet.get(PROFIL).text
    assert "data-endgueltig" in text
    assert "Nach zwölf Stunden endet jede Anmeldung." in text
    assert "jedes Speichern verlängert sie" not in text
    assert any(
        f"Ihre Anmeldung läuft bis {zeit:%H:%M} Uhr; länger als zwölf Stunden dauert keine Anmeldung." in text
        for zeit in (ende, ende - timedelta(minutes=1))
    )
