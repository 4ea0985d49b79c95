"""What the pages about corrections say: the places with old and new, and one Fassung beside another."""

from collections import Counter
from dataclasses import dataclass

from angebote.antrag.inhalt import fassungen
from angebote.korrektur.worte import unterschied


@dataclass(frozen=True, slots=True)
class Zeile:
    """One answer that differs; `stuecke` are the words that went, came and stayed."""

    label: str
    stuecke: list[tuple[str, str]]
    wie: str


def gegenueber(antrag, von: str, bis: str) -> dict:
    """Two Fassungen by their numbers, as text; without good ones the last two."""
    alle = fassungen(antrag)
    je_nummer = {str(fassung.nummer): fassung for fassung in alle}
    neu = je_nummer.get(bis) or alle[0]
    alt = je_nummer.get(von) or je_nummer.get(str(neu.nummer - 1)) or alle[-1]
    return {"alle": alle, "alt": alt, "neu": neu, "abschnitte": unterschiede(alt.inhalt, neu.inhalt)}


def unterschiede(alt: list[dict], neu: list[dict]) -> list[tuple[str, list[Zeile]]]:
    """Title and differing answers of each section, rows that went included; sections that say the same are left out."""
    titel = {teil["name"]: teil["titel"] for teil in [*neu, *alt]}
    vorher, nachher = _antworten(alt), _antworten(neu)
    abschnitte = []
    for name, worte in titel.items():
        labels = dict.fromkeys([*nachher.get(name, {}), *vorher.get(name, {})])
        zeilen = [_zeile(label, vorher.get(name, {}).get(label), nachher.get(name, {}).get(label)) for label in labels]
        if anders := [zeile for zeile in zeilen if zeile]:
            abschnitte.append((worte, anders))
    return abschnitte


def _zeile(label, alt, neu) -> Zeile | None:
    if alt == neu:
        return None
    wie = "neu" if alt is None else "entfällt" if neu is None else "geändert"
    return Zeile(label[0], unterschied(alt or "", neu or ""), wie)


def _antworten(inhalt) -> dict:
    """Section → (label, how often it came before) → text: two rows of one name stay two."""
    tabelle: dict[str, dict] = {}
    for teil in inhalt:
        gesehen: Counter = Counter()
        hier = tabelle.setdefault(teil["name"], {})
        for label, text in teil["zeilen"]:
            hier[label, gesehen[label]] = text
            gesehen[label] += 1
    return tabelle
