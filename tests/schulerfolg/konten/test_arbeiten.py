"""The worker as it runs: through a database that falls, to a clean end; and killed in the middle of a job."""

import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from schulerfolg.akte.dauerlauf import Dauerlauf
from schulerfolg.akte.models import Lebenszeichen
from schulerfolg.konten.models import Mail
from tests.gleichzeitig import verbindung_kappen
from tests.schulerfolg.konten.test_services import make_mail

LAUF = """
import sys
from django import setup
from django.conf import settings
from django.core.management import call_command
settings.DATABASES["default"]["NAME"], settings.EMAIL_PORT = sys.argv[1], int(sys.argv[2])
settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
setup()
call_command("arbeiten", dauerhaft=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_round_that_loses_its_database_is_followed_by_the_next():
    kappen = verbindung_kappen()

    def runde(genug):
        vorher = Mail.objects.count()
        kappen()
        return vorher + Mail.objects.count()

    wer = Dauerlauf(runde, Lebenszeichen.Helfer.ARBEIT)
    assert wer.einmal() == 1
    assert not Lebenszeichen.objects.exists()
    assert wer.einmal() == 1
    assert Lebenszeichen.objects.get().helfer == "arbeit"


def test_a_round_that_fails_for_any_reason_is_no_end():
    wer = Dauerlauf(lambda genug: 1 // 0, Lebenszeichen.Helfer.ARBEIT)
    assert [wer.einmal() for _ in range(12)] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10]


@pytest.mark.django_db(transaction=True)
def test_asked_to_end_in_the_middle_of_a_mail_it_finishes_that_one_and_begins_no_other(postamt):
    for nummer in range(3):
        make_mail(nummer)
    befehl = [sys.executable, "-c", LAUF, connection.settings_dict["NAME"], str(postamt.port)]
    with subprocess.Popen(befehl, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) as lauf:
        postamt.danach = lambda: lauf.send_signal(signal.SIGTERM)
        assert lauf.communicate()[0] == "beendet\n"
    assert lauf.returncode == 0
    assert postamt.adressen == ["person0@schule.example"]
    assert Mail.objects.filter(versandt_am=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_a_mail_it_sends_it_again_under_the_same_id(postamt):
    make_mail()
    befehl = [sys.executable, "-c", LAUF, connection.settings_dict["NAME"], str(postamt.port)]
    for signalname in (signal.SIGKILL, signal.SIGTERM):
        with subprocess.Popen(befehl, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL) as lauf:
            postamt.danach = lambda lauf=lauf, name=signalname: lauf.send_signal(name)
        assert lauf.returncode == {signal.SIGKILL: -9, signal.SIGTERM: 0}[signalname]
    assert len({mail["Message-ID"] for _, mail in postamt.eingang}) == 1
    assert Mail.objects.get().versandt_am
