"""Who sees and does what with a meeting and its papers."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied

from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.workflow import ABLAUF, AGENDA_OFFEN, BEKANNT, PAPIERE_OFFEN, VORBEREITET, Rolle, Status
from schulerfolg.konten.permissions import Rolle as Hut
from schulerfolg.konten.permissions import getragene, landesrollen
from schulerfolg.workflow import Transition

R, M = Rolle, Mitgliedschaft.Rolle
VON_MITGLIED = {
    M.VORSITZ: R.VORSITZ,
    M.STELLV_VORSITZ: R.VORSITZ,
    M.SCHRIFTFUEHRUNG: R.SCHRIFTFUEHRUNG,
    M.MITGLIED: R.MITGLIED,
}
ALLE = list(Status)

# A table, to be read in columns.
# fmt: off
RECHTE = {
    # action              who                                                        only while
    "ansehen":           ((R.STELLE, R.VORSITZ, R.SCHRIFTFUEHRUNG, R.MITGLIED, R.LESEND, R.UEBERBLICK), ALLE),
    "planen":            ((R.STELLE, R.VORSITZ),                                     ALLE),
    "tagesordnung":      ((R.STELLE, R.VORSITZ),                                     AGENDA_OFFEN),
    "laden":             ((R.STELLE, R.VORSITZ),                                     VORBEREITET),
    "leiten":            ((R.VORSITZ, R.SCHRIFTFUEHRUNG, R.STELLE),                  [Status.LAUFEND]),
    "erklaeren":         ((R.VORSITZ, R.SCHRIFTFUEHRUNG, R.MITGLIED),                VORBEREITET),
    "festhalten":        ((R.VORSITZ, R.SCHRIFTFUEHRUNG, R.STELLE),                  VORBEREITET),
    "gruende_lesen":     ((R.STELLE, R.VORSITZ),                                     ALLE),
    "dokumente":         ((R.STELLE, R.VORSITZ, R.SCHRIFTFUEHRUNG, R.MITGLIED, R.LESEND), ALLE),
}
WER = {
    "planen":            "Sitzungen planen die Netzwerkstelle und der Vorsitz.",
    "tagesordnung":      "Die Tagesordnung machen die Netzwerkstelle und der Vorsitz.",
    "laden":             "Die Einladung verschicken die Netzwerkstelle und der Vorsitz.",
    "leiten":            "Das halten Vorsitz, Schriftführung oder Netzwerkstelle fest.",
    "erklaeren":         "Befangen sein kann nur, wer zum Gremium gehört.",
    "festhalten":        "Befangenheit für andere halten Vorsitz, Schriftführung oder Netzwerkstelle fest.",
    "dokumente":         "Einladung und Niederschrift lesen das Gremium und die Netzwerkstelle.",
}
# fmt: on


class Zugang(StrEnum):
    """Whether the papers of an item are open to somebody, and if not, why."""

    OFFEN = "offen"
    NOCH_NICHT = "noch_nicht"
    VERSCHWIEGENHEIT = "verschwiegenheit"
    BEFANGEN = "befangen"
    KEINER = "keiner"


def mitgliedschaft(person, gremium) -> Mitgliedschaft | None:
    """This person's seat in this Gremium today."""
    return person.mitgliedschaften.gueltig().filter(gremium=gremium).first()


@dataclass(frozen=True, slots=True)
class Teilnahme:
    """What one person is in one meeting: asked once per request and handed on."""

    hats: set[Rolle]
    sitz: Mitgliedschaft | None
    rechte: set[str]
    """What they may do now."""

    @property
    def nur_ueberblick(self) -> bool:
        """Sees dates, states and counts: the coordination office where nothing is shared."""
        return self.hats == {R.UEBERBLICK}


def teilnahme(person, sitzung) -> Teilnahme:
    sitz = mitgliedschaft(person, sitzung.gremium)
    hats = _huete(person, sitzung.gremium, sitz)
    return Teilnahme(hats, sitz, {action for action in RECHTE if may_with(hats, action, sitzung.status)})


def rollen(person, gremium) -> set[Rolle]:
    """The hats this person wears towards this Gremium and its meetings. None at all means: a stranger."""
    return _huete(person, gremium, mitgliedschaft(person, gremium))


def _huete(person, gremium, sitz) -> set[Rolle]:
    stelle = set(getragene(person, "mitarbeiten", netzwerkstelle=gremium.netzwerkstelle_id))
    landesweit = landesrollen(person)
    return was_zaehlt(gremium, stelle=stelle, landesweit=landesweit, sitz=sitz)


def was_zaehlt(gremium, *, stelle=frozenset(), landesweit=frozenset(), sitz=None) -> set[Rolle]:
    """The hats that follow from the roles at its office, for the Land, and from a seat in it.

    The coordination office reads along where the office shares its contents; else it sees dates, states and counts.
    """
    hats = set()
    if stelle & {Hut.SACHBEARBEITUNG, Hut.LEITUNG}:
        hats.add(R.STELLE)
    if stelle or Hut.PRUEFUNG in landesweit or (landesweit and gremium.netzwerkstelle.teilt_inhalte):
        hats.add(R.LESEND)
    elif landesweit:
        hats.add(R.UEBERBLICK)
    if sitz:
        hats |= {VON_MITGLIED[M(sitz.rolle)], R.MITGLIED}
    return hats


def sieht(hats: set[Rolle], sitzung) -> bool:
    """Whether the meeting is there for somebody with these hats: as `SitzungQuerySet.visible_to`, a test compares."""
    immer = {R.STELLE, R.LESEND, R.UEBERBLICK, R.VORSITZ}
    return not hats.isdisjoint(immer) or (R.MITGLIED in hats and sitzung.status in BEKANNT)


def may_with(hats: set[Rolle], action: str, status: str | None = None) -> bool:
    """Whether somebody with these hats may do this; with a status: whether the meeting is there for it, too."""
    roles, statuses = RECHTE[action]
    return not hats.isdisjoint(roles) and (status is None or status in statuses)


def require(hats: set[Rolle], action: str) -> None:
    """PermissionDenied with who may, for people with another hat; a moment that has passed is said by the service."""
    if not may_with(hats, action):
        raise PermissionDenied(WER[action])


def steps(hats: set[Rolle], sitzung) -> list[Transition]:
    """The buttons somebody with these hats sees on this meeting."""
    return ABLAUF.available(sitzung.status, hats)


def zugang(hats: set[Rolle], sitz: Mitgliedschaft | None, sitzung, *, befangen: bool) -> Zugang:
    """The papers of one item: for the office and its readers always, for a member from the invitation on, after the
    Verschwiegenheitsverpflichtung, and never where the member is or may be biased.
    """
    if sitz and befangen:
        return Zugang.BEFANGEN
    if not hats.isdisjoint({R.STELLE, R.LESEND}):
        return Zugang.OFFEN
    if sitz is None:
        return Zugang.KEINER
    if sitzung.status not in PAPIERE_OFFEN:
        return Zugang.NOCH_NICHT
    return Zugang.OFFEN if sitz.verschwiegen_am else Zugang.VERSCHWIEGENHEIT
