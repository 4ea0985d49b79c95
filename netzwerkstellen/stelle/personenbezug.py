"""What an office keeps about the people who work for it and whom it names to the public."""

from netzwerkstellen.stelle.models import (
    Ansprechperson,
    Gemeinde,
    Mitarbeit,
    Netzwerkstelle,
    Standort,
    Stellenereignis,
    Traegerschaft,
)
from schulerfolg.akte.verarbeitung import (
    AUFGABE,
    EINVERSTAENDNIS,
    EREIGNIS,
    EREIGNIS_OHNE,
    SCHRITT,
    Datenart,
    Verarbeitung,
)
from schulerfolg.konten.personenbezug import ROLLE

VERARBEITUNGEN = [
    Verarbeitung(
        Datenart(
            "Name, Aufgabe, Telefon und E-Mail-Adresse der Ansprechpersonen einer Netzwerkstelle",
            "damit Schulen wissen, an wen sie sich wenden",
        ),
        {Ansprechperson: "name funktion telefon email"},
        EINVERSTAENDNIS,
        "kontakt",
        "alle, solange die Angabe öffentlich ist; sonst das Team der Netzwerkstelle",
    ),
    Verarbeitung(
        ROLLE, {Mitarbeit: "person"}, AUFGABE, "konto", "Team der Netzwerkstelle, Koordinierungsstelle, Prüfung"
    ),
    Verarbeitung(
        SCHRITT,
        {
            Stellenereignis: f"{EREIGNIS} ansprechperson einladung",
            Netzwerkstelle: "bearbeitet_durch",
            Standort: "bearbeitet_durch",
            Traegerschaft: "bearbeitet_durch",
            Ansprechperson: "bearbeitet_durch",
        },
        AUFGABE,
        "foerderakte",
        "Team der Netzwerkstelle, Koordinierungsstelle, Prüfung",
    ),
]
OHNE_PERSONENBEZUG = {
    Netzwerkstelle: "schluessel name region kurzname eigenname kuerzel slug ags nuts3 email telefon website "
    "beschreibung bba_name bba_hinweis",
    Gemeinde: "name",
    Standort: "schluessel ort strasse plz telefon",
    Traegerschaft: "schluessel organisation quelle",
    Ansprechperson: "schluessel",
    Stellenereignis: EREIGNIS_OHNE,
}
