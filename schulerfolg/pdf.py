"""HTML template in, accessible PDF (PDF/UA-1) out.

What people typed is hostile until proven otherwise: every document is rendered in a process of its own, with limits
to time and memory, without the portal's environment, and with nothing within reach but the files under static/.
Each of these processes is forked from one that has WeasyPrint, the fonts and the hyphens loaded, and sees no document.
"""

import atexit
import ctypes
import gc
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Collection
from contextlib import suppress
from functools import cache
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.template.loader import render_to_string

SEKUNDEN = 60
RECHENZEIT = 40
SPEICHER = 1536 * 1024**2
# Library that must be there → package of Debian and Ubuntu that brings it
PAKETE = {"libpango-1.0.so.0": "libpango-1.0-0", "libpangoft2-1.0.so.0": "libpangoft2-1.0-0"}
ZEICHEN: set[int] = set()
"""What the fonts of the style sheet have; filled in the process that forks."""
FEHLT = "\x1e"


class PdfGescheitert(Exception):
    """This document could not be rendered: too large, too slow, or a mistake in the template."""


class PdfNichtMoeglich(PdfGescheitert):
    """No PDF can be made on this machine; the message says what is missing."""


def fehlende_pakete() -> list[str]:
    """The packages without which this machine makes no PDF; looked up each time, so installing them is enough."""
    return [paket for bibliothek, paket in PAKETE.items() if not _ist_da(bibliothek)]


def _ist_da(bibliothek: str) -> bool:
    try:
        ctypes.CDLL(bibliothek)
    except OSError:
        return False
    return True


def render_pdf(template_name: str, context: dict) -> bytes:
    """Render a template as PDF/UA-1, in German, its <title> as title.

    The template names files as `static:///css/pdf.css`; anything else that it or a text in it names stays out.
    """
    return as_pdf(render_to_string(template_name, context))


def as_pdf(html: str) -> bytes:
    """The same of what a template has become already."""
    if fehlt := fehlende_pakete():
        raise PdfNichtMoeglich(f"Auf diesem Server fehlt für PDF-Dateien: {', '.join(fehlt)}.")
    ergebnis = WERKSTATT.rendern(html)
    if not ergebnis.startswith(b"%PDF-"):
        raise PdfGescheitert(f"Das PDF ist nicht entstanden: {ergebnis.decode(errors='replace')[-500:] or 'Abbruch'}")
    return ergebnis


