"""What is kept about somebody who was invited, whether they answer or not."""

from netzwerkstellen.einladung.models import Einladung
from schulerfolg.akte.verarbeitung import AUFGABE, SCHRITT, Datenart, Verarbeitung

EINGELADEN = Datenart(
    "Name und E-Mail-Adresse, wenn Sie eingeladen werden oder selbst um Zugang bitten",
    "damit nur ein Konto bekommt, wer wirklich dazugehört",
)
VERARBEITUNGEN = [
    Verarbeitung(
        EINGELADEN,
        {Einladung: "email vorname nachname arbeitgeber anlass"},
        AUFGABE,
        "konto",
        "wer einlädt, Leitung der Netzwerkstelle oder Schule",
    ),
    Verarbeitung(
        SCHRITT,
        {Einladung: "eingeladen_durch angenommen_durch"},
        AUFGABE,
        "konto",
        "Team der Netzwerkstelle, Leitung der Schule",
    ),
]
OHNE_PERSONENBEZUG = {Einladung: "pruefsumme"}
