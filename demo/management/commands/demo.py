"""The whole portal on one machine: database, demo world, worker and web server, in the foreground."""

import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from demo.konten import DEMO_KONTEN
from schulerfolg import devdb
from schulerfolg.akte.models import Lebenszeichen
from schulerfolg.konten.demo import PASSWORT, demo_code

VAR = settings.BASE_DIR / "var"
ENDE = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Startet die Demo; bitte über ./portal demo [PORT]."

    def add_arguments(self, parser):
        parser.add_argument("port", type=int)
        parser.add_argument("--antraege", type=int, default=200, help="wie viele Anträge die Demo-Welt hat")

    def handle(self, *, port, antraege, **options):
        if not settings.DEMO:
            raise CommandError("Die Demo startet mit ./portal demo.")
        for name in ENDE:
            signal.signal(name, signal.default_int_handler)
        try:
            with ExitStack() as danach:
                self.run(port, antraege, danach)
        except KeyboardInterrupt:
            self.say("Die Demo ist beendet. Ihre Daten bleiben für den nächsten Start.")
        except CommandError as error:
            sys.exit(f"→ {error}")

    def run(self, port, antraege, danach):
        """Set up, serve and look after it; `danach` takes back what was started, however this ends."""
        notiz = _einzige(port, danach)
        if not devdb.is_up(settings.BASE_DIR):
            danach.callback(devdb.stop, settings.BASE_DIR)
        danach.callback(_ungestoert)
        self.say("Datenbank")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.demowelt(antraege)
        teile = [
            Teil("Die Arbeit im Hintergrund", ["manage.py", "arbeiten", "--dauerhaft"], notiz),
            Teil("Der Webserver", _web(port), notiz),
        ]
        for teil in teile:
            danach.callback(teil.beenden)
            teil.starten()
        danach.callback(_ungestoert)
        self.wait_until_it_serves(port, teile[1].kind)
        self.welcome(port)
        self.daily()
        while True:
            for teil in teile:
                if teil.kind.poll() is not None:
                    teil.wieder_starten()
                    self.say(f"{teil.name} war ausgefallen und läuft wieder.")
            time.sleep(0.5)

    def daily(self):
        """What two timers do in production, unless it was done today: the daily run and a back-up."""
        heute = timezone.now() - timedelta(hours=24)
        if Lebenszeichen.objects.filter(helfer=Lebenszeichen.Helfer.SICHERUNG, am__gt=heute).exists():
            return
        try:
            call_command("faelligkeiten", stdout=StringIO())
            call_command("sichern", stdout=StringIO())
        except (CommandError, DatabaseError) as error:
            self.say(f"Gesichert wurde nicht: {error}")

    def say(self, text):
        self.stdout.write(f"→ {text}")
        self.stdout.flush()

    def demowelt(self, antraege):
        """Load the demo world, unless this version of it is in the database already."""
        stand = devdb.home(settings.BASE_DIR) / "demo.stand"
        version = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_quellen()))).hexdigest()
        version = f"{version} {antraege}"
        if not stand.exists() or stand.read_text() != version:
            self.say("Demo-Welt")
            call_command("demodaten", seed=1, antraege=antraege, verbosity=0)
            stand.write_text(version)

    def wait_until_it_serves(self, port, web):
        for _ in range(300):
            if web.poll() is not None:
                raise CommandError("Der Webserver ist nicht gestartet; die Meldung steht darüber.")
            try:
                urlopen(f"http://127.0.0.1:{port}/gesund/", timeout=2).close()
            except (URLError, TimeoutError, ConnectionError):
                time.sleep(0.1)
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

Zum Ausprobieren
  ohne Anmeldung        auf der Startseite „Halberstadt“ suchen
  leitung.a             den Antrag einreichen, der auf die Schulleitung wartet
  sachbearbeitung.harz  einen eingereichten Antrag übernehmen und prüfen
  vorsitz.harz          in der laufenden Sitzung abstimmen
  freigabe.harz         den Beschluss unterschreiben; das Schreiben liegt danach als PDF im Postausgang

Beenden mit Strg-C oder ./portal stop
""")
        self.stdout.flush()


def _einzige(port, danach):
    """The open note for `./portal stop`: process ids, the first with the address, and of each part those it had.

    Locked as long as this demo runs.
    """
    VAR.mkdir(exist_ok=True)
    notiz = danach.enter_context((VAR / "demo.pid").open("a+"))
    notiz.seek(0)
    try:
        fcntl.flock(notiz, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        adresse = notiz.readline().partition(" ")[2].strip()
        raise CommandError(f"Die Demo läuft schon: {adresse}. Mit ./portal stop beenden Sie sie.") from None
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise CommandError(f"Port {port} ist schon vergeben. Nehmen Sie einen anderen: ./portal demo {port + 1}")
    notiz.truncate(0)
    notiz.write(f"{os.getpid()} http://localhost:{port}\n")
    notiz.flush()
    danach.callback(notiz.truncate, 0)
    return notiz


def _ungestoert():
    """A second Ctrl-C does not stop the tidying up."""
    for name in ENDE:
        signal.signal(name, signal.SIG_IGN)


class Teil:
    """A process of the demo, which is started again when it ends by itself: as `Restart=always` does in production."""

    def __init__(self, name, args, notiz):
        self.name, self.args, self.notiz, self.enden = name, args, notiz, []

    def starten(self):
        self.kind = subprocess.Popen(
            [sys.executable, *self.args], cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL, start_new_session=True
        )
        self.notiz.write(f"{self.kind.pid}\n")
        self.notiz.flush()

    def wieder_starten(self):
        """Not for ever: what ends five times within a minute needs somebody who looks at it."""
        self.enden = [ende for ende in self.enden if time.monotonic() - ende < 60] + [time.monotonic()]
        if len(self.enden) >= 5:
            raise CommandError(f"{self.name} fällt immer wieder aus; die Meldung steht darüber.")
        self.starten()

    def beenden(self):
        self.kind.terminate()
        try:
            self.kind.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.kind.kill()
            self.kind.wait()


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
