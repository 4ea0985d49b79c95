"""Without a budget nothing can be awarded."""

from django.urls import reverse
from django.utils import timezone

from angebote.budget.models import Budget
from angebote.budget.permissions import RECHTE
from angebote.budget.services import budgetjahr
from angebote.foerderung.models import Budgetachse, Foerderregel
from schulerfolg.einrichtung import Platz, Punkt
from schulerfolg.geld import euro


def einrichtung(stellen):
    """Two queries: the budget of the year in which we are, as the rule of the office counts it; else a later one."""
    heute = timezone.localdate()
    regeln = Foerderregel.objects.gueltig().filter(netzwerkstelle__in=stellen)
    achsen = dict(regeln.values_list("netzwerkstelle", "budgetachse"))
    budgets = Budget.objects.filter(netzwerkstelle__in=stellen).order_by("-jahr")
    da = {(budget.netzwerkstelle_id, budget.jahr): budget for budget in budgets}
    for stelle in stellen:
        jahr = budgetjahr(heute, achsen.get(stelle.pk, Budgetachse.KALENDERJAHR))
        yield stelle.pk, _budget(jahr, da.get((stelle.pk, jahr)) or da.get((stelle.pk, jahr + 1)))


def _budget(jahr, budget) -> Punkt:
    return Punkt(
        Platz.BUDGET,
        "Budget",
        da=f"Für {budget.jahr} sind {euro(budget.ansatz)} eingetragen." if budget else "",
        fehlt="" if budget else f"Für {jahr} ist kein Budget eingetragen. Ohne Budget kann nichts bewilligt werden.",
        adresse=budget.get_absolute_url() if budget else reverse("budget:neu"),
        knopf="Budget anlegen",
        wer=RECHTE["anlegen"].roles,
    )
