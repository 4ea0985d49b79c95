"""Typical cost plans to start from, as data: `angebote/stammdaten/kostenplaene.json`. Their figures are examples."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATEI = Path(__file__).resolve().parent.parent / "stammdaten" / "kostenplaene.json"


@dataclass(frozen=True, slots=True)
class Kostenplan:
    """`posten`: rows by the names of their fields; the Kostenart by its key, numbers as people write them."""

    schluessel: str
    name: str
    worte: str
    posten: list[dict[str, str]]


@cache
def kostenplaene() -> dict[str, Kostenplan]:
    """The plans by their key, in the order of the file."""
    plaene = [Kostenplan(**plan) for plan in json.loads(DATEI.read_text(encoding="utf-8"))]
    return {plan.schluessel: plan for plan in plaene}
