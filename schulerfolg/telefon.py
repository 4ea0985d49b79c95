"""The number in a text that tells how to call somebody, as a machine dials it. Knows no app.

People write „Tel.: 03941/597022 oder -23“ or „+49 (0) 3941 5970-22“. The first number is found and dialled whole; where
it could be two different ones, or could not be dialled from elsewhere, none is: a wrong number is worse than none.
"""

import re

from django.core.exceptions import ValidationError

ZIFFERNFOLGE = re.compile(r"[+(]*\d[\d ()./‑–-]*")
STRICHE = str.maketrans("‑–", "--")
NEBENSTELLE = re.compile(r"(?<=\d)\s?/\s?-?\s?\d{1,2}$")
"""„597022/23“: the number is complete before it; what follows is a second one."""
OFFEN = re.compile(r"\d\s-\d|\d\s-\s\d{1,3}$|/.*/")
"""„5970 - 22“ is an extension or a second number; two slashes may part anything."""
LAENGE = range(6, 15)
WENIGSTENS = 5
"""Digits of the shortest number that can be meant."""


def waehlbar(text: str) -> tuple[str, str]:
    """The first number in a text as it stands there, and how a machine dials it; both empty where nobody can tell."""
    fund = ZIFFERNFOLGE.search(text)
    if not fund:
        return "", ""
    angabe = _ausgeglichen(fund[0].rstrip(" (./‑–-"))
    angabe = _ausgeglichen(NEBENSTELLE.sub("", angabe) if _ziffern(angabe) >= 8 else angabe)
    nummer = re.sub(r"\(\s*0\s*\)", "", angabe.translate(STRICHE)) if angabe[0] == "+" or angabe[:2] == "00" else angabe
    if OFFEN.search(nummer.translate(STRICHE)):
        return "", ""
    nummer = re.sub(r"^(\+|00)490?", "+49", re.sub(r"[^\d+]", "", nummer))
    nummer = re.sub(r"^00", "+", nummer)
    gilt = nummer[0] in "0+" and "+" not in nummer[1:] and len(nummer.lstrip("+")) in LAENGE
    return (angabe, nummer) if gilt else ("", "")


def ist_nummer(angabe: str) -> None:
    """A validator: whatever else stands there, a number stands in it."""
    if _ziffern(angabe) < WENIGSTENS:
        raise ValidationError("Das ist keine Telefonnummer. Bitte mit Vorwahl, zum Beispiel 03941 5970-22.")


def _ziffern(text) -> int:
    return sum(zeichen.isdigit() for zeichen in text)


def _ausgeglichen(text) -> str:
    """Without a bracket that only closes."""
    return text.rstrip(" )") if text.count(")") > text.count("(") else text
