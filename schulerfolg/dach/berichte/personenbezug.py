"""A report holds figures; about people it only knows who worked on it."""

from schulerfolg.akte.verarbeitung import AUFGABE, EREIGNIS, SCHRITT, SCHRITT_OHNE, Verarbeitung
from schulerfolg.dach.berichte.models import Bericht, Berichtsereignis, Kennzahl

VERARBEITUNGEN = [
    Verarbeitung(
        SCHRITT,
        {Bericht: "verfasst_durch", Berichtsereignis: EREIGNIS},
        AUFGABE,
        "foerderakte",
        "Koordinierungsstelle, Prüfung",
    ),
]
OHNE_PERSONENBEZUG = {
    Bericht: "titel slug text",
    Berichtsereignis: SCHRITT_OHNE,
    Kennzahl: "gruppe titel reihe spalte quelle",
}
