"""How a Gremium resolves, as plain functions on numbers (VwVfG §§ 90, 91; fachdossier 5.3; entschieden.md)."""

from dataclasses import dataclass
from enum import StrEnum


class Ergebnis(StrEnum):
    ANGENOMMEN = "angenommen"
    ABGELEHNT = "abgelehnt"


@dataclass(frozen=True, slots=True)
class Beschlussfaehigkeit:
    """Whether the Gremium can resolve on one item, and how that was counted."""

    stimmberechtigt: int
    anwesend: int
    """Present members with a vote, those excluded on this item not counted."""
    ausgeschlossen: int
    """Members with a vote who are excluded on this item, present or not."""
    mindestens: int
    zweite_ladung: bool = False
    ungeladen: int = 0
    """Members with a vote who were neither invited nor came all the same (VwVfG § 90 (1): all are invited)."""

    @property
    def gegeben(self) -> bool:
        """More than half present, at least `mindestens` – with the excluded in the base and without them.

        A second invitation after a lack of quorum makes the Gremium quorate in any number, but not empty.
        """
        if self.ungeladen:
            return False
        if self.zweite_ladung:
            return self.anwesend >= 1
        return self.anwesend >= self.mindestens and all(2 * self.anwesend > basis for basis in self.grundlagen)

    @property
    def grundlagen(self) -> tuple[int, int]:
        """Both readings of the base: all members with a vote, and those who are not excluded."""
        return self.stimmberechtigt, self.stimmberechtigt - self.ausgeschlossen

    @property
    def satz(self) -> str:
        """The count in words, for the page and the minutes."""
        alle, ohne = self.grundlagen
        basis = (
            f"{alle} Stimmberechtigten"
            if alle == ohne
            else f"{alle} Stimmberechtigten, {self.ausgeschlossen} davon befangen"
        )
        if self.ungeladen:
            return f"{self.ungeladen} von {basis} ohne Ladung; geladen sein müssen alle (§ 90 Abs. 1 VwVfG)"
        if self.zweite_ladung:
            return f"{self.anwesend} anwesend von {basis}; zweite Ladung (§ 90 Abs. 2 VwVfG)"
        return f"{self.anwesend} anwesend von {basis}; nötig sind mehr als die Hälfte, mindestens {self.mindestens}"


@dataclass(frozen=True, slots=True)
class Auszaehlung:
    """The votes that count on one item, and what they mean by the majority of the votes cast."""

    ja: int
    nein: int
    enthaltung: int
    """Abstentions are not cast."""
    vorsitz: str | None
    """The chair's vote."""
    vorsitz_entscheidet: bool

    @property
    def begonnen(self) -> bool:
        return bool(self.ja or self.nein or self.enthaltung)

    @property
    def ergebnis(self) -> Ergebnis:
        """At a tie the chair's vote decides if the chair voted Ja or Nein and the rule says so; else the motion is lost
        (VwVfG § 91). Without a single Ja or Nein nothing is carried.
        """
        if self.ja > self.nein:
            return Ergebnis.ANGENOMMEN
        if self.ja == self.nein and self.ja > 0 and self.vorsitz_entscheidet and self.vorsitz == "ja":
            return Ergebnis.ANGENOMMEN
        return Ergebnis.ABGELEHNT

    def voraussicht(self, worueber: str, *, faehig: bool) -> str:
        """What the votes recorded so far would mean for `worueber`, before anybody closes the vote."""
        stand = gezaehlt(self.ja, self.nein, self.enthaltung)
        if not faehig:
            return f"{stand}. Ohne Beschlussfähigkeit ist das noch kein Ergebnis."
        stichentscheid = self.ja == self.nein > 0 and self.vorsitz_entscheidet and self.vorsitz in ("ja", "nein")
        warum = " Bei Gleichstand entscheidet die Stimme des Vorsitzes." if stichentscheid else ""
        wie = "angenommen" if self.ergebnis == Ergebnis.ANGENOMMEN else "ohne Mehrheit"
        return f"{stand}: {worueber} {wie}.{warum}"


def gezaehlt(ja: int, nein: int, enthaltung: int) -> str:
    """The count in words: „3 Ja, 1 Nein, 1 Enthaltung“."""
    return f"{ja} Ja, {nein} Nein, {enthaltung} Enthaltung{'' if enthaltung == 1 else 'en'}"
