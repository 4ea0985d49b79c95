"""The Beschlussvorlage: what the members read of an Antrag, as plain data that is frozen with the invitation.

No bank data, no internal notes: the submitted text, the office's opinion, the rule in force and the money.
"""

from angebote.models import Antrag
from schulerfolg.geld import euro

NICHT_FUER_MITGLIEDER = {"erklaerungen", "regel"}
# How to reach people is no part of what is decided.
NICHT_FUER_DEN_BESCHLUSS = {"E-Mail-Adresse der Projektleitung", "Telefon der Projektleitung"}


def vorlage(antrag: Antrag) -> dict:
    """`{"nummer", "titel", "schule", "beantragt", "abschnitte", "stellungnahme", "regel"}`, fit for JSON."""
    fassung = antrag.fassungen.first()
    abschnitte = fassung.inhalt if fassung else []
    return {
        "nummer": antrag.nummer,
        "titel": antrag.anzeigetitel,
        "schule": str(antrag.schule),
        "beantragt": euro(antrag.beantragt),
        "abschnitte": [_gekuerzt(a) for a in abschnitte if a["name"] not in NICHT_FUER_MITGLIEDER],
        "stellungnahme": _stellungnahme(antrag),
        "regel": _regel(antrag.regel),
    }


def _gekuerzt(abschnitt) -> dict:
    zeilen = [zeile for zeile in abschnitt["zeilen"] if zeile[0] not in NICHT_FUER_DEN_BESCHLUSS]
    return {**abschnitt, "zeilen": zeilen}


def _stellungnahme(antrag):
    letzte = antrag.stellungnahmen.exclude(bestaetigt_am=None).first()
    if letzte is None:
        return []
    zeilen = [["Empfehlung", letzte.get_empfehlung_display()], ["Begründung", letzte.text]]
    if letzte.betrag:
        zeilen.insert(1, ["Empfohlener Betrag", euro(letzte.betrag)])
    if letzte.auflagen:
        zeilen.append(["Vorgeschlagene Auflagen", letzte.auflagen])
    return zeilen


def _regel(regel):
    if regel is None:
        return []
    art = "verbindlich" if regel.hoechstbetrag_hart else "Empfehlung"
    grenze = f"{euro(regel.hoechstbetrag)} je {regel.get_hoechstbetrag_je_display()} ({art})"
    return [["Höchstbetrag", grenze], *([["Grundlage", regel.grundlage]] if regel.grundlage else [])]
