"""How the items of a meeting stand at this moment: who may vote on what, and whether the Gremium can resolve.

Reads everything once for a whole meeting, then counts without the database. Stands after models.py and before
services.py.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from angebote.budget.services import aufteilen
from angebote.models import Budget
from gremien.abstimmung.models import Befangenheit
from gremien.abstimmung.regeln import Beschlussfaehigkeit
from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.vorlage import budgetlage

NICHT_BEFANGEN = Befangenheit.Entscheidung.NICHT_BEFANGEN


@dataclass(frozen=True, slots=True)
class Platz:
    """One seat with a vote: who holds it, who votes in it now, or why nobody does."""

    mitglied: Mitgliedschaft
    stimmt: Mitgliedschaft | None
    grund: str = ""


@dataclass(frozen=True, slots=True)
class Lage:
    """How one item stands: who may vote, and whether the Gremium can resolve."""

    plaetze: list[Platz]
    faehig: Beschlussfaehigkeit
    vorsitz: Mitgliedschaft | None
    """Who chairs this item: the chair, or whoever stands in when the chair is away or biased."""

    @property
    def stimmberechtigt(self) -> list[Mitgliedschaft]:
        """Present and not excluded, with a vote: members, and deputies in the place of a member."""
        return [platz.stimmt for platz in self.plaetze if platz.stimmt]

    @property
    def ohne_stimme(self) -> list[Platz]:
        return [platz for platz in self.plaetze if platz.stimmt is None]


class Saal:
    """The room of one meeting: members, who is there, who is biased on what. Four queries."""

    def __init__(self, sitzung):
        self.sitzung, self.gremium = sitzung, sitzung.gremium

    @cached_property
    def mitglieder(self) -> list[Mitgliedschaft]:
        """Everybody who is a member on the day of the meeting."""
        tag = timezone.localdate(self.sitzung.eroeffnet_am or self.sitzung.beginn)
        alle = self.gremium.mitgliedschaften.gueltig(tag).filter(person__is_active=True)
        return list(alle.for_list())

    @cached_property
    def da(self) -> set[int]:
        return set(self.sitzung.anwesenheiten.filter(bis=None).values_list("mitgliedschaft", flat=True))

    @cached_property
    def geladen(self) -> set[int]:
        return set(self.sitzung.ladungen.values_list("mitgliedschaft", flat=True))

    @cached_property
    def befangenheiten(self) -> dict[int, list[Befangenheit]]:
        """By item, with the members."""
        je_punkt = defaultdict(list)
        zeilen = Befangenheit.objects.filter(punkt__sitzung=self.sitzung).order_by("pk")
        for zeile in zeilen.select_related("mitgliedschaft__person", "festgehalten_durch", "entschieden_durch"):
            je_punkt[zeile.punkt_id].append(zeile)
        return je_punkt

    def befangen(self, punkt) -> set[int]:
        return ausgeschlossen(self.befangenheiten[punkt.pk])

    def lage(self, punkt, *, alle_da=False) -> Lage:
        """Count for one item. `alle_da` looks ahead: as if everybody came."""
        befangen = self.befangen(punkt)
        da = {m.pk for m in self.mitglieder} if alle_da else self.da
        plaetze = [self._platz(m, befangen, da) for m in self.mitglieder if m.stimmrecht and m.vertritt_id is None]
        ausgeschlossen = [p for p in plaetze if p.stimmt is None and p.mitglied.pk in befangen]
        ungeladen = [p for p in plaetze if p.mitglied.pk not in self.geladen | da]
        faehig = Beschlussfaehigkeit(
            stimmberechtigt=len(plaetze),
            anwesend=len([p for p in plaetze if p.stimmt]),
            ausgeschlossen=len(ausgeschlossen),
            mindestens=self.gremium.mindestens,
            zweite_ladung=self.sitzung.zweite_ladung,
            ungeladen=len(ungeladen),
        )
        return Lage(plaetze, faehig, self._vorsitz(befangen, da))

    def _platz(self, mitglied, befangen, da) -> Platz:
        vertretungen = [m for m in self.mitglieder if m.vertritt_id == mitglied.pk and m.stimmrecht]
        for m in (mitglied, *vertretungen):
            if m.pk in da and m.pk not in befangen:
                return Platz(mitglied, m, "" if m is mitglied else f"vertritt {mitglied.person}")
        return Platz(mitglied, None, "befangen" if mitglied.pk in befangen else "nicht anwesend")

    def _vorsitz(self, befangen, da) -> Mitgliedschaft | None:
        hier = [m for m in self.mitglieder if m.pk in da and m.pk not in befangen]
        reihenfolge = (Mitgliedschaft.Rolle.VORSITZ, Mitgliedschaft.Rolle.STELLV_VORSITZ)
        return next((m for rolle in reihenfolge for m in hier if m.rolle == rolle), None)


def ausgeschlossen(befangenheiten) -> set[int]:
    """Whose bias is decided or still to be decided: an open question excludes."""
    return {b.mitgliedschaft_id for b in befangenheiten if b.entscheidung != NICHT_BEFANGEN}


def lage(punkt) -> Lage:
    """The same for one item alone, live."""
    return Saal(punkt.sitzung).lage(punkt)


@dataclass(frozen=True, slots=True)
class Haushalt:
    """One budget beside an item: what is there, and what would remain after this award. Amounts in euros."""

    budget: Budget
    teil: Decimal

    @property
    def vergeben(self) -> Decimal:
        return self.budget.gebunden + self.budget.reserviert

    @property
    def nutzbar(self) -> Decimal:
        return self.budget.ansatz - self.budget.sperre

    @property
    def danach(self) -> Decimal:
        return self.budget.verfuegbar - self.teil

    @property
    def danach_vergeben(self) -> Decimal:
        return self.vergeben + self.teil


def haushalt(antrag, betrag: Decimal) -> tuple[list[Haushalt], list[int]]:
    """What this award would take from which budget, and the years that have no budget yet."""
    teile = aufteilen(betrag, antrag.beginn, antrag.ende, antrag.regel.budgetachse)
    budgets = budgetlage(antrag, teile)
    fehlt = sorted(set(teile) - {budget.jahr for budget in budgets})
    return [Haushalt(budget, teile[budget.jahr]) for budget in budgets], fehlt
