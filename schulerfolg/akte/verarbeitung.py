"""What the portal keeps about people: the shape in which each subject declares it, and where it is found.

A subject says so in `personenbezug.py` beside its models: `VERARBEITUNGEN`, and in `OHNE_PERSONENBEZUG` the columns
that tell of nobody. `docs/verzeichnis.md` (DSGVO Art. 30) and the privacy page (Art. 13) are made of it; a column that
is in neither list fails `tests/schulerfolg/akte/test_personenbezug.py`.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.db.models import Model

AUFGABE = "Aufgabe im öffentlichen Interesse (Art. 6 Abs. 1 Buchst. e DSGVO)"
NACHWEIS = "Nachweis der Förderung (Art. 6 Abs. 1 Buchst. c und e DSGVO; Art. 69 und 82 VO (EU) 2021/1060)"
VERFAHREN = "Verfahren des Gremiums (Art. 6 Abs. 1 Buchst. c und e DSGVO; §§ 20, 21, 88 bis 93 VwVfG)"
SICHERHEIT = "Sicherheit der Verarbeitung (Art. 6 Abs. 1 Buchst. c und e, Art. 32 DSGVO)"
EINVERSTAENDNIS = "Einverständnis der Person (Art. 6 Abs. 1 Buchst. a DSGVO)"


@dataclass(frozen=True, slots=True)
class Frist:
    """How long something is kept: `zahl` units, from an event on. `annahme`: no law names the number.

    The operator's own number stands in the setting `AUFBEWAHRUNG`, by the key of the period.
    """

    zahl: int
    einheit: str
    ab: str
    annahme: bool = True


FRISTEN = {
    "konto": Frist(12, "Monate", "nach dem Ende der letzten Rolle"),
    "foerderakte": Frist(
        5, "Jahre", "nach dem 31.12. des Jahres der letzten Zahlung der Verwaltungsbehörde an die Netzwerkstelle", False
    ),
    "abgelehnt": Frist(2, "Jahre", "nach der Ablehnung oder dem Rückzug"),
    "niederschrift": Frist(10, "Jahre", "nach der Sitzung"),
    "protokoll": Frist(12, "Monate", "nach dem Eintrag"),
    "kontakt": Frist(0, "Monate", "nach dem letzten Tag, an dem die Angabe gilt"),
    "anmeldung": Frist(1, "Tag", "nach dem Ende der Anmeldung", False),
    "eingabe": Frist(20, "Stunden", "nach dem Absenden", False),
}


def vergessen_vor(name: str, heute: date) -> date:
    """The day before which something of this period, counted in months, is kept no longer."""
    monate = settings.AUFBEWAHRUNG.get(name, FRISTEN[name].zahl)
    jahr, monat = divmod(heute.year * 12 + heute.month - 1 - monate, 12)
    return date(jahr, monat + 1, min(heute.day, monthrange(jahr, monat + 1)[1]))


def frist_in_worten(name: str) -> str:
    """„12 Monate nach dem Ende der letzten Rolle“."""
    frist = FRISTEN[name]
    zahl = settings.AUFBEWAHRUNG.get(name, frist.zahl)
    return f"{zahl} {frist.einheit} {frist.ab}" if zahl else f"sofort {frist.ab}"


@dataclass(frozen=True, slots=True)
class Datenart:
    """A kind of data in the words of the privacy page: what it is, and what it is for."""

    was: str
    wofuer: str


@dataclass(frozen=True, slots=True)
class Verarbeitung:
    """One line of the register. `felder`: per model the names of its columns. `frist`: a key of `FRISTEN`."""

    art: Datenart
    felder: dict[type[Model], str]
    grundlage: str
    frist: str
    empfaenger: str
    hinweis: str = ""


SCHRITT = Datenart(
    "Wer wann in welcher Rolle welchen Schritt getan hat", "damit jede Entscheidung nachvollziehbar bleibt"
)
EREIGNIS = "durch betrifft betrifft_auch begruendung"
EREIGNIS_OHNE = "schritt text rolle"
"""The columns of every Ereignis: those that tell of people, and those that never name anybody."""
SCHRITT_OHNE = f"{EREIGNIS_OHNE} von nach"


def erklaerungen() -> Iterator:
    """The `personenbezug` of every subject that has models, in the order of the apps."""
    for paket in dict.fromkeys(modell.__module__.rpartition(".")[0] for modell in apps.get_models()):
        if find_spec(f"{paket}.personenbezug"):
            yield import_module(f"{paket}.personenbezug")


def verarbeitungen() -> list[Verarbeitung]:
    return [verarbeitung for erklaerung in erklaerungen() for verarbeitung in erklaerung.VERARBEITUNGEN]


def datenarten() -> list[Datenart]:
    """Each kind of data once, for the privacy page."""
    return list(dict.fromkeys(verarbeitung.art for verarbeitung in verarbeitungen()))
