"""The money of the offices: what there is, what is given away, and every movement."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from angebote.budget import services
from angebote.budget.filters import BuchungFilter, BudgetFilter
from angebote.budget.forms import BudgetForm, BudgetNeuForm
from angebote.budget.models import Budget
from angebote.budget.permissions import RECHTE
from netzwerkstellen.stelle.permissions import irgendwo, rollen
from schulerfolg.konten.anmeldung.frisch import require_fresh
from schulerfolg.liste.seiten import page_of


@require_safe
def liste(request):
    hats = irgendwo(request.user)
    RECHTE.require(hats, "ansehen")
    gefiltert = BudgetFilter(request.GET, queryset=Budget.objects.visible_to(request.user).for_list())
    context = {
        "filter": gefiltert,
        "page": page_of(request, gefiltert.qs),
        "summen": gefiltert.qs.summen(),
        "darf_anlegen": RECHTE.may(hats, "anlegen"),
    }
    return render(request, "angebote/budget/liste.html", context)


@require_safe
def budget(request, pk):
    budget = _finden(request, pk)
    hats = rollen(request.user, budget.netzwerkstelle)
    mit_text = RECHTE.may(hats, "texte_lesen", budget.netzwerkstelle)
    gefiltert = BuchungFilter(request.GET, queryset=budget.buchungen.for_list(), mit_text=mit_text)
    page = page_of(request, gefiltert.qs)
    context = {
        "budget": budget,
        "filter": gefiltert,
        "page": page,
        "mit_text": mit_text,
        "lesbar": budget.buchungen.lesbare_antraege(page, request.user),
        "darf_aendern": RECHTE.may(hats, "aendern"),
    }
    return render(request, "angebote/budget/budget.html", context)


def neu(request):
    RECHTE.require(irgendwo(request.user), "anlegen")
    hier = request.user.mitarbeiten.gueltig().filter(rolle__in=RECHTE["anlegen"].roles)
    stellen = list(hier.values_list("netzwerkstelle", flat=True))
    require_fresh(request, "Ein Budget anlegen")
    form = BudgetNeuForm(request.POST or None, stellen=stellen)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.budget_anlegen, by=request.user):
        messages.success(request, "Das Budget ist angelegt.")
        return redirect(form.address)
    return render(request, "angebote/budget/formular.html", {"form": form, "titel": "Neues Budget", "budget": None})


def aendern(request, pk):
    budget = _finden(request, pk)
    RECHTE.require(rollen(request.user, budget.netzwerkstelle), "aendern")
    require_fresh(request, f"{budget} ändern")
    form = BudgetForm(request.POST or None, row=budget)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.ansatz_aendern, by=request.user):
        messages.success(request, "Das Budget ist geändert. Die Buchung steht oben in der Liste.")
        return redirect(form.address)
    return render(request, "angebote/budget/formular.html", {"form": form, "titel": "Budget ändern", "budget": budget})


def _finden(request, pk) -> Budget:
    return get_object_or_404(Budget.objects.visible_to(request.user).select_related("netzwerkstelle"), pk=pk)
