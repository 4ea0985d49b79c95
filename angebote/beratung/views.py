"""Asking for advice and noting it: the pages below /beratungen/."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from angebote.beratung.filters import BeratungFilter
from angebote.beratung.forms import FORMEN, AnfrageForm, NotizForm, adresse
from angebote.beratung.models import Beratung
from angebote.beratung.permissions import RECHTE, irgendwo, rollen, steps
from angebote.beratung.workflow import ABLAUF
from schulerfolg.liste.seiten import seite_von
from schulerfolg.liste.views import liste_oder_treffer
from schulerfolg.workflow import TransitionNotAllowed

GELUNGEN = {
    "beraten": "Die Beratung ist festgehalten. Die Schule weiß Bescheid und kann jetzt ihren Antrag beginnen.",
    "absagen": "Die Anfrage ist beendet. Die Schule bekommt Ihre Begründung per Mail.",
}


@require_safe
def liste(request):
    beratungen = Beratung.objects.visible_to(request.user).for_list().wartende_zuerst()
    gefiltert = BeratungFilter(request.GET, queryset=beratungen, request=request)
    hats = irgendwo(request.user)
    context = {
        "filter": gefiltert,
        "page": seite_von(request, gefiltert.qs),
        "darf_anfragen": RECHTE.may(hats, "anfragen"),
        "darf_notieren": RECHTE.may(hats, "notieren"),
    }
    return liste_oder_treffer(request, "angebote/beratung/liste.html", context)


def neu(request):
    """„Ich habe eine Idee“."""
    RECHTE.require(irgendwo(request.user), "anfragen")
    form = AnfrageForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid() and form.gelingt(by=request.user):
        messages.success(request, "Ihre Idee ist bei der Netzwerkstelle. Sie meldet sich bei Ihnen.")
        return redirect(form.adresse)
    return render(request, "angebote/beratung/neu.html", {"form": form})


def notieren(request):
    RECHTE.require(irgendwo(request.user), "notieren")
    form = NotizForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid() and form.gelingt(by=request.user):
        messages.success(request, "Die Beratung ist festgehalten. Die Schule kann jetzt ihren Antrag beginnen.")
        return redirect(form.adresse)
    return render(request, "angebote/beratung/notieren.html", {"form": form})


@require_safe
def beratung(request, pk):
    beratung = _finden(request, pk)
    hats = rollen(request.user, beratung)
    context = {
        "beratung": beratung,
        "schritte": steps(hats, beratung),
        "antrag": beratung.antraege.visible_to(request.user).laufend().first(),
        "darf_beginnen": RECHTE.may(hats, "antrag_beginnen", beratung),
        "schluessel": uuid.uuid4(),
        "ereignisse": beratung.ereignisse.select_related("durch__zusammengefuehrt_mit"),
    }
    return render(request, "angebote/beratung/seite.html", context)


def schritt(request, pk, name):
    if name not in FORMEN:
        raise Http404
    beratung = _finden(request, pk)
    form = FORMEN[name](request.POST or None, beratung=beratung)
    try:
        step = ABLAUF.require(name, beratung.status, rollen(request.user, beratung))
        if request.method == "POST" and form.is_valid() and form.gelingt(by=request.user):
            messages.success(request, GELUNGEN[name])
            return redirect(form.adresse)
    except TransitionNotAllowed as error:
        messages.warning(request, str(error))
        return redirect(adresse(beratung))
    return render(request, "angebote/beratung/schritt.html", {"form": form, "beratung": beratung, "schritt": step})


def _finden(request, pk) -> Beratung:
    return get_object_or_404(Beratung.objects.visible_to(request.user).for_page(), pk=pk)
