"""One page: the school asks, the office answers, a second person signs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from angebote.antrag.einsicht import antrag_eingesehen
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import rollen
from angebote.vorzeitig import services
from angebote.vorzeitig.forms import AntwortForm, BeantragenForm, BestaetigenForm
from angebote.vorzeitig.models import VorzeitigerBeginn
from angebote.vorzeitig.permissions import RECHTE
from angebote.vorzeitig.seite import vorzeitig_seite
from schulerfolg.ablauf.views import back_when_too_late
from schulerfolg.konten.anmeldung.frisch import require_fresh


@back_when_too_late("antraege:antrag")
def vorzeitig(request, pk):
    antrag, hats = _finden(request, pk)
    if request.method != "POST":
        return _seite(request, antrag, hats)
    RECHTE.require(hats, "beantragen", antrag)
    form = BeantragenForm(request.POST, row=antrag)
    if form.is_valid() and form.carry_out(services.beantragen, by=request.user):
        messages.success(request, "Ihre Bitte ist bei der Netzwerkstelle. Bestellen Sie erst, wenn sie zugestimmt hat.")
        return redirect(form.address)
    return _seite(request, antrag, hats, form=form)


@back_when_too_late("antraege:vorzeitig")
def antworten(request, pk):
    antrag, hats = _finden(request, pk)
    if request.method != "POST":
        return redirect("antraege:vorzeitig", pk)
    RECHTE.require(hats, "antworten", antrag)
    form = AntwortForm(request.POST, row=_offene(antrag))
    if form.is_valid() and form.carry_out(services.antworten, by=request.user):
        messages.success(request, "Die Antwort wartet auf die zweite Unterschrift. Die Schule erfährt noch nichts.")
        return redirect(form.address)
    return _seite(request, antrag, hats, antwort=form)


@back_when_too_late("antraege:vorzeitig")
def bestaetigen(request, pk):
    antrag, hats = _finden(request, pk)
    if request.method != "POST":
        return redirect("antraege:vorzeitig", pk)
    RECHTE.require(hats, "bestaetigen", antrag)
    form = BestaetigenForm(request.POST, row=_offene(antrag))
    require_fresh(request, f"Vorzeitiger Beginn: {antrag}")
    if form.is_valid() and form.carry_out(services.bestaetigen, by=request.user):
        messages.success(request, "Unterschrieben. Das Schreiben geht als PDF an die Schule.")
        return redirect(form.address)
    return _seite(request, antrag, hats, unterschrift=form)


def _seite(request, antrag, hats, **formulare):
    antrag_eingesehen(request, antrag)
    seite = vorzeitig_seite(antrag, request.user, hats, **formulare)
    return render(request, "angebote/vorzeitig/seite.html", seite)


def _finden(request, pk):
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk, nummer__isnull=False)
    return antrag, rollen(request.user, antrag)


def _offene(antrag) -> VorzeitigerBeginn:
    """The request that waits for an answer, else the last one: the service says that it came too late."""
    zeile = antrag.vorzeitige.offen().first() or antrag.vorzeitige.first()
    if zeile is None:
        raise Http404
    zeile.antrag = antrag
    return zeile
