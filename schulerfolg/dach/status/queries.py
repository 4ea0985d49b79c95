"""Whether the helpers behind the pages are well: the facts of `/status/` and of the card in the overview.

Four small queries, and one word with the scanner of files where there is one.
Nothing here tells of people, cases or addresses.
"""

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db.models import Min

from schulerfolg.akte.models import Auftrag, Lebenszeichen
from schulerfolg.datei import schadprogramme
from schulerfolg.konten.models import Mail

Helfer = Lebenszeichen.Helfer
HOECHSTENS = {
    Helfer.ARBEIT: timedelta(minutes=5),
    Helfer.TAGESLAUF: timedelta(hours=26),
    Helfer.SICHERUNG: timedelta(hours=26),
}
WARTEZEIT = timedelta(minutes=30)
PLATZ = 1_000_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Punkt:
    """One fact: for machines its `name`, for people `titel` and `text`."""

    name: str
    titel: str
    text: str
    gut: bool = True


OHNE_DATENBANK = [Punkt("datenbank", "Datenbank", "antwortet nicht", gut=False)]


def lage(jetzt: datetime) -> list[Punkt]:
    """Every fact, as it is at this moment. Raises an error of the database where it does not answer."""
    zuletzt = dict(Lebenszeichen.objects.values_list("helfer", "am"))
    aufgegeben = Auftrag.objects.aufgegeben().count()
    frei = shutil.disk_usage(settings.BASE_DIR).free
    return [
        Punkt("datenbank", "Datenbank", "antwortet"),
        *(_zuletzt(helfer, zuletzt.get(helfer), jetzt) for helfer in Helfer),
        _wartet("auftraege", "Schreiben und andere Aufträge", Auftrag.objects.offen(), jetzt),
        _wartet("mails", "Mails", Mail.objects.offen(), jetzt),
        Punkt("aufgegeben", "Gescheiterte Aufträge", str(aufgegeben) if aufgegeben else "keine", not aufgegeben),
        Punkt("speicher", "Freier Speicherplatz", f"{frei / 1_000_000_000:.0f} GB", frei > PLATZ),
        *_schadprogramme(jetzt),
    ]


def _zuletzt(helfer, am, jetzt) -> Punkt:
    titel = helfer.label[0].upper() + helfer.label[1:]
    if am is None:
        return Punkt(helfer.value, titel, "noch nie", gut=False)
    return Punkt(helfer.value, titel, f"zuletzt vor {dauer(jetzt - am)}", jetzt - am <= HOECHSTENS[helfer])


def _wartet(name, titel, zeilen, jetzt) -> Punkt:
    """What was tried and failed has its own reasons and is tried again later; what was never tried waits for us."""
    seit = zeilen.filter(versuche=0).aggregate(seit=Min("erstellt_am"))["seit"]
    if seit is None:
        return Punkt(name, titel, "nichts wartet")
    return Punkt(name, titel, f"der älteste Eintrag wartet seit {dauer(jetzt - seit)}", jetzt - seit <= WARTEZEIT)


def _schadprogramme(jetzt) -> Iterator[Punkt]:
    if zustand := schadprogramme.zustand(jetzt):
        yield Punkt("schadprogramme", "Prüfung auf Schadprogramme", *zustand)


def dauer(zeit: timedelta) -> str:
    """After „seit“ and „vor“: „3 Minuten“, „einer Stunde“, „30 Stunden“, „2 Tagen“."""
    minuten = max(0, int(zeit.total_seconds() // 60))
    stunden = minuten // 60
    if stunden >= 48:
        return f"{stunden // 24} Tagen"
    if stunden:
        return f"{stunden} Stunden" if stunden > 1 else "einer Stunde"
    return f"{minuten} Minuten" if minuten > 1 else "einer Minute" if minuten else "weniger als einer Minute"


@cache
def version() -> str:
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
