"""The rules of the offices: what holds now, what held before, and the one that follows."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from angebote.foerderung import services
from angebote.foerderung.forms import NachfolgeForm
from angebote.foerderung.models import Foerderregel
from angebote.foerderung.permissions import RECHTE
from netzwerkstellen.stelle.permissions import irgendwo, rollen
from schulerfolg.liste.seiten import page_of


@require_safe
def liste(request):
    RECHTE.require(irgendwo(request.user), "ansehen")
    regeln = Foerderregel.objects.visible_to(request.user).for_list()
    context = {"page": page_of(request, regeln), "heute": timezone.localdate()}
    return render(request, "angebote/foerderung/liste.html", context)


@require_safe
def regel(request, pk):
    regel = _finden(request, pk)
    darf = RECHTE.may(rollen(request.user, regel.netzwerkstelle), "festlegen") and not _beendet(regel)
    return render(request, "angebote/foerderung/regel.html", {"regel": regel, "darf_festlegen": darf})


def nachfolge(request, pk):
    regel = _finden(request, pk)
    RECHTE.require(rollen(request.user, regel.netzwerkstelle), "festlegen")
    if _beendet(regel):
        messages.warning(request, "Diese Regel gilt nicht mehr. Eine neue Regel folgt auf die heutige.")
        return redirect("foerderregeln:regel", regel.pk)
    form = NachfolgeForm(request.POST or None, regel=regel)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.nachfolge_festlegen, by=request.user):
        messages.success(request, f"Die neue Regel gilt ab dem {form.result.von:%d.%m.%Y}.")
        return redirect("foerderregeln:regel", form.result.pk)
    return render(request, "angebote/foerderung/nachfolge.html", {"form": form, "regel": regel})


def _finden(request, pk) -> Foerderregel:
    return get_object_or_404(Foerderregel.objects.visible_to(request.user).for_list(), pk=pk)


def _beendet(regel) -> bool:
    return regel.bis is not None and regel.bis < timezone.localdate()
