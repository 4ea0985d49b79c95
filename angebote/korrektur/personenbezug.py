"""What is kept about who corrected."""

from angebote.korrektur.models import Markierung
from schulerfolg.akte.verarbeitung import NACHWEIS, SCHRITT, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        SCHRITT,
        {Markierung: "gespeichert_durch"},
        NACHWEIS,
        "foerderakte",
        "Netzwerkstelle, Prüfung und die Schule",
    ),
]
OHNE_PERSONENBEZUG = {Markierung: "abschnitt stelle titel bemerkung vorher eingabe antwort nachher"}
