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


def ergebnis(ja: int, nein: int, *, stimme_vorsitz: str | None, vorsitz_entscheidet: bool) -> Ergebnis:
    """The result by the majority of the votes cast; abstentions are not cast.

    At a tie the chair's vote decides if the chair voted Ja or Nein and the rule says so; else the motion is lost
    (VwVfG § 91). Without a single Ja or Nein nothing is carried.
    """
    if ja > nein:
        return Ergebnis.ANGENOMMEN
    if ja == nein and ja > 0 and vorsitz_entscheidet and stimme_vorsitz == "ja":
        return Ergebnis.ANGENOMMEN
    return Ergebnis.ABGELEHNT
