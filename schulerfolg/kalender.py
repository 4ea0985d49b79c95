"""Working days in Sachsen-Anhalt. Knows no app.

A deadline that would end on a Saturday, a Sunday or a public holiday ends with the next working day (VwVfG § 31 (3),
which § 1 VwVfG LSA takes over). Periods that count backwards, such as the Ladungsfrist of a Sitzung, do not move.
"""

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

SAMSTAG = 5


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
