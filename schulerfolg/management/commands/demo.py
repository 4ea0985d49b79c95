"""The whole portal on one machine: database, demo world, worker and web server, in the foreground."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from schulerfolg.demo.konten import DEMO_KONTEN
from schulerfolg.konten.demo import PASSWORT, demo_code

VAR = settings.BASE_DIR / "var"
UNBENUTZT = [
    "fonts",
    "*.woff",
    "*italic*",
    "*cyrillic*",
    "*greek*",
    "*vietnamese*",
    "*-100-*",
    "*-200-*",
    "*-800-*",
    "*-900-*",
]


class Command(BaseCommand):
    help = "Startet die Demo; bitte über ./portal demo [PORT]."

    def add_arguments(self, parser):
        parser.add_argument("port", type=int)

    def handle(self, *, port, **options):
        if not settings.DEMO:
            raise CommandError("Die Demo startet mit ./portal demo.")
        if _besetzt(port):
            raise CommandError(f"Port {port} ist schon vergeben. Nehmen Sie einen anderen: ./portal demo {port + 1}")
        self.say("Datenbank")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNBENUTZT)
        self.demowelt()
        kinder = [self.start("manage.py", "arbeiten", "--dauerhaft"), self.start(*_web(port))]
        (VAR / "demo.pid").write_text(str(os.getpid()))
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.default_int_handler)
        try:
            self.wait_until_it_serves(port, kinder[1])
            self.welcome(port)
            while all(kind.poll() is None for kind in kinder):
                time.sleep(0.5)
        except KeyboardInterrupt:
            self.stdout.write("\nDie Demo ist beendet. Ihre Daten bleiben für den nächsten Start.")
        finally:
            for kind in kinder:
                kind.terminate()
            for kind in kinder:
                kind.wait(timeout=20)
            (VAR / "demo.pid").unlink(missing_ok=True)

    def say(self, text):
        self.stdout.write(f"→ {text}")
        self.stdout.flush()

    def demowelt(self):
        """Load the demo world, unless this version of it is there already."""
        stand = VAR / "demo.stand"
        version = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_quellen()))).hexdigest()
        if not stand.exists() or stand.read_text() != version:
            self.say("Demo-Welt")
            call_command("demodaten", seed=1, antraege=200, verbosity=0)
            stand.write_text(version)

    def start(self, *args):
        return subprocess.Popen([sys.executable, *args], cwd=settings.BASE_DIR, start_new_session=True)

    def wait_until_it_serves(self, port, web):
        for _ in range(150):
            if web.poll() is not None:
                raise CommandError("Der Webserver ist nicht gestartet; die Meldung steht darüber.")
            try:
                urlopen(f"http://127.0.0.1:{port}/gesund/", timeout=2).close()
            except (URLError, TimeoutError, ConnectionError):
                time.sleep(0.2)
            else:
                return
        raise CommandError("Der Webserver antwortet nicht.")

    def welcome(self, port):
        breite = max(len(email) for email, _ in DEMO_KONTEN)
        konten = "\n".join(f"  {email:<{breite}}  {wer}" for email, wer in DEMO_KONTEN)
        self.stdout.write(f"""
bereit: http://localhost:{port}

Anmelden mit dem Passwort {PASSWORT} als
{konten}

Wo ein zweiter Faktor gefragt ist, gilt gerade der Code {demo_code()}; den jeweils aktuellen zeigt die Anmeldeseite.
Mails, die das Portal versendet, stehen unter http://localhost:{port}/demo/postausgang/

Zum Ausprobieren: Suchen Sie auf der Startseite „Halberstadt“. Melden Sie sich dann als Leitung der Netzwerkstelle Harz
an, laden Sie eine Kollegin ein und nehmen Sie die Einladung im Postausgang an.

Beenden mit Strg-C oder ./portal stop
""")
        self.stdout.flush()


def _besetzt(port) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _web(port):
    return [
        *("-m", "gunicorn", "schulerfolg.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def _quellen() -> list[Path]:
    return [
        path
        for pattern in ("*/demo/*.py", "*/stammdaten/*", "*/migrations/*.py", "schulerfolg/*/migrations/*.py")
        for path in settings.BASE_DIR.glob(pattern)
        if path.is_file() and "node_modules" not in path.parts
    ]
