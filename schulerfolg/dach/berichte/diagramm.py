"""Bars for a chart that the server draws: one list for the page and for the PDF."""

from dataclasses import dataclass

from schulerfolg.dach.berichte.kennzahlen import Tabelle

HOEHE = 44


@dataclass(frozen=True, slots=True)
class Balken:
    """One bar: its words, its value as text, where its three parts stand and how wide it is, in percent."""

    label: str
    wert: str
    breite: str
    y_text: int
    y_balken: int


@dataclass(frozen=True, slots=True)
class Diagramm:
    titel: str
    balken: list[Balken]

    @property
    def hoehe(self) -> int:
        return len(self.balken) * HOEHE


def diagramm(tabelle: Tabelle) -> Diagramm | None:
    """The chart beside this table; None where nothing is worth comparing."""
    zahlen = [zahl for _, reihe in tabelle.zeilen for zahl in reihe if zahl.im_diagramm]
    groesste = max((zahl.wert for zahl in zahlen), default=0)
    if not groesste:
        return None
    balken = [
        Balken(zahl.reihe, zahl.text, f"{zahl.wert * 100 / groesste:.2f}%", HOEHE * n + 18, HOEHE * n + 26)
        for n, zahl in enumerate(zahlen)
    ]
    return Diagramm(f"{tabelle.titel}: {zahlen[0].spalte}", balken)
