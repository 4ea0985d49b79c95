"""What waits for a person: the shape in which each subject offers it, in an `aufgaben.py` of its own.

`aufgaben(person)` yields groups of cards; `vorschlag(person, huete)`, where a subject has one, names the next sensible
thing when nothing waits. Whose turn it is follows from the table of steps or of rights, never from a list of its own.
This file knows no model.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, auto
from typing import Any

MOST = 6


class Dringlichkeit(IntEnum):
    """In the order of the page; groups of one kind stand in the order of their subjects."""

    TERMIN = auto()  # a day that is fixed for many
    ZUGANG = auto()  # somebody cannot begin before
    RUECKFRAGE = auto()  # an answer with a deadline
    STILLSTAND = auto()  # a case stands still until this person signs, confirms, mends or ends it
    ARBEIT = auto()  # the work of every day
    ENTWURF = auto()  # begun, and nobody waits for it yet
    LAUFEND = auto()  # lies with others; this person only wants to know
    FERTIG = auto()  # is decided; to be looked up
    UEBERGABE = auto()  # lies with somebody who is gone
    HAUS = auto()  # what the own office has to look after
    VERTRETUNG = auto()  # waits for somebody who is away


@dataclass(frozen=True, slots=True)
class Karte:
    """One thing to do: what, where, since or until when; its title leads to reading, its button to doing."""

    titel: str
    ort: str
    zeit: str
    adresse: str
    schritt: str = ""
    """Where it is done, if that is another page."""
    knopf: str = ""
    worte: str = ""
    """What somebody wrote about it."""


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Groups of the same title are shown as one."""

    dringlichkeit: Dringlichkeit
    titel: str
    karten: list[Karte]
    mehr: str = ""
    """Where all of them stand, when there are more than fit here; else empty."""


@dataclass(frozen=True, slots=True)
class Vorschlag:
    text: str
    adresse: str = ""
    button: str = ""


def gruppe(
    dringlichkeit: Dringlichkeit, titel: str, zeilen: Any, karte: Callable[[Any], Karte | None], alle: str = ""
) -> Gruppe:
    """The first rows of a QuerySet as cards, in one query; `alle` is where to find the others.

    `karte` gives None for a row that is not for this person after all.
    """
    gelesen = list(zeilen[: MOST + 1])
    karten = [gemacht for zeile in gelesen[:MOST] if (gemacht := karte(zeile))]
    return Gruppe(dringlichkeit, titel, karten, alle if len(gelesen) > MOST else "")


def geordnet(gruppen: Iterable[Gruppe]) -> list[Gruppe]:
    """The most urgent first, the same title once, nothing that is empty."""
    eine: dict[str, Gruppe] = {}
    for neu in sorted(gruppen, key=lambda gruppe: gruppe.dringlichkeit):
        alt = eine.get(neu.titel, Gruppe(neu.dringlichkeit, neu.titel, []))
        eine[neu.titel] = Gruppe(alt.dringlichkeit, neu.titel, alt.karten + neu.karten, alt.mehr or neu.mehr)
    return [gruppe for gruppe in eine.values() if gruppe.karten]
