"""The parts of the page of a case: each subject offers its own, the page only arranges them.

A subject writes its own in `teile.py`: `teile(antrag, person, hats) -> Iterator[Teil]`. What this person may not read
is not offered, and not looked up either.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class Platz(Enum):
    """Where a part stands on the page."""

    KOPF = auto()
    """Among the figures below the title: one `<div>` of a list of terms."""
    DRAN = auto()
    """In the box that says whose turn it is: a sentence."""
    HAUPT = auto()
    """In the wide column: a section."""
    RAND = auto()
    """In the narrow column: a short section."""
    SCHLUSS = auto()
    """Below both: a section over the whole width."""


@dataclass(frozen=True, slots=True)
class Aktion:
    """A button of the page; with `hindernis` it is only named, with the reason why it has to wait."""

    label: str
    adresse: str
    art: str = "secondary"
    hindernis: str = ""


@dataclass(frozen=True, slots=True)
class Teil:
    platz: Platz
    vorlage: str
    """A template; it knows `inhalt`, and of the page nothing else."""
    inhalt: dict[str, Any]
    aktionen: tuple[Aktion, ...] = ()
    """The pages of the subject that this person works on now: buttons beside the steps of the case."""
