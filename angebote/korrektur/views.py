"""The school corrects what was marked; everybody who reads the case compares its Fassungen."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from angebote.antrag.einsicht import antrag_eingesehen
from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import rollen
from angebote.korrektur.forms import KorrekturForm
from angebote.korrektur.inhalt import gegenueber
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.ablauf.views import back_when_too_late
from schulerfolg.datei.hochladen import guarded


@guarded
@back_when_too_late("antraege:antrag")
def korrigieren(request, pk):
    """The marked places, and nothing else; kept as often as somebody likes, sent on another page."""
    antrag, offen = _offen(request, pk)
    gesendet = (request.POST, request.FILES) if request.method == "POST" else ()
    form = KorrekturForm(antrag, offen, *gesendet, zu_gross=request.waechter.zu_gross)
    if form.is_bound and form.speichern(by=request.user):
        messages.success(request, "Gespeichert. Im Antrag steht es, sobald die Korrekturen abgesendet sind.")
        if "weiter" in request.POST:
            return redirect("antraege:schritt", pk, offen.schritt)
        return redirect("antraege:korrekturen", pk)
    antrag_eingesehen(request, antrag)
    return render(request, "angebote/korrektur/korrigieren.html", {"antrag": antrag, "offen": offen, "form": form})


@require_safe
def vergleichen(request, pk):
    """What changed from one Fassung to another."""
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk, nummer__isnull=False)
    antrag_eingesehen(request, antrag)
    vergleich = gegenueber(antrag, request.GET.get("von", ""), request.GET.get("bis", ""))
    return render(request, "angebote/korrektur/vergleich.html", {"antrag": antrag, **vergleich})


def _offen(request, pk):
    """The case and what is asked of its school: 404 for strangers, 403 for readers, too late once it was answered."""
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk)
    hats = rollen(request.user, antrag)
    ANTRAG.require(antrag, "nachreichen", hats)
    offen = antrag.nachforderungen.filter(beantwortet_am=None, markierungen__isnull=False).first()
    if offen is None:
        raise TransitionNotAllowed("Zurzeit ist keine Angabe zur Korrektur geöffnet.")
    return antrag, offen
