"""The rules of the offices: the first one, what holds now, what held before, and the one that follows."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from angebote.foerderung import services
from angebote.foerderung.forms import ErsteRegelForm, NachfolgeForm
from angebote.foerderung.models import Foerderregel
from angebote.foerderung.permissions import RECHTE
from netzwerkstellen.models import Netzwerkstelle
from netzwerkstellen.stelle.permissions import irgendwo, rollen
from schulerfolg.konten.permissions import orte
from schulerfolg.liste.seiten import page_of


@require_safe
def liste(request):
    RECHTE.require(irgendwo(request.user), "ansehen")
    regeln = Foerderregel.objects.visible_to(request.user).for_list()
    eigene = orte(request.user, "mitarbeiten", "netzwerkstelle", RECHTE["festlegen"].roles)
    fehlt = Foerderregel.objects.fehlt(Netzwerkstelle.objects.managed_by(request.user).filter(pk__in=eigene))
    context = {"page": page_of(request, regeln), "heute": timezone.localdate(), "fehlt": fehlt}
    return render(request, "angebote/foerderung/liste.html", context)


@require_safe
def regel(request, pk):
    regel = _finden(request, pk)
    darf = RECHTE.may(rollen(request.user, regel.netzwerkstelle), "festlegen") and not _beendet(regel)
    return render(request, "angebote/foerderung/regel.html", {"regel": regel, "darf_festlegen": darf})


def erste(request, slug):
    stelle = get_object_or_404(Netzwerkstelle.objects.managed_by(request.user), slug=slug)
    RECHTE.require(rollen(request.user, stelle), "festlegen")
    if geltende := stelle.foerderregeln.nicht_beendet().order_by("von").first():
        messages.warning(request, "Ihre Stelle hat schon eine Regel. Eine neue folgt auf die heutige.")
        return redirect("foerderregeln:regel", geltende.pk)
    form = ErsteRegelForm(request.POST or None, netzwerkstelle=stelle)
    context = {"stelle": stelle, "titel": "Förderregel festlegen"}
    return _formular(request, form, services.erste_festlegen, "Die Regel gilt ab dem {:%d.%m.%Y}.", context)


def nachfolge(request, pk):
    regel = _finden(request, pk)
    RECHTE.require(rollen(request.user, regel.netzwerkstelle), "festlegen")
    if _beendet(regel):
        messages.warning(request, "Diese Regel gilt nicht mehr. Eine neue Regel folgt auf die heutige.")
        return redirect("foerderregeln:regel", regel.pk)
    form = NachfolgeForm(request.POST or None, regel=regel)
    context = {"stelle": regel.netzwerkstelle, "titel": "Neue Regel festlegen", "regel": regel}
    return _formular(request, form, services.nachfolge_festlegen, "Die neue Regel gilt ab dem {:%d.%m.%Y}.", context)


def _formular(request, form, schritt, meldung, context):
    """Show the form; on POST set the rule and open its page, or show what hinders it."""
    if request.method == "POST" and form.is_valid() and form.carry_out(schritt, then=_adresse, by=request.user):
        messages.success(request, meldung.format(form.cleaned_data["ab"]))
        return redirect(form.address)
    return render(request, "angebote/foerderung/formular.html", {"form": form, "regel": None, **context})


def _adresse(regel) -> str:
    return reverse("foerderregeln:regel", args=[regel.pk])


def _finden(request, pk) -> Foerderregel:
    return get_object_or_404(Foerderregel.objects.visible_to(request.user).for_list(), pk=pk)


def _beendet(regel) -> bool:
    return regel.bis is not None and regel.bis < timezone.localdate()
