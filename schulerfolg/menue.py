"""Entries of the menus: the shape in which each subject offers its own, in a `menue.py`.

`menue(person, huete)` yields what this person may open; it asks the database nothing, for it is on every page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, auto


class Kopf(IntEnum):
    """Places in the navigation, in its order; entries of one place stand in the order of their subjects."""

    ANFANG = auto()
    VORGAENGE = auto()  # what happens between schools, offices and committees
    GELD = auto()
    STELLEN = auto()
    BERICHTE = auto()


class Konto(IntEnum):
    """Places in the menu of the account."""

    KOLLEGIUM = auto()  # people at the same place
    ZUGANG = auto()  # the way to a further place
    RECHTE = auto()  # given to others
    EINSICHT = auto()  # looking at what others see, and the record of it


@dataclass(frozen=True, slots=True)
class Eintrag:
    platz: Kopf | Konto
    titel: str
    ziel: str
    """The name of its page, or a path."""
    ausser: tuple[str, ...] = ()
    """Paths below it that have an entry of their own."""


def am_platz(platz: type[Kopf] | type[Konto], eintraege: Iterable[Eintrag]) -> list[Eintrag]:
    """Those of one menu, in its order."""
    return sorted((e for e in eintraege if isinstance(e.platz, platz)), key=lambda eintrag: eintrag.platz)
