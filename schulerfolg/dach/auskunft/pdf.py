"""The blank form, to prepare an application on paper."""

from hashlib import sha256

from django.core.cache import cache
from django.template.loader import render_to_string

from schulerfolg.dach.auskunft.fragebogen import ZEILEN_AUF_PAPIER
from schulerfolg.pdf import as_pdf

EIN_TAG = 24 * 60 * 60


def fragebogen_pdf(seite: dict) -> bytes:
    """What the page of the questions shows (`seite`), with room to write.

    Made once for the same words and kept for a day (docs/entscheidungen/0020): however often somebody asks.
    """
    html = render_to_string(
        "dach/auskunft/pdf/fragebogen.html",
        {**seite, "zeilen_auf_papier": ZEILEN_AUF_PAPIER, "fusszeile": f"Fragen des Antrags, {seite['stelle']}"},
    )
    schluessel = f"fragebogen:{sha256(html.encode()).hexdigest()}"
    if (inhalt := cache.get(schluessel)) is None:
        inhalt = as_pdf(html)
        cache.set(schluessel, inhalt, EIN_TAG)
    return inhalt
