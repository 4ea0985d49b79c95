"""Debian's clamd with one signature of our own: no freshclam, no download, ready in a second."""

import socket
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

PROGRAMM = Path("/usr/sbin/clamd")
FEHLT = "Kein clamd gefunden. Bitte installieren Sie es: apt-get install --no-install-recommends clamav-daemon"
SCHADPROGRAMM = b"Schulerfolg-Probe: " + b"ein Schadprogramm"[::-1]
"""What the only signature finds, wherever in a file it stands."""
FUND = "Schulerfolg.Probe.UNOFFICIAL"


@contextmanager
def laufend(ordner: Path):
    """A running clamd: yields the two places where it listens, a path and `host:port`."""
    daten = ordner / "daten"
    daten.mkdir()
    (daten / "probe.ndb").write_text(f"Schulerfolg.Probe:0:*:{SCHADPROGRAMM.hex()}\n")
    pfad, port = ordner / "clamd.sock", _freier_port()
    zeilen = {
        "Foreground": "yes",
        "DatabaseDirectory": daten,
        "TemporaryDirectory": ordner,
        "LocalSocket": pfad,
        "TCPSocket": port,
        "TCPAddr": "127.0.0.1",
        "ScanImageFuzzyHash": "no",  # as docs/betrieb.md says: a large photograph takes it half a minute
        "LogFile": ordner / "clamd.log",
    }
    (ordner / "clamd.conf").write_text("".join(f"{name} {wert}\n" for name, wert in zeilen.items()))
    befehl = [str(PROGRAMM), "--config-file", str(ordner / "clamd.conf")]
    with subprocess.Popen(befehl, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as prozess:
        try:
            _warten(prozess, pfad, ordner / "clamd.log")
            yield str(pfad), f"127.0.0.1:{port}"
        finally:
            prozess.kill()


def _freier_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _warten(prozess, pfad, protokoll):
    ende = monotonic() + 60
    while prozess.poll() is None and monotonic() < ende:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as leitung:
            leitung.connect(str(pfad))
            return
        sleep(0.05)
    raise RuntimeError(f"clamd startet nicht: {protokoll.read_text() if protokoll.exists() else ''}")
