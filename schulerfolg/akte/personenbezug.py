"""What the ground keeps about people."""

from schulerfolg.akte.models import Auftrag, Dokument, Einsicht, Idempotenz, Lebenszeichen, Zaehler
from schulerfolg.akte.verarbeitung import NACHWEIS, SICHERHEIT, Datenart, Verarbeitung

VERARBEITUNGEN = [
    Verarbeitung(
        Datenart(
            "Wer wann welchen Vorgang oder welche Datei geöffnet hat",
            "damit ein Missbrauch auffällt; gemessen wird damit niemand",
        ),
        {Einsicht: "person rolle was"},
        SICHERHEIT,
        "protokoll",
        "Leitung der Netzwerkstelle, Koordinierungsstelle, Prüfung; ohne Namen die Beteiligten des Vorgangs",
    ),
    Verarbeitung(
        Datenart(
            "Dateien und Schreiben mit allem, was darin steht", "damit belegt ist, was eingereicht und mitgeteilt wurde"
        ),
        {Dokument: "name inhalt"},
        NACHWEIS,
        "foerderakte",
        "die Beteiligten des Vorgangs, Prüfung",
        "Bytes, die sich nie ändern; muss etwas daraus gelöscht werden, tritt ein geschwärztes Dokument an die Stelle.",
    ),
    Verarbeitung(
        Datenart("Welches Formular Sie zuletzt abgeschickt haben", "damit ein doppelter Klick nichts doppelt auslöst"),
        {Idempotenz: "person antwort"},
        SICHERHEIT,
        "protokoll",
        "niemand; nur das Portal",
    ),
]
OHNE_PERSONENBEZUG = {
    Auftrag: "art nutzlast schluessel letzter_fehler",
    Dokument: "art medientyp sha256",
    Einsicht: "art stelle",
    Lebenszeichen: "helfer notiz",
    Zaehler: "schluessel",
}
