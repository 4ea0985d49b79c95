"""The figures of a report as a file that spreadsheets open as they are."""

import csv
import io

from schulerfolg.dach.berichte.kennzahlen import EURO, zahlen_von

GEFAEHRLICH = ("=", "+", "-", "@", "\t", "\r")
KOPF = ["Tabelle", "Zeile", "Spalte", "Wert", "Einheit", "Quelle"]


def als_csv(bericht) -> bytes:
    """UTF-8 with BOM, semicolons, decimal comma, one figure per line with its source."""
    datei = io.StringIO(newline="")
    schreiber = csv.writer(datei, delimiter=";", lineterminator="\r\n")
    schreiber.writerow(KOPF)
    for zahl in zahlen_von(bericht):
        wert = f"{zahl.wert:.2f}".replace(".", ",") if zahl.einheit == EURO else f"{zahl.wert:.0f}"
        texte = [zahl.titel, zahl.reihe, zahl.spalte]
        schreiber.writerow([*map(formelsicher, texte), wert, zahl.einheit, formelsicher(zahl.quelle)])
    return datei.getvalue().encode("utf-8-sig")


def formelsicher(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(GEFAEHRLICH) else text
