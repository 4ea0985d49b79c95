"""A report holds figures; about people it only knows who worked on it."""

from schulerfolg.akte.verarbeitung import AUFGABE, EREIGNIS, EREIGNIS_OHNE, SCHRITT, Verarbeitung
from schulerfolg.berichte.models import Bericht, Berichtsereignis, Kennzahl

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
    Berichtsereignis: EREIGNIS_OHNE,
    Kennzahl: "gruppe titel reihe spalte quelle",
}
