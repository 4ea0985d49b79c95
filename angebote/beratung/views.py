"""Asking for advice and noting it: the pages below /beratungen/."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from angebote.beratung import services
from angebote.beratung.filters import BeratungFilter
from angebote.beratung.forms import AenderungForm, AnfrageForm, NotizForm
from angebote.beratung.machine import kalendereintrag
from angebote.beratung.models import Beratung
from angebote.beratung.permissions import RECHTE, irgendwo, rollen
from angebote.beratung.schritte import SCHRITTE
from angebote.beratung.workflow import ABLAUF
from angebote.foerderung.filters import vorhaben_aus
from schulerfolg.ablauf.tabelle import Transition
from schulerfolg.ablauf.views import back_when_too_late, step_page
from schulerfolg.datei.ausgabe import as_response
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN
from schulerfolg.liste.seiten import page_of
from schulerfolg.liste.views import list_or_hits


@require_safe
def liste(request):
    beratungen = Beratung.objects.visible_to(request.user).for_list().wartende_zuerst()
    gefiltert = BeratungFilter(request.GET, queryset=beratungen, request=request)
    hats = irgendwo(request.user)
    context = {
        "filter": gefiltert,
        "page": page_of(request, gefiltert.qs),
        "darf_anfragen": RECHTE.may(hats, "anfragen"),
        "darf_notieren": RECHTE.may(hats, "notieren"),
        "ist_stelle": not hats.isdisjoint(STELLENROLLEN),
    }
    return list_or_hits(request, "angebote/beratung/liste.html", context)


def neu(request):
    """„Ich habe eine Idee“."""
    RECHTE.require(irgendwo(request.user), "anfragen")
    form = AnfrageForm(request.POST or None, person=request.user, vorhaben=vorhaben_aus(request.GET))
    if request.method == "POST" and form.is_valid() and form.carry_out(services.anfragen, by=request.user):
        messages.success(request, "Ihre Idee ist bei der Netzwerkstelle. Sie meldet sich bei Ihnen.")
        return redirect(form.address)
    return render(request, "angebote/beratung/neu.html", {"form": form})


def aendern(request, pk):
    beratung = _finden(request, pk)
    RECHTE.require(rollen(request.user, beratung), "aendern", beratung)
    form = AenderungForm(request.POST or None, row=beratung)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.aendern, by=request.user):
        messages.success(request, "Ihre Änderung ist gespeichert.")
        return redirect(form.address)
    return render(request, "angebote/beratung/aendern.html", {"form": form, "beratung": beratung})


@require_safe
def kalender(request, pk):
    """The agreed date as a file for the calendar."""
    beratung = _finden(request, pk)
    if beratung.termin is None:
        raise Http404
    return as_response(kalendereintrag(beratung))


def notieren(request):
    RECHTE.require(irgendwo(request.user), "notieren")
    form = NotizForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.notieren, by=request.user):
        messages.success(request, "Die Beratung ist festgehalten. Die Schule kann jetzt ihren Antrag beginnen.")
        return redirect(form.address)
    return render(request, "angebote/beratung/notieren.html", {"form": form})


@require_safe
def beratung(request, pk):
    beratung = _finden(request, pk)
    hats = rollen(request.user, beratung)
    context = {
        "beratung": beratung,
        "schritte": _knoepfe(beratung, ABLAUF.offered(beratung, request.user, hats)),
        "antrag": beratung.antraege.visible_to(request.user).laufend().first(),
        "darf_beginnen": RECHTE.may(hats, "antrag_beginnen", beratung),
        "darf_aendern": RECHTE.may(hats, "aendern", beratung),
        "schluessel": uuid.uuid4(),
        "ereignisse": beratung.ereignisse.for_list(),
        "ist_schule": not hats.isdisjoint(SCHULROLLEN),
        "von_der_schule": not rollen(beratung.angefragt_durch, beratung).isdisjoint(SCHULROLLEN),
    }
    return render(request, "angebote/beratung/seite.html", context)


def _knoepfe(beratung, schritte) -> list[tuple[Transition, str]]:
    """Each step with its kind of button: what comes next is the main one, what ends the request stands back."""
    naechster = "beraten" if beratung.termin else "verabreden"
    art = {naechster: "primary", "absagen": "tertiary", "zurueckziehen": "tertiary"}
    return [(schritt, art.get(schritt.name, "secondary")) for schritt in schritte]


@back_when_too_late("beratungen:beratung")
def schritt(request, pk, name):
    return step_page(request, SCHRITTE, _finden(request, pk), name)


def _finden(request, pk) -> Beratung:
    return get_object_or_404(Beratung.objects.visible_to(request.user).for_page(), pk=pk)
