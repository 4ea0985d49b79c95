"""The rows of an invented application that say what it is for and for whom."""

from angebote.antrag.models_zeilen import Projektziel, Zielgruppenzahl
from demo.vorhaben import INDIKATOR, NACHWEIS


def ziel_und_gruppen(welt, antrag, vorhaben, ziel, gruppen, zeilen) -> None:
    """One goal, unless the draft has none yet, and how many of each Zielgruppe take part."""
    if ziel:
        zeilen[Projektziel].append(
            Projektziel(antrag=antrag, nummer=1, ziel=ziel, indikator=INDIKATOR, nachweis=NACHWEIS)
        )
    vars(antrag)["_ziel"] = ziel
    anzahlen = {schluessel: welt.zufall.randint(9, 64) for schluessel in vorhaben.gruppen}
    antrag.teilnehmende = sum(anzahlen.values())
    zeilen[Zielgruppenzahl] += [
        Zielgruppenzahl(antrag=antrag, zielgruppe=gruppen[name], anzahl=zahl) for name, zahl in anzahlen.items()
    ]
