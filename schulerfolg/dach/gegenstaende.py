"""The subjects of the house, from the ground up: the one list that a new subject is written into.

What a subject offers stands in a file of its own: what waits for a person in `aufgaben.py`, its entries of the menus in
`menue.py`, its part of the page of a case in `teile.py`, what an office needs of it in `einrichtung.py`, who may see
something and why in `lesende.py`, what leaves a look in the record in `einsicht.py`. The roof only arranges it, in this
order or in one that the page names.
`tests/test_architecture.py` reads the list as well: inside an app, a subject imports only subjects before it.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

GEGENSTAENDE = (
    "netzwerkstellen.organisation",
    "netzwerkstellen.stelle",
    "netzwerkstellen.schule",
    "netzwerkstellen.einladung",
    "netzwerkstellen.registrierung",
    "netzwerkstellen.abwesenheit",
    "netzwerkstellen.kollegium",
    "netzwerkstellen.verwaltung",
    "netzwerkstellen.verzeichnis",
    "angebote.foerderung",
    "angebote.runde",
    "angebote.beratung",
    "angebote.budget",
    "angebote.antrag",
    "angebote.zusammenarbeit",
    "angebote.anlage",
    "angebote.korrektur",
    "angebote.nachricht",
    "angebote.pruefung",
    "angebote.entscheidung",
    "angebote.vorzeitig",
    "angebote.schulwechsel",
    "gremien.gremium",
    "gremien.sitzung",
    "gremien.befangenheit",
    "gremien.abstimmung",
    "gremien.niederschrift",
    "schulerfolg.dach.ansicht",
    "schulerfolg.dach.pruefrechte",
    "schulerfolg.dach.personen",
    "schulerfolg.dach.berichte",
    "schulerfolg.dach.einrichtung",
    "schulerfolg.dach.uebersicht",
    "schulerfolg.dach.status",
    "schulerfolg.dach.seiten",
)


@cache
def modules_named(file: str) -> tuple[Any, ...]:
    """The modules of this name, of every subject that has one, from the ground up."""
    names = [f"{subject}.{file}" for subject in GEGENSTAENDE]
    return tuple(import_module(name) for name in names if find_spec(name))
