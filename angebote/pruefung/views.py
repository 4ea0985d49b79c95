"""The office's two pages of a check: the list of points and the professional opinion."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from angebote.antrag.einsicht import antrag_eingesehen
from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, rollen
from angebote.pruefung import services
from angebote.pruefung.forms import PrueflisteForm, StellungnahmeForm
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.ablauf.views import back_when_too_late

GESPEICHERT = {
    "pruefliste": "Die Prüfliste ist gespeichert. Sie können jederzeit später weitermachen.",
    "stellung_nehmen": "Die Stellungnahme ist gespeichert. Eine zweite Person bestätigt sie.",
}
VORLAGEN = ("angebote/pruefung/pruefliste.html", "angebote/pruefung/stellung_nehmen.html")


@back_when_too_late("antraege:antrag")
def pruefliste(request, pk):
    return _seite(request, pk, "pruefliste", PrueflisteForm, services.pruefpunkte_speichern, VORLAGEN[0])


@back_when_too_late("antraege:antrag")
def stellungnahme(request, pk):
    return _seite(request, pk, "stellung_nehmen", StellungnahmeForm, services.stellung_nehmen, VORLAGEN[1])


def _seite(request, pk, action, form_class, dienst, vorlage):
    """Show and save one page of the check, if it is this person's and due."""
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk)
    _pruefen(antrag, action, rollen(request.user, antrag))
    form = form_class(request.POST if request.method == "POST" else None, row=antrag)
    if form.is_valid() and form.carry_out(dienst, by=request.user):
        messages.success(request, GESPEICHERT[action])
        return redirect("antraege:antrag", pk)
    antrag_eingesehen(request, antrag)
    return render(request, vorlage, {"antrag": antrag, "form": form})


def _pruefen(antrag, action, hats):
    RECHTE.require(hats, action, antrag)
    if not RECHTE.due(action, antrag):
        raise TransitionNotAllowed(ANTRAG.too_late(antrag, hats))
