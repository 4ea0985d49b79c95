"""What is kept about who writes on a draft of their school, and to whom one was offered."""

from angebote.zusammenarbeit.models import Entwurfsuebergabe, Mitschreibende
from schulerfolg.akte.verarbeitung import NACHWEIS, SCHRITT, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        SCHRITT,
        {Mitschreibende: "person", Entwurfsuebergabe: "von an"},
        NACHWEIS,
        "foerderakte",
        "Kollegium der Schule, die den Antrag schreibt",
    ),
]
OHNE_PERSONENBEZUG: dict = {}
