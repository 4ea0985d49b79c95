"""What changed between two texts, word by word. Pure functions."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

WORT = re.compile(r"\s+|[^\s]+")
LANG = 40
"""Shorter texts are read faster whole, the old one and the new one."""


def unterschied(alt: str, neu: str) -> list[tuple[str, str]]:
    """Pairs of „gleich“, „weg“ or „neu“ and the words; put together, gleich and neu are the new text."""
    if not alt or not neu or max(len(alt), len(neu)) < LANG:
        return [(art, text) for art, text in (("weg", alt), ("neu", neu)) if text]
    return list(_stuecke(WORT.findall(alt), WORT.findall(neu)))


def verglichen(markierungen) -> list[tuple]:
    """Each place that was sent with the words that went and came; nothing where it stayed as it was."""
    return [(m, [] if m.nachher in (None, m.vorher) else unterschied(m.vorher, m.nachher)) for m in markierungen]


def _stuecke(alt: list[str], neu: list[str]) -> Iterator[tuple[str, str]]:
    for was, i1, i2, j1, j2 in SequenceMatcher(None, alt, neu, autojunk=False).get_opcodes():
        if was == "equal":
            yield "gleich", "".join(neu[j1:j2])
            continue
        if i2 > i1:
            yield "weg", "".join(alt[i1:i2])
        if j2 > j1:
            yield "neu", "".join(neu[j1:j2])
