"""What is kept about who checked, asked, wrote and confirmed."""

from angebote.pruefung.models import Nachforderung, Pruefpunkt, Rueckfrage, Stellungnahme, Vorabdatei
from schulerfolg.akte.verarbeitung import NACHWEIS, SCHRITT, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        SCHRITT,
        {
            Pruefpunkt: "durch",
            Nachforderung: "gestellt_durch",
            Stellungnahme: "verfasst_durch bestaetigt_durch",
            Vorabdatei: "durch",
        },
        NACHWEIS,
        "foerderakte",
        "Netzwerkstelle, Prüfung; Rückfragen auch die Schule",
    ),
]
OHNE_PERSONENBEZUG = {
    Pruefpunkt: "schluessel notiz",
    Nachforderung: "warum",
    Rueckfrage: "abschnitt frage antwort",
    Stellungnahme: "text auflagen",
}
