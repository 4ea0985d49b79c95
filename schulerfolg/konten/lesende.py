"""Who reads something, and who does not although one might expect it: each in one hat, with the reason in words.

A subject says so in its `lesende.py`, as its own rights have it: in `TEILE` for every page its papers belong to, and in
`SEITE` if it has a page of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle
from schulerfolg.zeit import datum

GRUND_LANDESWEIT = {
    Rolle.PRUEFUNG: "Prüfung, liest und ändert nichts",
    Rolle.KOORDINATION: "Koordinierungsstelle: Die Netzwerkstelle teilt ihre Inhalte",
}


@dataclass(frozen=True, slots=True)
class Lesende:
    """One person in one hat: whether what it is about is open to them today, and why."""

    person: Person
    rolle: Rolle
    hut: str
    grund: str
    offen: bool = True


@dataclass(frozen=True, slots=True)
class Teil:
    """What one subject adds to a page: a section of its own, or, without a title, what the page is about."""

    lesende: list[Lesende]
    titel: str = ""
    worte: str = ""


@dataclass(frozen=True, slots=True)
class Seite:
    """A page „Wer kann das sehen, und warum“. `TEILE` and `EINSICHTEN` name it, its template calls its object so."""

    name: str
    adresse: str
    vorlage: str
    finden: Callable[[Person, int], tuple[Any, set]]
    """The object and this person's hats towards it; 404 or 403 where the page is not theirs."""
    stelle: Callable[[Any], Any]
    """The office it belongs to."""


def mit_konto(zeilen):
    """Those of these dated rows that hold today and name somebody who may sign in, by name."""
    heute = zeilen.gueltig().filter(person__is_active=True).select_related("person")
    return heute.order_by("person__nachname", "person__vorname", "pk")


def hut(rolle, ort: str = "") -> str:
    return f"{Rolle(rolle).label}, {ort}" if ort else Rolle(rolle).label


def befristet(grund: str, zeile) -> str:
    return f"{grund}, bis {datum(zeile.bis)}" if zeile.bis else grund
