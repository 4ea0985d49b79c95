"""What an office is offered for its first rule: the defaults of the Land, each with where it comes from.

They stand in `angebote/stammdaten/foerderregel.json`, so that they change without a change of the code. No law names
them; every office decides for itself (fachdossier 3.7).
"""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

DATEI = Path(__file__).resolve().parent.parent / "stammdaten" / "foerderregel.json"
BETRAEGE = ("hoechstbetrag", "eigenanteil_prozent")


@cache
def vorgaben() -> dict:
    """The name of a field of the rule → what is proposed."""
    werte = {name: vorgabe["wert"] for name, vorgabe in _gelesen().items()}
    baender = [band | {"bis": Decimal(band["bis"])} for band in werte["baender"]]
    return werte | {name: Decimal(werte[name]) for name in BETRAEGE} | {"baender": baender}


@cache
def hinweise() -> dict[str, str]:
    """The name of a field → the sentence about what is proposed there; empty where nothing needs to be said."""
    return {name: vorgabe["hinweis"] for name, vorgabe in _gelesen().items()}


def _gelesen() -> dict:
    return json.loads(DATEI.read_text(encoding="utf-8"))
