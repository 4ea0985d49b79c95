from datetime import date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from schulerfolg.akte.models import Idempotenz
from schulerfolg.akte.services import forget_answers
from schulerfolg.konten.models import Eingabe
from tests.factories import make_person, make_registrierung


def test_the_daily_run_lets_go_what_is_due_and_nothing_twice(cast):
    make_registrierung(cast.schule, make_person(), bestaetigt_am=timezone.now() - timedelta(days=31))
    gesagt = []
    for _ in range(2):
        call_command("faelligkeiten", stdout=(ausgabe := StringIO()))
        gesagt.append(ausgabe.getvalue().splitlines()[0])
    assert gesagt == [f"{zahl} Anfragen nach Zugang verfallen oder vergessen" for zahl in (1, 0)]


@pytest.mark.parametrize(
    ("heute", "monate", "geblieben"),
    [
        ("2028-02-29", {}, "2027-02-28"),
        ("2028-01-15", {}, "2027-01-15"),
        ("2028-01-31", {"protokoll": 2}, "2027-11-30"),
    ],
)
def test_answered_forms_are_forgotten_after_their_period(db, settings, heute, monate, geblieben):
    settings.AUFBEWAHRUNG = monate
    erster = timezone.make_aware(datetime.fromisoformat(geblieben))
    for am in (erster, erster - timedelta(seconds=1)):
        zeile = Idempotenz.objects.create(person=1, schluessel=uuid4())
        Idempotenz.objects.filter(pk=zeile.pk).update(erstellt_am=am)
    assert forget_answers(date.fromisoformat(heute)) == 1
    assert Idempotenz.objects.get().erstellt_am == erster


def test_the_daily_run_forgets_sign_ins_that_are_over_and_words_kept_too_long(client, cast):
    jetzt = timezone.now()
    for wer, noch in ((cast.lehrkraft, timedelta(hours=1)), (cast.leitung, -timedelta(minutes=1))):
        Session.objects.create(session_key=f"s{wer.pk}", session_data="", expire_date=jetzt + noch)
        UserSession.objects.create(user=wer, session_key=f"s{wer.pk}", ip="127.0.0.1", user_agent="Firefox")
        eingabe = Eingabe.objects.create(person=wer, seite="/", ziel="/", felder={})
        Eingabe.objects.filter(pk=eingabe.pk).update(erstellt_am=jetzt - timedelta(hours=20) + noch)
    call_command("faelligkeiten", stdout=(ausgabe := StringIO()))
    assert "1 beendete Anmeldungen vergessen" in ausgabe.getvalue()
    assert [zeile.user for zeile in UserSession.objects.all()] == [cast.lehrkraft]
    assert Session.objects.count() == 1
    assert [eingabe.person for eingabe in Eingabe.objects.all()] == [cast.lehrkraft]
