"""What is kept about the people at a school; no pupils, no parents."""

from netzwerkstellen.schule.models import Schule, Schulform, Schulsozialarbeit, Schulzugehoerigkeit
from schulerfolg.akte.verarbeitung import AUFGABE, SCHRITT, Verarbeitung
from schulerfolg.konten.personenbezug import ROLLE

VERARBEITUNGEN = [
    Verarbeitung(
        ROLLE,
        {Schulzugehoerigkeit: "person arbeitgeber"},
        AUFGABE,
        "konto",
        "Menschen derselben Schule, Netzwerkstelle, Koordinierungsstelle, Prüfung",
    ),
    Verarbeitung(
        SCHRITT,
        {Schule: "bearbeitet_durch", Schulform: "bearbeitet_durch"},
        AUFGABE,
        "konto",
        "Team der Netzwerkstelle, Koordinierungsstelle",
    ),
]
OHNE_PERSONENBEZUG = {
    Schule: "schluessel schulnummer name schultraeger strasse plz ort email telefon",
    Schulform: "schluessel name",
    Schulsozialarbeit: "traeger",
}
