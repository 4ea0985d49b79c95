"""Who asked for an early start, and who answered."""

from angebote.antrag.personenbezug import BETEILIGTE
from angebote.vorzeitig.models import VorzeitigerBeginn
from schulerfolg.akte.verarbeitung import NACHWEIS, SCHRITT, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        SCHRITT,
        {VorzeitigerBeginn: "beantragt_durch grund geschrieben_durch antwort beantwortet_durch schreiben"},
        NACHWEIS,
        "foerderakte",
        BETEILIGTE,
    ),
]
OHNE_PERSONENBEZUG: dict = {}
