"""Working days and school holidays in Sachsen-Anhalt. Knows no app.

A deadline that would end on a Saturday, a Sunday or a public holiday ends with the next working day (VwVfG § 31 (3),
which § 1 VwVfG LSA takes over). Periods that count backwards, such as the Ladungsfrist of a Sitzung, do not move.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from holidays import country_holidays

SAMSTAG = 5
FERIEN = Path(__file__).with_name("ferien.csv")
"""School holidays, one a line, each with its source; of later years nothing is known until a line is added."""


@dataclass(frozen=True, slots=True)
class Ferien:
    name: str
    von: date
    bis: date


@cache
def _alle_ferien() -> tuple[Ferien, ...]:
    with FERIEN.open(encoding="utf-8") as datei:
        zeilen = csv.DictReader(datei, delimiter=";")
        tag = date.fromisoformat
        return tuple(Ferien(zeile["name"], tag(zeile["von"]), tag(zeile["bis"])) for zeile in zeilen)


def ferien(von: date, bis: date) -> list[Ferien]:
    """The school holidays that touch these days, both included; only those that are known."""
    return [f for f in _alle_ferien() if f.von <= bis and von <= f.bis]


@cache
def feiertage(jahr: int) -> dict[date, str]:
    """The public holidays of Sachsen-Anhalt in this year, with their German names."""
    return dict(country_holidays("DE", subdiv="ST", years=jahr, language="de"))


def warum_frei(tag: date) -> str:
    """Why no deadline ends on this day, as in „… ist ein Feiertag (Karfreitag)“; empty for a working day."""
    if tag.weekday() >= SAMSTAG:
        return "Samstag" if tag.weekday() == SAMSTAG else "Sonntag"
    name = feiertage(tag.year).get(tag)
    return f"Feiertag ({name})" if name else ""


def naechster_werktag(tag: date) -> date:
    """This day if a deadline can end on it, else the first one after it that it can end on."""
    while warum_frei(tag):
        tag += timedelta(days=1)
    return tag


def werktage_spaeter(tag: date, anzahl: int) -> date:
    """So many working days after this day, which does not count itself."""
    for _ in range(anzahl):
        tag = naechster_werktag(tag + timedelta(days=1))
    return tag
