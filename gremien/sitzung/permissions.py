"""Who sees and does what with a meeting and its papers."""

from dataclasses import dataclass
from enum import StrEnum

from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.workflow import ABLAUF, AGENDA_OFFEN, BEKANNT, PAPIERE_OFFEN, VORBEREITET, Rolle, Status
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle as Kontorolle
from schulerfolg.konten.permissions import hats_worn, landesrollen
from schulerfolg.rechte import Recht, Rechte

R, M = Rolle, Mitgliedschaft.Rolle
VON_MITGLIED = {
    M.VORSITZ: R.VORSITZ,
    M.STELLV_VORSITZ: R.VORSITZ,
    M.SCHRIFTFUEHRUNG: R.SCHRIFTFUEHRUNG,
    M.MITGLIED: R.MITGLIED,
}
IMMER = (R.STELLE, R.VORSITZ, R.LESEND, R.UEBERBLICK)
ALLE = tuple(Rolle)
LESENDE = (R.STELLE, R.VORSITZ, R.SCHRIFTFUEHRUNG, R.MITGLIED, R.LESEND)


def _weiss_davon(hats, sitzung) -> bool:
    return not hats.isdisjoint(IMMER) or sitzung.status in BEKANNT


# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Sitzungen eines Gremiums", """\
Beschlussvorlagen lesen Mitglieder ab der Einladung und nach der Verpflichtung zur Verschwiegenheit, nie zu einem
Punkt, bei dem sie befangen sind. „Lesend“ sind Freigabe beim Träger und Prüfung; „Überblick“ ist die
Koordinierungsstelle, die mitliest, wo die Netzwerkstelle ihre Inhalte teilt. Wann ein Schritt möglich ist und was er
voraussetzt, steht in [ablauf-sitzung.md](ablauf-sitzung.md).""", [
    #      action            who                                         what it allows                                     only while        words
    Recht("ansehen",        ALLE,                                       "Termin und Tagesordnung ansehen",                 None,             when=_weiss_davon, needs="Mitglieder, sobald eingeladen ist"),
    Recht("planen",         (R.STELLE, R.VORSITZ),                      "eine Sitzung planen",                             None,             denial="Sitzungen planen die Netzwerkstelle und der Vorsitz."),
    Recht("tagesordnung",   (R.STELLE, R.VORSITZ),                      "die Tagesordnung machen",                         AGENDA_OFFEN,     denial="Die Tagesordnung machen die Netzwerkstelle und der Vorsitz."),
    Recht("laden",          (R.STELLE, R.VORSITZ),                      "die Einladung verschicken",                       VORBEREITET,      denial="Die Einladung verschicken die Netzwerkstelle und der Vorsitz."),
    Recht("leiten",         (R.VORSITZ, R.SCHRIFTFUEHRUNG, R.STELLE),   "Anwesenheit und Stimmen festhalten",              [Status.LAUFEND], denial="Das halten Vorsitz, Schriftführung oder Netzwerkstelle fest."),
    Recht("feststellen",    (R.VORSITZ, R.SCHRIFTFUEHRUNG),             "das Ergebnis einer Abstimmung feststellen",       [Status.LAUFEND], needs="wer im Raum, nicht befangen und weder Verfasser noch Bestätiger der Stellungnahme ist", denial="Das Ergebnis stellt fest, wer den Punkt leitet, oder die Schriftführung. Die Netzwerkstelle kann die Stimmen festhalten."),
    Recht("erklaeren",      (R.VORSITZ, R.SCHRIFTFUEHRUNG, R.MITGLIED), "die eigene Befangenheit erklären",                VORBEREITET,      denial="Befangen sein kann nur, wer zum Gremium gehört."),
    Recht("festhalten",     (R.VORSITZ, R.SCHRIFTFUEHRUNG, R.STELLE),   "eine Befangenheit für jemand anderen festhalten", VORBEREITET,      denial="Befangenheit für andere halten Vorsitz, Schriftführung oder Netzwerkstelle fest."),
    Recht("gruende_lesen",  (R.VORSITZ, R.SCHRIFTFUEHRUNG, R.STELLE),   "Gründe einer Befangenheit lesen"),
    Recht("vorlagen_lesen", (R.STELLE, R.LESEND),                       "Beschlussvorlagen jederzeit lesen"),
    Recht("dokumente",      LESENDE,                                    "Einladung und Niederschrift laden",               None,             denial="Einladung und Niederschrift lesen das Gremium und die Netzwerkstelle."),
], steps=ABLAUF)
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

    person: Person
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
    hats = hats_with(person, sitzung.gremium, sitz)
    return Teilnahme(person, hats, sitz, RECHTE.actions(hats, sitzung))


def rollen(person, gremium) -> set[Rolle]:
    """The hats this person wears towards this Gremium and its meetings. None at all means: a stranger."""
    return hats_with(person, gremium, mitgliedschaft(person, gremium))


def hats_with(person, gremium, sitz) -> set[Rolle]:
    """The same for whoever has read the seat already."""
    stelle = set(hats_worn(person, "mitarbeiten", netzwerkstelle=gremium.netzwerkstelle_id))
    landesweit = landesrollen(person)
    return was_zaehlt(gremium, stelle=stelle, landesweit=landesweit, sitz=sitz)


def was_zaehlt(gremium, *, stelle=frozenset(), landesweit=frozenset(), sitz=None) -> set[Rolle]:
    """The hats that follow from the roles at its office, for the Land, and from a seat in it.

    The coordination office reads along where the office shares its contents; else it sees dates, states and counts.
    """
    hats = set()
    if stelle & {Kontorolle.SACHBEARBEITUNG, Kontorolle.LEITUNG}:
        hats.add(R.STELLE)
    if stelle or Kontorolle.PRUEFUNG in landesweit or (landesweit and gremium.netzwerkstelle.teilt_inhalte):
        hats.add(R.LESEND)
    elif landesweit:
        hats.add(R.UEBERBLICK)
    if sitz:
        hats |= {VON_MITGLIED[M(sitz.rolle)], R.MITGLIED}
    return hats


def zugang(hats: set[Rolle], sitz: Mitgliedschaft | None, sitzung, *, befangen: bool) -> Zugang:
    """The papers of one item: for the office and its readers always, for a member from the invitation on, after the
    Verschwiegenheitsverpflichtung, and never where the member is or may be biased.
    """
    if sitz and befangen:
        return Zugang.BEFANGEN
    if RECHTE.may(hats, "vorlagen_lesen"):
        return Zugang.OFFEN
    if sitz is None:
        return Zugang.KEINER
    if sitzung.status not in PAPIERE_OFFEN:
        return Zugang.NOCH_NICHT
    return Zugang.OFFEN if sitz.verschwiegen_am else Zugang.VERSCHWIEGENHEIT
