"""People who may open something, and those who may not, each with a hat and the reason in words."""

from dataclasses import dataclass, field

from netzwerkstellen.stelle.permissions import rollen
from schulerfolg.akte.models import Einsicht
from schulerfolg.dach.einblick.permissions import DER_SCHULE_BEKANNT, RECHTE
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle
from schulerfolg.zeit import datum

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
    return f"{grund}, bis {datum(zeile.bis)}" if zeile.bis else grund


def gruppen(lesende: list[Lesende], *, fuer_schule: bool = False) -> list[Gruppe]:
    """Side by side whoever has the same hat and reason, in the order they come."""
    gleiche: dict[tuple[str, str], list[Lesende]] = {}
    for zeile in lesende:
        gleiche.setdefault((zeile.hut, zeile.grund), []).append(zeile)
    return [_gruppe(zeilen, fuer_schule) for zeilen in gleiche.values()]


def _gruppe(zeilen, fuer_schule) -> Gruppe:
    bekannt = not fuer_schule or zeilen[0].rolle in DER_SCHULE_BEKANNT
    namen = [_name(zeile.person) for zeile in zeilen] if bekannt else []
    return Gruppe(zeilen[0].hut, zeilen[0].grund, len(zeilen), namen)


def _name(person) -> str:
    return f"{person} (noch nicht angemeldet)" if person.wartet_auf_anmeldung else str(person)


def zahl(lesende: list[Lesende]) -> int:
    return len({zeile.person.pk for zeile in lesende})


def blicke(person, netzwerkstelle, **nummern) -> dict:
    """The latest looks at these objects, for this person: with names only for those who answer for the record."""
    mit_namen = RECHTE.may(rollen(person, netzwerkstelle), "namen_lesen")
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
