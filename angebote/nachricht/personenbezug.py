"""What is kept about who wrote to whom, and who has read it."""

from angebote.antrag.personenbezug import BETEILIGTE
from angebote.nachricht.models import Lesevermerk, Nachricht
from schulerfolg.akte.verarbeitung import NACHWEIS, SCHRITT, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        SCHRITT,
        {Nachricht: "durch rolle erledigt_durch", Lesevermerk: "person"},
        NACHWEIS,
        "foerderakte",
        f"{BETEILIGTE}; interne Notizen nur Netzwerkstelle und Prüfung, die Koordinierungsstelle, wo die "
        "Netzwerkstelle Inhalte teilt",
    ),
]
OHNE_PERSONENBEZUG = {Nachricht: "text"}
