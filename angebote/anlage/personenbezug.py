"""What is kept about who added a file; the file itself is a Dokument."""

from angebote.anlage.models import Anlage
from schulerfolg.akte.verarbeitung import NACHWEIS, SCHRITT, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        SCHRITT,
        {Anlage: "hochgeladen_durch"},
        NACHWEIS,
        "foerderakte",
        "die Beteiligten des Antrags, Prüfung",
        hinweis="Was aus einem Entwurf entfernt wird, ist nach sieben Tagen gelöscht.",
    ),
]
OHNE_PERSONENBEZUG: dict = {}
