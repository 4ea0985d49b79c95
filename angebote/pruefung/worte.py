"""Whether words of one text still stand in another, and what the school did, in words. Pure functions."""

import re
from difflib import SequenceMatcher

IN_A_ROW = 4


def stehen_noch(alt: str, neu: str) -> bool:
    """Whether four words of the old text, or half of a shorter one, still stand in a row in the new one.

    Case, commas and line breaks do not count.
    """
    worte, neue = _worte(alt), _worte(neu)
    lauf = SequenceMatcher(None, worte, neue, autojunk=False).find_longest_match()
    genug = min(IN_A_ROW, -(-min(len(worte), len(neue)) // 2))
    return bool(lauf.size) and lauf.size >= genug


def _worte(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def in_einem_satz(fragen: int, dateien: int, korrekturen: int) -> str:
    """„hat die Rückfragen beantwortet, zwei Angaben korrigiert …“ from three numbers; the history says it so."""
    teile = ["die Rückfragen beantwortet"] if fragen or not korrekturen else []
    if korrekturen:
        teile.append("eine Angabe bearbeitet" if korrekturen == 1 else f"{korrekturen} Angaben bearbeitet")
    if dateien:
        teile.append("eine Datei nachgereicht" if dateien == 1 else f"{dateien} Dateien nachgereicht")
    *andere, letzter = teile
    return f"hat {', '.join(andere)} und {letzter}" if andere else f"hat {letzter}"
