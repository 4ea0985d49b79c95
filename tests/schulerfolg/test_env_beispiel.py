"""The example of the environment starts the portal; what is wrong in it is said in a sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

FRAGE = "from schulerfolg import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.PRODUCTION)"


def gestartet(frage=FRAGE, **mehr):
    zeilen = (settings.BASE_DIR / ".env.beispiel").read_text().splitlines()
    paare = (zeile.split("=", 1) for zeile in zeilen if "=" in zeile and not zeile.startswith("#"))
    umgebung = {name: wert.strip('"') for name, wert in paare} | {"SECRET_KEY": "x" * 60} | mehr
    ruhig = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    lauf, umgebung = [sys.executable, "-c", frage], {n: w for n, w in umgebung.items() if w is not None}
    return subprocess.run(lauf, cwd=settings.BASE_DIR, env=ruhig | umgebung, capture_output=True, text=True)


def test_the_example_starts_with_its_mail_server():
    antwort = gestartet()
    assert (antwort.stdout.strip(), antwort.returncode) == ("mail.example 587 True True", 0), antwort.stderr[-800:]


@pytest.mark.parametrize("url", ["smtp+tls://portal@mail.example:587", "mail.example"])
def test_a_mail_server_that_is_no_address_is_said(url):
    antwort = gestartet(EMAIL_URL=url)
    assert "EMAIL_URL bitte so: submission://name:passwort@mail.example:587" in antwort.stderr.splitlines()[-1]


def test_at_the_desk_mails_stand_in_the_console():
    frage = "from schulerfolg import settings as s; print(s.EMAIL_BACKEND)"
    antwort = gestartet(frage, DEBUG="1", EMAIL_URL=None)
    assert antwort.stdout.strip() == "django.core.mail.backends.console.EmailBackend"
