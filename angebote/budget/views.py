"""The money of the offices: what there is, what is given away, and every movement."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from angebote.budget import services
from angebote.budget.filters import BuchungFilter, BudgetFilter
from angebote.budget.forms import BudgetForm, BudgetNeuForm
from angebote.budget.models import Budget
from angebote.budget.permissions import RECHTE, darf_irgendwo, liest_texte, may_with
from netzwerkstellen.stelle.permissions import rollen
from schulerfolg.konten.anmeldung.frisch import frisch_verlangen
from schulerfolg.liste.seiten import seite_von

NUR_STELLEN = "Budgets sehen die Netzwerkstellen, ihre Träger, die Koordinierungsstelle und die Prüfung."
NUR_LEITUNG = "Ein Budget legt die Leitung der Netzwerkstelle an und ändert es."


@require_safe
def liste(request):
    if not darf_irgendwo(request.user, "ansehen"):
        raise PermissionDenied(NUR_STELLEN)
    gefiltert = BudgetFilter(request.GET, queryset=Budget.objects.visible_to(request.user).for_list())
    context = {
        "filter": gefiltert,
        "page": seite_von(request, gefiltert.qs),
        "summen": gefiltert.qs.summen(),
        "darf_anlegen": darf_irgendwo(request.user, "anlegen"),
    }
    return render(request, "angebote/budget/liste.html", context)


@require_safe
def budget(request, pk):
    budget = _finden(request, pk)
    hats = rollen(request.user, budget.netzwerkstelle)
    mit_text = liest_texte(hats, budget.netzwerkstelle)
    gefiltert = BuchungFilter(request.GET, queryset=budget.buchungen.for_list(), mit_text=mit_text)
    page = seite_von(request, gefiltert.qs)
    context = {
        "budget": budget,
        "filter": gefiltert,
        "page": page,
        "mit_text": mit_text,
        "lesbar": budget.buchungen.lesbare_antraege(page, request.user),
        "darf_aendern": may_with(hats, "aendern"),
    }
    return render(request, "angebote/budget/budget.html", context)


def neu(request):
    stellen = list(
        request.user.mitarbeiten.gueltig().filter(rolle__in=RECHTE["anlegen"]).values_list("netzwerkstelle", flat=True)
    )
    if not stellen:
        raise PermissionDenied(NUR_LEITUNG)
    frisch_verlangen(request)
    form = BudgetNeuForm(request.POST or None, stellen=stellen)
    if request.method == "POST" and form.is_valid() and form.gelingt(services.budget_anlegen, by=request.user):
        messages.success(request, "Das Budget ist angelegt.")
        return redirect(form.ergebnis)
    return render(request, "angebote/budget/formular.html", {"form": form, "titel": "Neues Budget", "budget": None})


def aendern(request, pk):
    budget = _finden(request, pk)
    if not may_with(rollen(request.user, budget.netzwerkstelle), "aendern"):
        raise PermissionDenied(NUR_LEITUNG)
    frisch_verlangen(request)
    form = BudgetForm(request.POST or None, gegenstand=budget)
    if request.method == "POST" and form.is_valid() and form.gelingt(services.ansatz_aendern, by=request.user):
        messages.success(request, "Das Budget ist geändert. Die Buchung steht oben in der Liste.")
        return redirect(budget)
    return render(request, "angebote/budget/formular.html", {"form": form, "titel": "Budget ändern", "budget": budget})


def _finden(request, pk) -> Budget:
    return get_object_or_404(Budget.objects.visible_to(request.user).select_related("netzwerkstelle"), pk=pk)
