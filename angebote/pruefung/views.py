"""The office's two pages of a check: the list of points and the professional opinion."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from angebote.antrag.einsicht import antrag_eingesehen
from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, rollen
from angebote.pruefung import services
from angebote.pruefung.forms import PrueflisteForm, StellungnahmeForm
from angebote.pruefung.inhalt import was_noch_offen_ist, wer_jetzt_bestaetigt, wer_schreibt
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.ablauf.views import back_when_too_late

VORLAGEN = ("angebote/pruefung/pruefliste.html", "angebote/pruefung/stellung_nehmen.html")


@back_when_too_late("antraege:antrag")
def pruefliste(request, pk):
    antrag = _zum_pruefen(request, pk, "pruefliste")
    form = PrueflisteForm(request.POST if request.method == "POST" else None, row=antrag)
    if form.is_valid() and form.carry_out(services.pruefpunkte_speichern, by=request.user):
        messages.success(request, f"Die Prüfliste ist gespeichert. {was_noch_offen_ist(antrag)}")
        return redirect(form.address)
    antrag_eingesehen(request, antrag)
    return render(request, VORLAGEN[0], {"antrag": antrag, "form": form})


@back_when_too_late("antraege:antrag")
def stellungnahme(request, pk):
    antrag = _zum_pruefen(request, pk, "stellung_nehmen")
    form = StellungnahmeForm(request.POST if request.method == "POST" else None, row=antrag, person=request.user)
    if form.is_valid() and form.carry_out(services.stellung_nehmen, then=_zum_antrag, by=request.user):
        messages.success(request, f"Die Stellungnahme ist gespeichert. {wer_jetzt_bestaetigt(antrag)}")
        return redirect(form.address)
    antrag_eingesehen(request, antrag)
    return render(request, VORLAGEN[1], {"antrag": antrag, "form": form, **wer_schreibt(antrag, request.user)})


def _zum_antrag(stellungnahme) -> str:
    return stellungnahme.antrag.get_absolute_url()


def _zum_pruefen(request, pk, action) -> Antrag:
    """The case whose check this person works on: 404 for strangers, 403 for readers, too late once it went on."""
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk)
    hats = rollen(request.user, antrag)
    RECHTE.require(hats, action, antrag)
    if not RECHTE.due(action, antrag):
        raise TransitionNotAllowed(ANTRAG.too_late(antrag, hats))
    return antrag
