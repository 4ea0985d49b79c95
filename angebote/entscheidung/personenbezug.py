"""What a letter tells of people before it is sent: who would sign it, and why."""

from angebote.antrag.personenbezug import BETEILIGTE
from angebote.entscheidung.models import Briefvorschau
from schulerfolg.akte.verarbeitung import NACHWEIS, SCHRITT, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        SCHRITT,
        {Briefvorschau: "fuer begruendung text"},
        NACHWEIS,
        "foerderakte",
        f"nur, wer das Schreiben vor der Unterschrift ansieht; unterschrieben: {BETEILIGTE}",
        "Eine Vorschau bleibt, bis über den Antrag entschieden ist oder dieselbe Person eine neue bestellt.",
    ),
]
OHNE_PERSONENBEZUG = {Briefvorschau: "schritt art titel"}
