"""What is kept about somebody who asks for access; a request that was never confirmed is forgotten after 30 days."""

from netzwerkstellen.einladung.personenbezug import EINGELADEN
from netzwerkstellen.registrierung.models import Registrierung
from schulerfolg.akte.verarbeitung import AUFGABE, SCHRITT, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        EINGELADEN,
        {Registrierung: "email vorname nachname bezug person begruendung"},
        AUFGABE,
        "konto",
        "Leitung der Schule, Netzwerkstelle",
        "Nie bestätigte Anfragen vergisst das Portal nach 30 Tagen.",
    ),
    Verarbeitung(SCHRITT, {Registrierung: "entschieden_durch"}, AUFGABE, "konto", "Leitung der Schule, Netzwerkstelle"),
]
OHNE_PERSONENBEZUG = {Registrierung: "pruefsumme"}
