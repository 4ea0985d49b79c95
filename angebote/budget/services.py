"""The only place that moves the columns of a Budget; every movement leaves a Buchung.

Lock order of the house: Budget → Antrag → counter. `sperren` locks the rows of a project in the order of the years.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import number_format

from angebote.budget.models import Buchung, Budget

CENT = Decimal("0.01")


def budgetjahr(tag: date, achse: str) -> int:
    """The year of the budget a day falls into; a school year is named by the year in which it begins (1 August)."""
    return tag.year if achse == "kalenderjahr" or tag.month >= 8 else tag.year - 1


def aufteilen(betrag: Decimal, beginn: date, ende: date, achse: str) -> dict[int, Decimal]:
    """Split an amount over the budget years of a project by its days; the sum is exact to the cent."""
    tage: dict[int, int] = {}
    for ordinal in range(beginn.toordinal(), ende.toordinal() + 1):
        jahr = budgetjahr(date.fromordinal(ordinal), achse)
        tage[jahr] = tage.get(jahr, 0) + 1
    teile = {
        jahr: (betrag * anzahl / sum(tage.values())).quantize(CENT, ROUND_HALF_UP) for jahr, anzahl in tage.items()
    }
    letztes = max(teile)
    teile[letztes] += betrag - sum(teile.values())
    return teile


def budgets_sperren(netzwerkstelle, jahre) -> dict[int, Budget]:
    """The budgets of these years, locked until the end of the transaction. A missing one is told in German."""
    zeilen = Budget.objects.select_for_update(of=("self",)).filter(netzwerkstelle=netzwerkstelle, jahr__in=jahre)
    budgets = {budget.jahr: budget for budget in zeilen.order_by("jahr")}
    fehlt = sorted(set(jahre) - set(budgets))
    if fehlt:
        raise ValidationError(f"Für {fehlt[0]} gibt es noch kein Budget. Bitte legt die Leitung es zuerst an.")
    return budgets


@transaction.atomic
def reservieren(antrag, teile: dict[int, Decimal], *, by, nummer="", am=None) -> None:
    """Set the money of a resolution aside; refused in German when a budget does not reach (fachdossier 4.2 (1))."""
    for jahr, budget in budgets_sperren(antrag.netzwerkstelle, teile).items():
        if budget.verfuegbar < teile[jahr]:
            frei = number_format(budget.verfuegbar, 2, use_l10n=True, force_grouping=True)
            raise ValidationError(f"Das Budget {jahr} reicht nicht: frei sind noch {frei} €.")
        budget.reserviert += teile[jahr]
        budget.save(update_fields=["reserviert"])
        _buchen(budget, Buchung.Art.RESERVIERUNG, teile[jahr], antrag, by, f"Reserviert für {antrag}", nummer, am)


@transaction.atomic
def reservierung_freigeben(antrag, *, by) -> None:
    """Give back what is set aside for this Antrag, in every year."""
    for budget, betrag in _gebucht(antrag, Buchung.Art.RESERVIERUNG):
        budget.reserviert -= betrag
        budget.save(update_fields=["reserviert"])
        _buchen(budget, Buchung.Art.RESERVIERUNG, -betrag, antrag, by, f"Reservierung frei: {antrag}")


@transaction.atomic
def binden(antrag, *, by) -> None:
    """Turn what is set aside into an obligation, when the award is released (T18)."""
    for budget, betrag in _gebucht(antrag, Buchung.Art.RESERVIERUNG):
        budget.reserviert -= betrag
        budget.gebunden += betrag
        budget.save(update_fields=["reserviert", "gebunden"])
        _buchen(budget, Buchung.Art.RESERVIERUNG, -betrag, antrag, by, f"Reservierung eingelöst: {antrag}")
        _buchen(budget, Buchung.Art.BINDUNG, betrag, antrag, by, f"Bewilligt: {antrag}")


@transaction.atomic
def ansatz_aendern(budget, *, by, ansatz: Decimal, sperre: Decimal, text: str) -> Budget:
    """Set the Ansatz and the Haushaltssperre; never below what is given away already."""
    budget = Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
    if ansatz - sperre < budget.reserviert + budget.gebunden:
        raise ValidationError("So weit lässt sich das Budget nicht senken: mehr ist schon reserviert oder bewilligt.")
    for art, alt, neu in (("ansatz", budget.ansatz, ansatz), ("sperre", budget.sperre, sperre)):
        if alt != neu:
            _buchen(budget, Buchung.Art(art), neu - alt, None, by, text)
    budget.ansatz, budget.sperre = ansatz, sperre
    budget.save(update_fields=["ansatz", "sperre"])
    return budget


@transaction.atomic
def budget_anlegen(netzwerkstelle, *, by, jahr: int, ansatz: Decimal, text="Ansatz") -> Budget:
    budget = Budget.objects.create(netzwerkstelle=netzwerkstelle, jahr=jahr, ansatz=ansatz)
    if ansatz:
        _buchen(budget, Buchung.Art.ANSATZ, ansatz, None, by, text)
    return budget


def _gebucht(antrag, art) -> list[tuple[Budget, Decimal]]:
    """The budgets that hold something of this kind for this Antrag, locked, with the amount."""
    summen: dict[int, Decimal] = {}
    for buchung in Buchung.objects.filter(antrag=antrag, art=art):
        summen[buchung.budget_id] = summen.get(buchung.budget_id, Decimal(0)) + buchung.betrag
    budgets = Budget.objects.select_for_update(of=("self",)).filter(pk__in=summen).order_by("jahr")
    return [(budget, summen[budget.pk]) for budget in budgets if summen[budget.pk]]


def _buchen(budget, art, betrag, antrag, by, text, nummer="", am=None):
    Buchung.objects.create(
        budget=budget,
        art=art,
        betrag=betrag,
        antrag=antrag,
        durch=by,
        text=text[:300],
        beschluss_nummer=nummer,
        beschluss_am=am,
    )
