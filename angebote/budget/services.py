"""The only place that moves the columns of a Budget; every movement leaves a Buchung.

Lock order of the house: Budget → Antrag → counter. `sperren` locks the rows of a project in the order of the years.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from angebote.budget.models import Buchung, Budget
from schulerfolg.formular.konflikt import Konflikt
from schulerfolg.geld import euro, rounded


def budgetjahr(tag: date, achse: str) -> int:
    """The year of the budget a day falls into; a school year is named by the year in which it begins (1 August)."""
    return tag.year if achse == "kalenderjahr" or tag.month >= 8 else tag.year - 1


def budgettage(beginn: date, ende: date, achse: str) -> dict[int, int]:
    """The budget years a project falls into, in their order, and how many of its days lie in each."""
    tage: dict[int, int] = {}
    for ordinal in range(beginn.toordinal(), ende.toordinal() + 1):
        jahr = budgetjahr(date.fromordinal(ordinal), achse)
        tage[jahr] = tage.get(jahr, 0) + 1
    return tage


def aufteilen(betrag: Decimal, beginn: date, ende: date, achse: str) -> dict[int, Decimal]:
    """Split an amount over the budget years of a project by its days."""
    return verteilen(betrag, budgettage(beginn, ende, achse))


def verteilen(betrag: Decimal, gewichte: Mapping[int, int | Decimal]) -> dict[int, Decimal]:
    """Split an amount by weights, not all of them 0; the sum is exact to the cent.

    What is rounded is the sum up to each year, so no part is ever negative; a year that gets nothing is left out.
    """
    teile, bisher, verteilt = {}, Decimal(0), Decimal(0)
    for jahr, gewicht in gewichte.items():
        bisher += gewicht
        bis_hier = rounded(betrag * bisher / sum(gewichte.values()))
        if bis_hier > verteilt:
            teile[jahr] = bis_hier - verteilt
        verteilt = bis_hier
    return teile


def budgets_sperren(netzwerkstelle, jahre) -> dict[int, Budget]:
    """The budgets of these years, locked until the end of the transaction. A missing one is told in German."""
    zeilen = Budget.objects.select_for_update(of=("self",)).filter(netzwerkstelle=netzwerkstelle, jahr__in=jahre)
    budgets = {budget.jahr: budget for budget in zeilen.order_by("jahr")}
    fehlt = sorted(set(jahre) - set(budgets))
    if fehlt:
        raise ValidationError(f"Für {fehlt[0]} gibt es noch kein Budget. Bitte legt die Leitung es zuerst an.")
    return budgets


def sperren_soweit_da(netzwerkstelle, jahre) -> None:
    """Lock the budgets of these years that exist, in the order of every other lock."""
    zeilen = Budget.objects.select_for_update(of=("self",)).filter(netzwerkstelle=netzwerkstelle, jahr__in=jahre)
    list(zeilen.order_by("jahr"))


@transaction.atomic
def reservieren(antrag, teile: dict[int, Decimal], *, by, nummer="", am=None) -> None:
    """Set the money of a resolution aside; refused in German when a budget does not reach (fachdossier 4.2 (1))."""
    for jahr, budget in budgets_sperren(antrag.netzwerkstelle, teile).items():
        if budget.verfuegbar < teile[jahr]:
            raise ValidationError(f"Das Budget {jahr} reicht nicht: frei sind noch {euro(budget.verfuegbar)}.")
        budget.reserviert += teile[jahr]
        budget.save(update_fields=["reserviert"])
        _buchen(
            budget, Buchung.Art.RESERVIERUNG, teile[jahr], antrag, by, f"Reserviert für {antrag.nummer}", nummer, am
        )


@transaction.atomic
def reservierung_freigeben(antrag, *, by) -> None:
    """Give back what is set aside for this Antrag, in every year."""
    for budget, betrag, beschluss in _reserviert(antrag):
        budget.reserviert -= betrag
        budget.save(update_fields=["reserviert"])
        text = f"Reservierung frei: {antrag.nummer}"
        _buchen(budget, Buchung.Art.RESERVIERUNG, -betrag, antrag, by, text, *beschluss)


@transaction.atomic
def binden(antrag, *, by) -> None:
    """Turn what is set aside into an obligation, when the award is released (T18).

    Refused when not exactly the awarded amount is set aside.
    """
    zeilen = _reserviert(antrag)
    if sum(betrag for _, betrag, _ in zeilen) != antrag.bewilligt:
        raise ValidationError(
            "Für diesen Antrag ist nicht der bewilligte Betrag reserviert. Bitte prüfen Sie das Budget."
        )
    for budget, betrag, beschluss in zeilen:
        budget.reserviert -= betrag
        budget.gebunden += betrag
        budget.save(update_fields=["reserviert", "gebunden"])
        text = f"Reservierung eingelöst: {antrag.nummer}"
        _buchen(budget, Buchung.Art.RESERVIERUNG, -betrag, antrag, by, text, *beschluss)
        _buchen(budget, Buchung.Art.BINDUNG, betrag, antrag, by, f"Bewilligt: {antrag.nummer}", *beschluss)


@transaction.atomic
def ansatz_aendern(budget, *, by, ansatz: Decimal, sperre: Decimal, text: str, version: str | None = None) -> Budget:
    """Set the Ansatz and the Haushaltssperre; never below what is given away already.

    `version` is what a page showed: an old one lifts no Sperre that was set meanwhile (raises Konflikt).
    """
    budget = Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
    if version not in (None, budget.version):
        raise Konflikt("Dieses Budget wurde inzwischen geändert.", _was_gilt(budget), budget.version, budget)
    if (ansatz, sperre) == (budget.ansatz, budget.sperre):
        raise ValidationError("Ansatz und Haushaltssperre sind schon so eingetragen. Es gibt nichts zu buchen.")
    vergeben = budget.reserviert + budget.gebunden
    if ansatz - sperre < vergeben:
        raise ValidationError(
            f"So weit lässt sich das Budget nicht senken: {euro(vergeben)} sind schon reserviert oder bewilligt. "
            f"Nach der Haushaltssperre muss mindestens so viel übrig bleiben; es wären {euro(ansatz - sperre)}."
        )
    for art, alt, neu in (("ansatz", budget.ansatz, ansatz), ("sperre", budget.sperre, sperre)):
        if alt != neu:
            _buchen(budget, Buchung.Art(art), neu - alt, None, by, text)
    budget.ansatz, budget.sperre = ansatz, sperre
    budget.save(update_fields=["ansatz", "sperre"])
    return budget


@transaction.atomic
def budget_anlegen(netzwerkstelle, *, by, jahr: int, ansatz: Decimal, text="Ansatz") -> Budget:
    """Open the year. There is one budget for each office and year, however many people open it at once."""
    try:
        with transaction.atomic():
            budget = Budget.objects.create(netzwerkstelle=netzwerkstelle, jahr=jahr, ansatz=ansatz)
    except IntegrityError as error:
        if "budget_eines_je_stelle_und_jahr" not in str(error):
            raise
        raise ValidationError({"jahr": f"Das Budget {jahr} gibt es schon. Ändern Sie dort den Ansatz."}) from error
    if ansatz:
        _buchen(budget, Buchung.Art.ANSATZ, ansatz, None, by, text)
    return budget


def _was_gilt(budget) -> str:
    return f"Ansatz: {euro(budget.ansatz)}, Haushaltssperre: {euro(budget.sperre)}"


def _reserviert(antrag) -> list[tuple[Budget, Decimal, tuple]]:
    """The budgets that hold something set aside for this Antrag, locked, with the amount and its Beschluss."""
    summen: dict[int, Decimal] = {}
    beschluesse: dict[int, tuple] = {}
    for buchung in Buchung.objects.filter(antrag=antrag, art=Buchung.Art.RESERVIERUNG).order_by("pk"):
        summen[buchung.budget_id] = summen.get(buchung.budget_id, Decimal(0)) + buchung.betrag
        beschluesse[buchung.budget_id] = (buchung.beschluss_nummer, buchung.beschluss_am)
    budgets = Budget.objects.select_for_update(of=("self",)).filter(pk__in=summen).order_by("jahr")
    return [(budget, summen[budget.pk], beschluesse[budget.pk]) for budget in budgets if summen[budget.pk]]


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
