"""People who may open something, and those who may not, each with a hat and the reason in words."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.formats import date_format

from schulerfolg.akte.models import Einsicht
from schulerfolg.einblick.permissions import DER_SCHULE_BEKANNT, liest_namen
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle

MOST_LOOKS = 50


@dataclass(frozen=True, slots=True)
class Lesende:
    """One person in one hat: whether what it is about is open to them today, and why."""

    person: Person
    rolle: Rolle
    hut: str
    grund: str
    offen: bool = True


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Everybody with the same hat and the same reason. Without `namen` only the number is told."""

    hut: str
    grund: str
    zahl: int
    namen: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Blick:
    """One look of the record: who (empty where names are not told), in which hat, at what, when."""

    wer: str
    einsicht: Einsicht


def hut(rolle, ort: str = "") -> str:
    return f"{Rolle(rolle).label}, {ort}" if ort else Rolle(rolle).label


def befristet(grund: str, zeile) -> str:
    return f"{grund}, bis {date_format(zeile.bis, 'd.m.Y')}" if zeile.bis else grund


def gruppen(lesende: list[Lesende], *, fuer_schule: bool = False) -> list[Gruppe]:
    """Side by side whoever has the same hat and reason, in the order they come."""
    rang = {schluessel: n for n, schluessel in enumerate(dict.fromkeys(map(_schluessel, lesende)))}
    ergebnis = []
    for (hut_, grund), gleiche in groupby(sorted(lesende, key=lambda z: rang[_schluessel(z)]), key=_schluessel):
        zeilen = list(gleiche)
        bekannt = not fuer_schule or zeilen[0].rolle in DER_SCHULE_BEKANNT
        ergebnis.append(Gruppe(hut_, grund, len(zeilen), [_name(z.person) for z in zeilen] if bekannt else []))
    return ergebnis


def _schluessel(zeile: Lesende):
    return zeile.hut, zeile.grund


def _name(person) -> str:
    return f"{person} (noch nicht angemeldet)" if person.ohne_konto else str(person)


def zahl(lesende: list[Lesende]) -> int:
    return len(Counter(zeile.person.pk for zeile in lesende))


def blicke(person, netzwerkstelle, **nummern) -> dict:
    """The latest looks at these objects, for this person: with names only for those who answer for the record."""
    mit_namen = liest_namen(person, netzwerkstelle)
    zeilen = Einsicht.objects.in_eines_von(**nummern)[:MOST_LOOKS]
    return {
        "blicke": [Blick(_wer(zeile, person, mit_namen), zeile) for zeile in zeilen],
        "mit_namen": mit_namen,
        "hoechstens": MOST_LOOKS,
    }


def _wer(zeile, person, mit_namen) -> str:
    if zeile.person_id == person.pk:
        return "Sie"
    return zeile.person.damals_und_heute if mit_namen else ""
