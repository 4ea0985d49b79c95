"""What is kept about who was invited to a meeting and who was there."""

from angebote.beratung.personenbezug import ERREICHEN
from gremien.sitzung.models import (
    Anwesenheit,
    Beschlussvorlage,
    Ladung,
    Punktleitung,
    Sitzung,
    Sitzungsereignis,
    Tagesordnungspunkt,
)
from schulerfolg.akte.verarbeitung import EREIGNIS, SCHRITT, SCHRITT_OHNE, VERFAHREN, Datenart, Verarbeitung

MITWIRKUNG = Datenart(
    "Ladung, Anwesenheit, Stimme und Befangenheit der Mitglieder eines Gremiums",
    "damit ein Beschluss gültig ist und das belegt werden kann",
)
VERARBEITUNGEN = [
    Verarbeitung(
        MITWIRKUNG,
        {Ladung: "mitgliedschaft", Anwesenheit: "mitgliedschaft von bis"},
        VERFAHREN,
        "niederschrift",
        "Mitglieder desselben Gremiums, Netzwerkstelle, Prüfung",
    ),
    Verarbeitung(
        SCHRITT,
        {Sitzungsereignis: EREIGNIS, Punktleitung: "mitgliedschaft festgehalten_durch"},
        VERFAHREN,
        "niederschrift",
        "Mitglieder desselben Gremiums, Netzwerkstelle, Prüfung",
    ),
    Verarbeitung(
        ERREICHEN,
        {Beschlussvorlage: "inhalt"},
        VERFAHREN,
        "niederschrift",
        "Mitglieder desselben Gremiums, Netzwerkstelle, Prüfung",
        "Die Beschlussvorlage nennt die Projektleitung. Sie ist ein Schriftstück und behält den Wortlaut; muss ein "
        "Name daraus gelöscht werden, wird sie in einem festgehaltenen Verfahren ersetzt.",
    ),
]
OHNE_PERSONENBEZUG = {
    Sitzung: "nummer ort",
    Ladung: "ort",
    Sitzungsereignis: SCHRITT_OHNE,
    Tagesordnungspunkt: "titel warum",
}
