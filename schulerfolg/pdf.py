"""HTML template in, accessible PDF (PDF/UA-1) out.

What people typed is hostile until proven otherwise: rendering happens in a process of its own, with limits to time
and memory, without the portal's environment, and with nothing within reach but the files under static/.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
from mimetypes import guess_type
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

SEKUNDEN = 60
RECHENZEIT = 40
SPEICHER = 1536 * 1024**2
# Library that must be there → package of Debian and Ubuntu that brings it
PAKETE = {"libpango-1.0.so.0": "libpango-1.0-0", "libpangoft2-1.0.so.0": "libpangoft2-1.0-0"}


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
    if fehlt := fehlende_pakete():
        raise PdfNichtMoeglich(f"Auf diesem Server fehlt für PDF-Dateien: {', '.join(fehlt)}.")
    auftrag = {"html": render_to_string(template_name, context), "static": _ordner()}
    umgebung = {name: os.environ[name] for name in ("HOME", "LANG", "PATH") if name in os.environ}
    try:
        ergebnis = subprocess.run(
            [sys.executable, "-m", "schulerfolg.pdf"],
            input=json.dumps(auftrag).encode(),
            capture_output=True,
            timeout=SEKUNDEN,
            cwd=settings.BASE_DIR,
            env=umgebung | {"PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfGescheitert(f"Das PDF war nach {SEKUNDEN} Sekunden nicht fertig.") from error
    if ergebnis.returncode or not ergebnis.stdout.startswith(b"%PDF-"):
        raise PdfGescheitert(
            f"Das PDF ist nicht entstanden ({ergebnis.returncode}): {ergebnis.stderr.decode(errors='replace')[-500:]}"
        )
    return ergebnis.stdout


def _ordner() -> list[tuple[str, str]]:
    """Prefix and folder of everything that `{% static %}` can name."""
    mit_prefix = [eintrag if isinstance(eintrag, tuple) else ("", eintrag) for eintrag in settings.STATICFILES_DIRS]
    return [(prefix, str(ordner)) for prefix, ordner in [*mit_prefix, ("", settings.STATIC_ROOT)]]


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
                    return URLFetcherResponse(url, pfad.read_bytes(), {"Content-Type": guess_type(name)[0] or ""})
            raise FatalURLFetchingError(f"Diese Datei fehlt unter static/: {name[:200]}")

    return StaticFetcher(allowed_protocols=("static",), allow_redirects=False)


def main() -> int:
    """The process that renders: JSON on stdin, the PDF on stdout."""
    resource.setrlimit(resource.RLIMIT_CPU, (RECHENZEIT, RECHENZEIT))
    resource.setrlimit(resource.RLIMIT_AS, (SPEICHER, SPEICHER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from weasyprint import HTML  # noqa: PLC0415 -- slow, and needs pango

    auftrag = json.load(sys.stdin.buffer)
    html = HTML(string=auftrag["html"], base_url="static:///", url_fetcher=_fetcher(auftrag["static"]))
    sys.stdout.buffer.write(html.write_pdf(pdf_variant="pdf/ua-1"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
