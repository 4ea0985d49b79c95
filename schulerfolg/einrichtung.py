"""What an office needs before a first award: the shape in which each subject offers its own, in an `einrichtung.py`.

`einrichtung(stellen)` yields `(number of the office, Punkt)` for each of them, in a constant number of queries. This
file knows no model.
"""

from dataclasses import dataclass
from enum import IntEnum, auto


class Platz(IntEnum):
    """In the order in which an office begins."""

    ANGABEN = auto()
    TRAEGER = auto()
    TEAM = auto()
    SCHULEN = auto()
    REGEL = auto()
    BUDGET = auto()
    GREMIUM = auto()
    SITZUNG = auto()


@dataclass(frozen=True, slots=True)
class Punkt:
    """One thing an office needs, and where it is done."""

    platz: Platz
    titel: str
    da: str
    """What is there, for the ticked line."""
    fehlt: str
    """What is missing, and what for; empty where nothing is."""
    adresse: str
    knopf: str
    """What the way there says; empty where something else comes first."""
    wer: tuple
    """The hats that can do it."""

    @property
    def fertig(self) -> bool:
        return not self.fehlt
