"""Calls tell of nobody; of people the portal only knows who wrote a version."""

from angebote.runde.models import Foerderrunde, Rundenfassung
from schulerfolg.akte.verarbeitung import NACHWEIS, SCHRITT, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(SCHRITT, {Rundenfassung: "durch"}, NACHWEIS, "foerderakte", "Netzwerkstelle, Prüfung; sonst niemand"),
]
OHNE_PERSONENBEZUG = {Foerderrunde: "name ausschreibung uhrzeit anlagen", Rundenfassung: "inhalt"}
