"""Of people the ledger only knows who booked."""

from angebote.budget.models import Buchung, Budget
from schulerfolg.akte.verarbeitung import NACHWEIS, SCHRITT, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        SCHRITT,
        {Buchung: "durch"},
        NACHWEIS,
        "foerderakte",
        "Netzwerkstelle, Prüfung; ohne Namen die Koordinierungsstelle",
    ),
]
OHNE_PERSONENBEZUG = {Budget: "", Buchung: "text beschluss_nummer"}
