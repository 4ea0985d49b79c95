"""Brings the rows of the data files into the database, and leaves alone what people look after.

A row is named by its `schluessel`. Once somebody has edited it (`bearbeitet_am`), the file no longer counts.
Nothing is ever deleted.
"""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from netzwerkstellen.organisation.models import Leistungsfeld, Organisation
from netzwerkstellen.schule.models import Schulform
from netzwerkstellen.stelle.models import Ansprechperson, Gemeinde, Netzwerkstelle, Standort, Traegerschaft

ORDNER = Path(__file__).resolve().parent
# In this order: a row may name rows of the files before it.
DATEIEN = {
    "organisationen.csv": Organisation,
    "leistungsfelder.json": Leistungsfeld,
    "schulformen.csv": Schulform,
    "netzwerkstellen.json": Netzwerkstelle,
    "standorte.csv": Standort,
    "traegerschaften.csv": Traegerschaft,
    "ansprechpersonen.csv": Ansprechperson,
}


@dataclass(frozen=True)
class Ergebnis:
    """What happened to the rows of one file, as numbers of rows."""

    name: str
    neu: int
    aktualisiert: int
    unveraendert: int
    von_hand: int = 0

    def __str__(self):
        zahlen = {"neu": self.neu, "aktualisiert": self.aktualisiert, "unverändert": self.unveraendert}
        zahlen["von Hand gepflegt"] = self.von_hand
        return f"{self.name}: " + (", ".join(f"{zahl} {was}" for was, zahl in zahlen.items() if zahl) or "leer")


@transaction.atomic
def laden(ordner: Path = ORDNER) -> list[Ergebnis]:
    """Load the offices and everything around them. A second run changes nothing."""
    ergebnisse = [abgleichen(model, zeilen_lesen(ordner / datei)) for datei, model in DATEIEN.items()]
    return [*ergebnisse, gemeinden_laden(zeilen_lesen(ordner / "gemeinden.csv"))]


def zeilen_lesen(datei: Path) -> list[dict]:
    """The rows of a JSON list, or of a CSV file with `;` and a header line."""
    text = datei.read_text(encoding="utf-8")
    return json.loads(text) if datei.suffix == ".json" else list(csv.DictReader(text.splitlines(), delimiter=";"))


def abgleichen(model, zeilen: list[dict]) -> Ergebnis:
    """Create the missing rows, update those that differ and were never edited by a person."""
    vorhanden = {zeile.schluessel: zeile for zeile in model._default_manager.exclude(schluessel=None)}
    neu, anders, von_hand = [], [], 0
    for werte in _werte(model, zeilen):
        zeile = vorhanden.get(werte["schluessel"])
        if zeile is None:
            neu.append(model(**werte))
        elif zeile.bearbeitet_am:
            von_hand += 1
        elif any(getattr(zeile, feld) != wert for feld, wert in werte.items()):
            for feld, wert in werte.items():
                setattr(zeile, feld, wert)
            anders.append(zeile)
    model._default_manager.bulk_create(neu)
    if anders:
        model._default_manager.bulk_update(anders, [spalte for spalte in zeilen[0] if spalte != "schluessel"])
    gleich = len(zeilen) - len(neu) - len(anders) - von_hand
    return Ergebnis(str(model._meta.verbose_name_plural), len(neu), len(anders), gleich, von_hand)


def gemeinden_laden(zeilen: list[dict]) -> Ergebnis:
    """Municipalities carry no key and are not edited: what is missing is added."""
    stellen = dict(Netzwerkstelle.objects.values_list("ags", "pk"))
    vorher = Gemeinde.objects.count()
    Gemeinde.objects.bulk_create(
        [Gemeinde(name=zeile["gemeinde"], netzwerkstelle_id=stellen[zeile["ags"]]) for zeile in zeilen],
        ignore_conflicts=True,
    )
    neu = Gemeinde.objects.count() - vorher
    return Ergebnis(str(Gemeinde._meta.verbose_name_plural), neu, 0, len(zeilen) - neu)


def _werte(model, zeilen) -> list[dict]:
    """The rows as values of the model's columns; a column that names another table holds that row's Schlüssel."""
    felder = {name: model._meta.get_field(name) for name in (zeilen[0] if zeilen else ())}
    bezuege = {
        name: dict(feld.related_model._default_manager.exclude(schluessel=None).values_list("schluessel", "pk"))
        for name, feld in felder.items()
        if feld.is_relation
    }
    return [
        {
            feld.attname: (bezuege[name][zeile[name]] if zeile[name] else None)
            if feld.is_relation
            else _wert(feld, zeile[name])
            for name, feld in felder.items()
        }
        for zeile in zeilen
    ]


def _wert(feld, roh):
    """One cell: `ja` is true, an empty date is unknown, a list of strings is a text of several paragraphs."""
    if isinstance(roh, list):
        return "\n\n".join(roh)
    if isinstance(feld, models.BooleanField):
        return roh in ("ja", True)
    return None if roh == "" and feld.null else feld.to_python(roh)
