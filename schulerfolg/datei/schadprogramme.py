"""Whether a file carries something harmful: ClamAV says so, where `CLAMD_SOCKET` names it.

The bytes go to it in pieces (INSTREAM) before anything else opens them. Only its „OK“ lets a file pass: no answer, a
late one and one that nobody knows are all a no. What was found goes into the log by its SHA-256, never by its content.
"""

import hashlib
import logging
import os
import re
import socket
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError

GEFUNDEN = (
    "In dieser Datei steckt ein Schadprogramm. Wir haben sie nicht angenommen. Bitte löschen Sie sie, und sagen Sie "
    "Ihrer technischen Betreuung Bescheid, woher sie kam."
)
NICHT_ERREICHBAR = (
    "Die Prüfung auf Schadprogramme ist gerade nicht erreichbar. Ihre Datei ist noch nicht angekommen; bitte versuchen "
    "Sie es in ein paar Minuten noch einmal. Ihre übrigen Eingaben stehen noch hier."
)
FRIST = 20.0
"""Seconds for one file, from the first byte to the answer."""
FRIST_ZUSTAND = 1.0
STUECK = 64 * 1024
HALTBAR = timedelta(days=7)
"""How old its signatures may be: freshclam fetches new ones every hour."""
log = logging.getLogger(__name__)


def durchsuchen(inhalt: bytes) -> None:
    """Nothing where nothing was found, or where no scanner is set up; else ValidationError."""
    if not settings.CLAMD_SOCKET:
        return
    try:
        antwort = _fragen(b"INSTREAM", _stuecke(inhalt), frist=FRIST)
    except OSError as error:
        log.error("Prüfung auf Schadprogramme nicht erreichbar: %s", error)
        raise ValidationError(NICHT_ERREICHBAR, code="nicht_erreichbar") from error
    if antwort == "stream: OK":
        return
    if fund := re.fullmatch(r"stream: (.+) FOUND", antwort):
        pruefsumme = hashlib.sha256(inhalt).hexdigest()
        log.warning("Schadprogramm abgewiesen: %s, SHA-256 %s, %d Byte", fund[1], pruefsumme, len(inhalt))
        raise ValidationError(GEFUNDEN, code="schadprogramm")
    log.error("Prüfung auf Schadprogramme ohne Ergebnis: %s", antwort)
    raise ValidationError(NICHT_ERREICHBAR, code="nicht_erreichbar")


def zustand(jetzt: datetime) -> tuple[str, bool] | None:
    """How the scanner is, in words, and whether that is well; None where none is set up. `jetzt`: aware."""
    if not settings.CLAMD_SOCKET:
        return None
    try:
        antwort = _fragen(b"VERSION", frist=FRIST_ZUSTAND)
    except OSError:
        return "nicht erreichbar; Dateien werden gerade nicht angenommen", False
    stand = _stand(antwort)
    if stand is None:
        return "antwortet", antwort.startswith("ClamAV ")
    return f"antwortet, Signaturen vom {stand:%d.%m.%Y}", jetzt.replace(tzinfo=None) - stand <= HALTBAR


def eingerichtet(**kwargs) -> list[checks.CheckMessage]:
    """For `check --deploy`."""
    if not settings.CLAMD_SOCKET:
        satz = "CLAMD_SOCKET ist leer: Dateien werden nicht auf Schadprogramme geprüft; siehe docs/betrieb.md."
        return [checks.Warning(satz, id="schulerfolg.W001")]
    if not re.fullmatch(r"/.+|.+:\d{1,5}", settings.CLAMD_SOCKET):
        satz = "CLAMD_SOCKET ist weder der Pfad eines Sockets noch rechner:port; siehe docs/betrieb.md."
        return [checks.Error(satz, id="schulerfolg.E001")]
    return []


def _stand(antwort: str) -> datetime | None:
    """The day of its signatures, out of „ClamAV 1.4.3/27500/Tue Dec  1 09:30:00 2026“; own ones carry none."""
    try:
        return datetime.strptime(antwort.split("/")[2], "%a %b %d %H:%M:%S %Y")
    except (IndexError, ValueError):
        return None


def _stuecke(inhalt: bytes) -> Iterator[bytes]:
    for stelle in range(0, len(inhalt), STUECK):
        stueck = inhalt[stelle : stelle + STUECK]
        yield len(stueck).to_bytes(4, "big") + stueck
    yield bytes(4)


def _fragen(befehl: bytes, weiter: Iterable[bytes] = (), *, frist: float) -> str:
    """One command and its answer. Raises OSError where there is none in time."""
    ende = monotonic() + frist
    with _verbunden(frist) as leitung:
        for stueck in (b"z" + befehl + b"\0", *weiter):
            leitung.settimeout(_rest(ende))
            leitung.sendall(stueck)
        antwort = b""
        while not antwort.endswith(b"\0"):
            leitung.settimeout(_rest(ende))
            neu = leitung.recv(4096)
            if not neu:
                raise ConnectionError("Verbindung ohne Antwort beendet")
            antwort += neu
    return antwort.rstrip(b"\0").decode(errors="replace")


def _verbunden(frist: float) -> socket.socket:
    wohin = settings.CLAMD_SOCKET
    if not wohin.startswith("/"):
        rechner, _, port = wohin.rpartition(":")
        if not port.isdecimal():
            raise OSError("CLAMD_SOCKET ist weder Pfad noch rechner:port")
        return socket.create_connection((rechner.strip("[]"), int(port)), timeout=frist)
    leitung = socket.socket(socket.AF_UNIX)
    leitung.settimeout(frist)
    if nummer := leitung.connect_ex(wohin):
        leitung.close()
        raise OSError(nummer, os.strerror(nummer))
    return leitung


def _rest(ende: float) -> float:
    rest = ende - monotonic()
    if rest <= 0:
        raise TimeoutError("keine Antwort in der Zeit")
    return rest
