"""Who may see something and who looked lately: what the subjects offer, arranged for one reader."""

from collections.abc import Iterable
from dataclasses import dataclass

from netzwerkstellen.stelle.permissions import rollen
from schulerfolg.akte.models import Einsicht
from schulerfolg.dach.einblick.permissions import DER_SCHULE_BEKANNT, RECHTE
from schulerfolg.dach.gegenstaende import modules_named
from schulerfolg.konten.einsicht import Arten
from schulerfolg.konten.lesende import Lesende, Seite, Teil
from schulerfolg.konten.permissions import SCHULROLLEN

MOST_LOOKS = 50


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Everybody with the same hat and the same reason. Without `namen` only the number is told."""

    hut: str
    grund: str
    zahl: int
    namen: list[str]


@dataclass(frozen=True, slots=True)
class Abschnitt:
    """A section of its own: of another body, or of papers that have other readers."""

    titel: str
    worte: str
    gruppen: list[Gruppe]


@dataclass(frozen=True, slots=True)
class Blick:
    """One look of the record: who (empty where names are not told), in which hat, at what, when."""

    wer: str
    was: str
    einsicht: Einsicht


def seiten() -> list[Seite]:
    """Every page of this kind."""
    return [modul.SEITE for modul in modules_named("lesende") if hasattr(modul, "SEITE")]


def teile(seite: Seite, objekt) -> list[Teil]:
    """What each subject says of this object, from the ground up."""
    return [modul.TEILE[seite.name](objekt) for modul in modules_named("lesende") if seite.name in modul.TEILE]


def einblick_seite(seite: Seite, objekt, huete: set, *, person) -> dict:
    """The whole page for one reader with these hats towards the object, in a constant number of queries."""
    fuer_schule = huete <= set(SCHULROLLEN)
    alle = teile(seite, objekt)
    eigene = [zeile for teil in alle for zeile in teil.lesende if not teil.titel]
    offen = [zeile for zeile in eigene if zeile.offen]
    return {
        seite.name: objekt,
        "worte": " ".join(teil.worte for teil in alle if teil.worte and not teil.titel),
        "offen": gruppen(offen, fuer_schule=fuer_schule),
        "zahl": len({zeile.person.pk for zeile in offen}),
        "abschnitte": list(_abschnitte(alle, fuer_schule)),
        "zu": gruppen([zeile for zeile in eigene if not zeile.offen], fuer_schule=fuer_schule),
        **_blicke(seite, objekt, person),
    }


def _abschnitte(alle: list[Teil], fuer_schule: bool) -> Iterable[Abschnitt]:
    """A school is not told who of another body may not read: that may say why, such as a bias."""
    for teil in alle:
        zeilen = [zeile for zeile in teil.lesende if zeile.offen or not fuer_schule]
        if teil.titel and zeilen:
            yield Abschnitt(teil.titel, teil.worte, gruppen(zeilen, fuer_schule=fuer_schule))


def gruppen(lesende: list[Lesende], *, fuer_schule: bool) -> list[Gruppe]:
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


def _blicke(seite, objekt, person) -> dict:
    """The latest looks, for this person: with names only for those who answer for the record."""
    mit_namen = RECHTE.may(rollen(person, seite.stelle(objekt)), "namen_lesen")
    nummern: Arten = {}
    for modul in modules_named("einsicht"):
        nummern |= modul.EINSICHTEN[seite.name](objekt) if seite.name in modul.EINSICHTEN else {}
    worte = {art.value: art.label for art in nummern}
    blicke = [
        Blick(_wer(zeile, person, mit_namen), _was(zeile, worte[zeile.art], seite), zeile)
        for zeile in Einsicht.objects.in_eines_von(nummern)[:MOST_LOOKS]
    ]
    return {
        "blicke": blicke,
        "mit_namen": mit_namen,
        "hoechstens": MOST_LOOKS,
    }


def _wer(zeile, person, mit_namen) -> str:
    if zeile.person_id == person.pk:
        return "Sie"
    return zeile.person.damals_und_heute if mit_namen else ""


def _was(zeile, art, seite) -> str:
    """The kind of thing, and which one unless it is what the page is about."""
    return art if zeile.art == seite.name else f"{art}: {zeile.was}"
