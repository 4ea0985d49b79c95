"""What is kept about who asked for advice and who gave it."""

from angebote.beratung.models import Beratung, Beratungsereignis
from schulerfolg.akte.verarbeitung import EREIGNIS, NACHWEIS, SCHRITT, SCHRITT_OHNE, Datenart, Verarbeitung

ERREICHEN = Datenart(
    "Wer ein Projekt leitet oder danach fragt, und wie die Person zu erreichen ist",
    "damit die Netzwerkstelle nachfragen und die Schule antworten kann",
)
VERARBEITUNGEN = [
    Verarbeitung(
        ERREICHEN,
        {Beratung: "angefragt_durch telefon wunsch zeiten termin treffpunkt"},
        NACHWEIS,
        "foerderakte",
        "Schule, Netzwerkstelle, Prüfung",
    ),
    Verarbeitung(
        SCHRITT,
        {Beratung: "beraten_durch", Beratungsereignis: EREIGNIS},
        NACHWEIS,
        "foerderakte",
        "Schule, Netzwerkstelle, Prüfung",
    ),
]
OHNE_PERSONENBEZUG = {Beratung: "titel was fuer_wen warum wie ergebnis", Beratungsereignis: SCHRITT_OHNE}
