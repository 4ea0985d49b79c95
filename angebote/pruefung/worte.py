"""Whether words of one text still stand in another. Pure functions; case, commas and line breaks do not count."""

import re
from difflib import SequenceMatcher

IN_A_ROW = 4


def stehen_noch(alt: str, neu: str) -> bool:
    """Whether four words of the old text, or half of a shorter one, still stand in a row in the new one."""
    worte, neue = _worte(alt), _worte(neu)
    lauf = SequenceMatcher(None, worte, neue, autojunk=False).find_longest_match()
    genug = min(IN_A_ROW, -(-min(len(worte), len(neue)) // 2))
    return bool(lauf.size) and lauf.size >= genug


def _worte(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
