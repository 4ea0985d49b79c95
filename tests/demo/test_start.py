"""The demo from its start to its end, in a copy of the project: nothing of an older run can help it along."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from schulerfolg import devdb

NICHT_DABEI = shutil.ignore_patterns(".*", "__pycache__", "docs", "node_modules", "tests", "var")
SEKUNDEN = 120


@pytest.fixture
def ordner(tmp_path):
    shutil.copytree(settings.BASE_DIR, tmp_path / "portal", ignore=NICHT_DABEI)
    (tmp_path / "portal/node_modules").symlink_to(settings.BASE_DIR / "node_modules")
    return tmp_path / "portal"


@pytest.fixture
def daten(monkeypatch):
    """The folder of the database; short and open, as PostgreSQL needs it when root starts it."""
    ordner = Path(tempfile.mkdtemp(prefix="portal-demo-", dir="/var/tmp"))
    ordner.chmod(0o755)
    monkeypatch.setenv("PORTAL_DEVDB_DIR", str(ordner))
    yield ordner
    devdb.reset(settings.BASE_DIR)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def manage(ordner, daten, port):
    """Starts a command in the copy, as ./portal does; it ends with its block whatever happens."""
    umgebung = {name: os.environ[name] for name in ("HOME", "PATH", "PORTAL_DEVDB_DIR") if name in os.environ}
    umgebung |= {"DEMO": "1", "SECRET_KEY": "nur-fuer-diesen-lauf-" * 3}

    @contextmanager
    def start(*args):
        ausgabe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        with subprocess.Popen([sys.executable, "manage.py", *args], cwd=ordner, env=umgebung, **ausgabe) as lauf:
            try:
                yield lauf
            finally:
                lauf.terminate()

    return start


def hole(port, adresse) -> tuple[int, str, str]:
    with urlopen(f"http://127.0.0.1:{port}{adresse}", timeout=30) as antwort:
        return antwort.status, antwort.headers.get_content_type(), antwort.read().decode(errors="replace")


def bis_sie_sagt(lauf, satz) -> None:
    """Read what the demo says, up to this line; one that ends or hangs instead is shown with all it said."""
    waechter = threading.Timer(SEKUNDEN, lauf.kill)
    waechter.start()
    gesagt = []
    for zeile in lauf.stdout:
        gesagt.append(zeile)
        if zeile == f"{satz}\n":
            waechter.cancel()
            return
    pytest.fail("".join(gesagt))


def laufend(*wo) -> list[tuple[int, str]]:
    """What runs in one of these folders: number and command."""
    gefunden = []
    for eintrag in Path("/proc").glob("[0-9]*"):
        try:
            if any((eintrag / "cwd").readlink().is_relative_to(ordner) for ordner in wo):
                gefunden.append((int(eintrag.name), (eintrag / "cmdline").read_text().replace("\0", " ")))
        except OSError:
            continue
    return gefunden


def teil(lauf, ordner, wort) -> int:
    """The number of the part of this demo whose command has this word; its own children have it as well."""
    [nummer] = [nummer for nummer, befehl in laufend(ordner) if wort in befehl and eltern(nummer) == lauf.pid]
    return nummer


def eltern(nummer) -> int:
    try:
        return int(Path(f"/proc/{nummer}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def bis_sie_antwortet(port) -> None:
    warten = threading.Event()
    for _ in range(SEKUNDEN):
        try:
            return hole(port, "/")
        except OSError:
            warten.wait(1)
    pytest.fail("Die Demo antwortet nicht mehr.")


def in_vorlagen_genannt(ordner) -> set[str]:
    vorlagen = (pfad.read_text() for pfad in ordner.glob("templates/**/*.html"))
    return {name for text in vorlagen for name in re.findall(r"{% static [\"']([^\"']+)", text)}


def test_the_demo_serves_all_that_its_pages_name_and_leaves_nothing_behind(manage, ordner, daten, port):
    with manage("demo", str(port), "--antraege", "5") as lauf:
        bis_sie_sagt(lauf, f"bereit: http://localhost:{port}")
        start, anmeldung = hole(port, "/")[2], hole(port, "/konto/anmelden/")[2]
        assert len(set(re.findall(r'"/netzwerkstellen/([a-z-]+)/"', start))) == 14
        assert "demo-Schulerfolg-2026" in anmeldung
        dateien = set(re.findall(r'"(/static/[^"]+)"', start + anmeldung))
        assert {hole(port, datei)[:2] for datei in dateien if ".css" in datei} == {(200, "text/css")}
        assert {hole(port, datei)[0] for datei in dateien} == {200}
        gesammelt = json.loads((ordner / "var/static/staticfiles.json").read_text())["paths"]
        assert in_vorlagen_genannt(ordner) - gesammelt.keys() == set()

        with manage("demo", str(port)) as zweiter:
            assert "Die Demo läuft schon" in zweiter.communicate(timeout=SEKUNDEN)[0]
        assert zweiter.returncode == 1

        assert len(laufend(ordner, daten)) > 5
        teile = {"arbeiten": "Die Arbeit im Hintergrund", "gunicorn": "Der Webserver"}
        for wort, wer in teile.items():  # killed, each is back, and the demo goes on
            vorher = teil(lauf, ordner, wort)
            os.kill(vorher, signal.SIGKILL)
            bis_sie_sagt(lauf, f"→ {wer} war ausgefallen und läuft wieder.")
            assert teil(lauf, ordner, wort) != vorher
        bis_sie_antwortet(port)
        jetzt = {wort: teil(lauf, ordner, wort) for wort in teile}
        devdb.stop(settings.BASE_DIR)  # a database that restarts ends neither
        bis_sie_antwortet(port)
        assert {wort: teil(lauf, ordner, wort) for wort in teile} == jetzt

        lauf.send_signal(signal.SIGINT)
        assert lauf.communicate(timeout=SEKUNDEN)[0].endswith("Ihre Daten bleiben für den nächsten Start.\n")
        assert lauf.returncode == 0
    assert laufend(ordner, daten) == []


def test_a_port_in_use_is_said(manage, port):
    with socket.create_server(("127.0.0.1", port)), manage("demo", str(port)) as lauf:
        assert lauf.communicate(timeout=SEKUNDEN)[0] == (
            f"→ Port {port} ist schon vergeben. Nehmen Sie einen anderen: ./portal demo {port + 1}\n"
        )
    assert lauf.returncode == 1
