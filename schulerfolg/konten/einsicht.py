"""Who is looking, and the record of it. The views of cases, papers and private files call this when they show one.

A subject names the kinds of things it shows in its `einsicht.py`, as `Art`, and in `EINSICHTEN` which of them stand on
a page „Wer kann das sehen, und warum“: name of the page → function of its object.
"""

from collections.abc import Iterable

from django.db.models import TextChoices

from schulerfolg.akte.services import keep_look
from schulerfolg.konten.models import Person

Arten = dict[TextChoices, Iterable]
"""Kind → the numbers of the things of this kind, or a query for them."""


def wer_sieht(request) -> Person:
    """Who sits in front of the screen: somebody who looks at the portal as another person is still themselves."""
    return getattr(request, "wirkliche_person", None) or request.user


def record_look(request, *, art: TextChoices, nummer: int, was: str, stelle: str, orte: tuple[str, ...]) -> None:
    """Record the look of this request. `orte`: the places whose hats count here, such as the school and the office."""
    wer = wer_sieht(request)
    hut = next((str(hut) for hut in request.huete if hut.ort in ("", *orte)), "")
    if wer != request.user:
        hut = f"Ansicht als andere Person ({hut})"
    keep_look(wer=wer, art=art, nummer=nummer, was=was, hut=hut, stelle=stelle)
