"""Bodies are no people, but a freelancer who is paid for a project stands in the same table."""

from netzwerkstellen.organisation.models import Leistungsfeld, Organisation
from schulerfolg.akte.verarbeitung import NACHWEIS, SCHRITT, Datenart, Verarbeitung

HONORARKRAFT = Datenart(
    "Name und Anschrift von Honorarkräften und anderen, die für ein Projekt bezahlt werden",
    "damit der Kostenplan geprüft und das Geld gezahlt werden kann",
)
VERARBEITUNGEN = [
    Verarbeitung(
        HONORARKRAFT,
        {Organisation: "name einheit strasse plz ort website"},
        NACHWEIS,
        "foerderakte",
        "Schule, Netzwerkstelle, Gremium, Prüfung",
        "Nur bei der Art „Einzelperson“; alle anderen sind Einrichtungen.",
    ),
    Verarbeitung(
        SCHRITT,
        {Organisation: "bearbeitet_durch", Leistungsfeld: "bearbeitet_durch"},
        NACHWEIS,
        "konto",
        "Team der Netzwerkstelle, Koordinierungsstelle",
    ),
]
OHNE_PERSONENBEZUG = {Organisation: "schluessel", Leistungsfeld: "schluessel name text"}
