"""What is kept about looks at the portal as somebody else."""

from schulerfolg.akte.verarbeitung import SICHERHEIT, Datenart, Verarbeitung
from schulerfolg.dach.ansicht.models import Ansicht, Ansichtsende, Ansichtsseite

VERARBEITUNGEN = [
    Verarbeitung(
        Datenart(
            "Wer von der Koordinierungsstelle das Portal mit Ihrer Sicht gelesen hat, warum und welche Seiten",
            "damit geholfen werden kann und Sie davon wissen",
        ),
        {Ansicht: "person durch begruendung", Ansichtsende: "ansicht", Ansichtsseite: "ansicht adresse"},
        SICHERHEIT,
        "protokoll",
        "die angesehene Person, Koordinierungsstelle, Prüfung",
    ),
]
OHNE_PERSONENBEZUG = {Ansichtsende: "anlass"}