class Werkstatt:
    """The process all others are forked from: begins with the first document, ends with the process that asked."""

    def __init__(self):
        self.prozess = self._leitung = None
        self._schloss = Lock()
        atexit.register(self.schliessen)

    def rendern(self, html: str) -> bytes:
        """The PDF, or what went wrong, or nothing where the process was ended at one of its limits."""
        unsere, seine = socket.socketpair()
        with unsere:
            with seine:
                self._hinreichen(seine)
            unsere.settimeout(SEKUNDEN)
            try:
                with suppress(BrokenPipeError, ConnectionResetError):
                    unsere.sendall(json.dumps({"html": html, "sekunden": SEKUNDEN}).encode())
                    unsere.shutdown(socket.SHUT_WR)
                    return _lesen(unsere)
            except TimeoutError as error:
                raise PdfGescheitert(f"Das PDF war nach {SEKUNDEN} Sekunden nicht fertig.") from error
        return b""

    def _hinreichen(self, buchse):
        """Hand one end of a socket over; begin anew where nobody takes it."""
        with self._schloss:
            for _ in range(2):
                if self.prozess is None:
                    self._anfangen()
                with suppress(BrokenPipeError, ConnectionResetError):
                    socket.send_fds(self._leitung, [b"."], [buchse.fileno()])
                    return
                self.schliessen()
        raise PdfGescheitert("Das PDF ist nicht entstanden: Der Prozess, der PDF-Dateien erstellt, startet nicht.")

    def _anfangen(self):
        self._leitung, seine = socket.socketpair()
        umgebung = {name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR") if name in os.environ}
        with seine:
            self.prozess = subprocess.Popen(
                [sys.executable, "-m", "schulerfolg.pdf", json.dumps(_ordner())],
                stdin=seine,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=settings.BASE_DIR,
                env=umgebung | {"PYTHONDONTWRITEBYTECODE": "1"},
            )

    def schliessen(self):
        if self.prozess:
            self._leitung.close()
            self.prozess.terminate()
            self.prozess.wait()
            self.prozess = None


WERKSTATT = Werkstatt()


def _lesen(buchse) -> bytes:
    return b"".join(iter(lambda: buchse.recv(1 << 16), b""))


def _ordner() -> list[tuple[str, str]]:
    """Prefix and folder of everything that `{% static %}` can name."""
    mit_prefix = [eintrag if isinstance(eintrag, tuple) else ("", eintrag) for eintrag in settings.STATICFILES_DIRS]
    return [(prefix, str(ordner)) for prefix, ordner in [*mit_prefix, ("", settings.STATIC_ROOT)]]


@cache
def _schrift(pfad: Path) -> bytes:
    """A font as TrueType: unpacking a WOFF2 takes longer than most documents."""
    from fontTools.ttLib import woff2  # noqa: PLC0415 -- slow, and only the renderer needs it

    woff2.decompress(BytesIO(pfad.read_bytes()), offen := BytesIO())
    return offen.getvalue()


def _fetcher(ordner):
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415 -- slow, and needs pango

    class StaticFetcher(URLFetcher):
        """Serves `static:///name` from these folders and nothing else."""

        def fetch(self, url, headers=None):
            if not url.startswith("static:///"):
                raise ValueError(f"Nicht unter static/: {url[:200]}")
            name = url.removeprefix("static:///")
            for prefix, wurzel in ordner:
                wurzel = Path(wurzel).resolve()
                pfad = (wurzel / name.removeprefix(f"{prefix}/")).resolve()
                if name.startswith(prefix) and pfad.is_relative_to(wurzel) and pfad.is_file():
                    if pfad.suffix == ".woff2":
                        return URLFetcherResponse(url, _schrift(pfad), {"Content-Type": "font/ttf"})
                    return URLFetcherResponse(url, pfad.read_bytes(), {"Content-Type": guess_type(name)[0] or ""})
            raise FatalURLFetchingError(f"Diese Datei fehlt unter static/: {name[:200]}")

    return StaticFetcher(allowed_protocols=("static",), allow_redirects=False)


def main(ordner) -> None:
    """The process that forks: a socket for each document comes in over stdin. Without threads, so without Pango yet."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: they answer through their sockets
    with suppress(Exception):  # each document says what is wrong
        _vorbereiten(ordner)
    gc.freeze()
    leitung = socket.socket(fileno=0)
    while True:
        nachricht, buchsen, *_ = socket.recv_fds(leitung, 1, 1)
        if not nachricht:
            return
        with socket.socket(fileno=buchsen[0]) as buchse:
            if os.fork() == 0:
                leitung.close()
                _ein_dokument(buchse, ordner)


def _vorbereiten(ordner):
    """Load what every document needs and none changes: the library, the hyphens of German, the fonts."""
    import pyphen  # noqa: PLC0415 -- slow, and only the renderer needs it

    pyphen.Pyphen(lang="de")
    fetcher = _fetcher(ordner)
    stylesheet = fetcher.fetch("static:///css/pdf.css").read().decode()
    for schrift in re.findall(r"static:///[\w./-]+\.woff2", stylesheet):
        ZEICHEN.update(_zeichen(fetcher.fetch(schrift).read()))


def _zeichen(schrift: bytes):
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- slow, and only the renderer needs it

    with TTFont(BytesIO(schrift), lazy=True) as font:
        return font.getBestCmap()


def druckbar(html: str, zeichen: Collection[int]) -> str:
    """The text with what can be printed: a sign that no font has becomes its plain form (ﬁ → fi), or [?] stands there.

    Nobody's paper depends on which fonts a machine happens to have, and nothing vanishes unseen.
    """
    fehlt = {z for z in set(html) if ord(z) not in zeichen and unicodedata.category(z) not in ("Cc", "Cf")}
    schlicht = {z: unicodedata.normalize("NFKC", z) for z in fehlt}
    for z, neu in schlicht.items():
        html = html.replace(z, neu if all(ord(teil) in zeichen for teil in neu) else FEHLT)
    return re.sub(f"{FEHLT}+", "[?]", html)


def _ein_dokument(buchse, ordner):
    """The process of one document: JSON in; the PDF out, or what went wrong. Never returns."""
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (RECHENZEIT, RECHENZEIT))
        resource.setrlimit(resource.RLIMIT_AS, (SPEICHER, SPEICHER))
        try:
            auftrag = json.loads(_lesen(buchse))
            signal.setitimer(signal.ITIMER_REAL, auftrag["sekunden"])
            ergebnis = _pdf(auftrag["html"], ordner)
        except Exception as error:
            ergebnis = repr(error).encode()
        gc.collect()  # what is still held of the document goes, with its temporary files
        buchse.sendall(ergebnis)
    finally:
        os._exit(0)


def _pdf(html, ordner) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 -- slow, and needs pango

    html = druckbar(html, ZEICHEN) if ZEICHEN else html
    return HTML(string=html, base_url="static:///", url_fetcher=_fetcher(ordner)).write_pdf(pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
