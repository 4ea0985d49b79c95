"""Rules and word lists tell of nobody."""

from angebote.foerderung.models import (
    Anlagenanforderung,
    Betragsband,
    Foerderregel,
    Kostenart,
    Thema,
    Zielgruppe,
)
from schulerfolg.akte.verarbeitung import Verarbeitung

VERARBEITUNGEN: list[Verarbeitung] = []
OHNE_PERSONENBEZUG = {
    Anlagenanforderung: "",
    Betragsband: "nachweis",
    Foerderregel: "grundlage",
    Kostenart: "schluessel name hinweis",
    Thema: "schluessel name",
    Zielgruppe: "schluessel name",
}
