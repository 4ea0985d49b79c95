"""Who presides over an item, and who declares its result (VwVfG §§ 89, 91; entschieden.md „Who declares a result“).

The chair, if present and not excluded on the item; else who stands in for the chair; else whom the members named for
it. With nobody, nothing is voted on. Whoever presides wears the hat Vorsitz for this item.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.models import Punktleitung, Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, Teilnahme, rollen
from gremien.sitzung.workflow import Rolle

NIEMAND = "Niemand leitet diesen Punkt. Bitte halten Sie zuerst fest, wer ihn leitet."


@dataclass(frozen=True, slots=True)
class Leitung:
    """One item: who is in the room and not excluded on it, and who of them presides."""

    punkt: Tagesordnungspunkt
    hier: list[Mitgliedschaft]
    mitglied: Mitgliedschaft | None
    bestimmt: bool = False
    """Whether the members named them for this item."""

    def hats(self, person, hats: set[Rolle]) -> set[Rolle]:
        """Their hats at this item."""
        leitet = self.mitglied is not None and self.mitglied.person_id == person.pk
        return hats | {Rolle.VORSITZ} if leitet else hats

    def teilnahme(self, wer: Teilnahme) -> Teilnahme:
        """What somebody in the meeting is and may do at this item."""
        hats = self.hats(wer.person, wer.hats)
        rechte = RECHTE.actions(hats, self.punkt.sitzung)
        return replace(wer, hats=hats, rechte=rechte - {"feststellen"} if self.hindernis(wer.person) else rechte)

    @property
    def niemand_stellt_fest(self) -> bool:
        """Whether everybody here who leads or keeps the minutes had a hand in the Stellungnahme."""
        fuehrend = [m for m in self.hier if m.leitet or m.rolle == Mitgliedschaft.Rolle.SCHRIFTFUEHRUNG]
        return all(_hat_stellung_genommen(m.person, self.punkt) for m in fuehrend)

    def hindernis(self, person) -> str:
        """Why this person does not declare the result of this item; empty for whoever does."""
        if self.mitglied is None:
            return NIEMAND
        sitz = next((m for m in self.hier if m.person_id == person.pk), None)
        fuehrt = sitz and (sitz == self.mitglied or sitz.leitet or sitz.rolle == Mitgliedschaft.Rolle.SCHRIFTFUEHRUNG)
        if not fuehrt:
            return (
                f"Das Ergebnis stellt {self.mitglied.person} fest – wer den Punkt leitet – oder die Schriftführung, "
                "wenn sie im Raum ist."
            )
        if _hat_stellung_genommen(person, self.punkt):
            return (
                "Sie haben die Stellungnahme zu diesem Antrag geschrieben oder bestätigt. Das Ergebnis stellt deshalb "
                "jemand anderes fest: wer den Punkt leitet, oder die Schriftführung."
            )
        return ""


def wer_leitet(punkt, hier: list[Mitgliedschaft], bestimmt: int | None) -> Leitung:
    """`hier`: who is in the room and not excluded; `bestimmt`: the seat that the members named last."""
    genannt = next((m for m in hier if m.pk == bestimmt), None)
    for rolle in Mitgliedschaft.LEITEN:
        if leitend := next((m for m in hier if m.rolle == rolle), None):
            leitung = Leitung(punkt, hier, leitend)
            return Leitung(punkt, hier, genannt, bestimmt=True) if genannt and leitung.niemand_stellt_fest else leitung
    return Leitung(punkt, hier, genannt, bestimmt=True)


def read_leitung(punkt) -> Leitung:
    """As it is now. Three queries."""
    sitzung = punkt.sitzung
    da = sitzung.mitglieder().filter(pk__in=sitzung.anwesenheiten.filter(bis=None).values("mitgliedschaft"))
    hier = list(da.exclude(pk__in=punkt.befangenheiten.schliessen_aus().values("mitgliedschaft")))
    return wer_leitet(punkt, hier, bestimmte([punkt]).get(punkt.pk))


def bestimmte(punkte: Iterable[Tagesordnungspunkt]) -> dict[int, int]:
    """By item the seat that the members named last. One query."""
    zeilen = Punktleitung.objects.filter(punkt__in=punkte, bestimmt=True).order_by("am", "pk")
    return dict(zeilen.values_list("punkt", "mitgliedschaft"))


def hats_am_punkt(person, punkt) -> set[Rolle]:
    """The hats this person wears at this item, in the meeting as it is now."""
    return read_leitung(punkt).hats(person, rollen(person, punkt.sitzung.gremium))


def _hat_stellung_genommen(person, punkt) -> bool:
    if punkt.antrag is None:
        return False
    eigene = Q(verfasst_durch=person) | Q(bestaetigt_durch=person)
    return punkt.antrag.stellungnahmen.filter(eigene).exists()
