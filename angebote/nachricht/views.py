"""The thread of a case as a page of its own, what is sent from it, and the files in it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from angebote.antrag.einsicht import antrag_eingesehen, datei_eingesehen
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import rollen
from angebote.nachricht import services
from angebote.nachricht.einsicht import Art
from angebote.nachricht.forms import NachrichtForm, NotizForm
from angebote.nachricht.inhalt import faden, wohin
from angebote.nachricht.models import Nachricht
from angebote.nachricht.permissions import RECHTE, darf_notizen_lesen, ist_schule
from netzwerkstellen.stelle.views import run_step
from schulerfolg.ablauf.views import answered_once, back_when_too_late
from schulerfolg.datei.ausgabe import as_response
from schulerfolg.datei.hochladen import guarded
from schulerfolg.gesendet import only_posted
from schulerfolg.konten.einsicht import wer_sieht


@guarded
@answered_once
def nachrichten(request, pk):
    antrag, hats = _finden(request, pk)
    if request.method != "POST":
        return _seite(request, antrag, hats)
    RECHTE.require(hats, "schreiben", antrag)
    von, zu_gross = ist_schule(hats), request.waechter.zu_gross
    form = NachrichtForm(request.POST, request.FILES, row=antrag, von_schule=von, zu_gross=zu_gross)
    if form.is_valid() and form.carry_out(services.schreiben, then=lambda _: wohin(antrag), by=request.user):
        an = "Netzwerkstelle" if von else "Schule"
        messages.success(request, f"Ihre Nachricht ist bei der {an}. Sie bekommt eine Mail mit einem Link hierher.")
        return redirect(form.address)
    return _seite(request, antrag, hats, form=form)


def notiz(request, pk):
    antrag, hats = _finden(request, pk)
    if request.method != "POST":
        return redirect(wohin(antrag))
    RECHTE.require(hats, "notieren", antrag)
    form = NotizForm(request.POST, row=antrag)
    if form.is_valid() and form.carry_out(services.notieren, then=lambda _: wohin(antrag), by=request.user):
        messages.success(request, "Die Notiz ist gespeichert. Nur Ihre Netzwerkstelle sieht sie.")
        return redirect(form.address)
    return _seite(request, antrag, hats, notiz=form)


def _seite(request, antrag, hats, **formulare):
    antrag_eingesehen(request, antrag)
    als_gelesen(request, antrag)
    return render(request, "angebote/nachricht/seite.html", faden(antrag, request.user, hats, **formulare))


def als_gelesen(request, antrag) -> None:
    """Somebody opens the thread, here or on the page of the case; who looks as somebody else leaves no mark."""
    if request.method == "GET" and wer_sieht(request) == request.user:
        antrag.neue_nachrichten = services.lesen(antrag, by=request.user)


@require_safe
def herunterladen(request, pk, nachricht_pk):
    nachricht = _nachricht(request, pk, nachricht_pk)
    if nachricht.dokument is None or nachricht.zurueckgenommen_am:
        raise Http404
    datei_eingesehen(request, nachricht.antrag, Art.NACHRICHT, nachricht)
    return as_response(nachricht.dokument)


@only_posted("antraege:nachrichten", "pk")
@back_when_too_late("antraege:nachrichten")
def erledigen(request, pk, nachricht_pk):
    nachricht = _nachricht(request, pk, nachricht_pk)
    schritt = partial(services.erledigen, nachricht)
    return run_step(request, schritt, "Auf diese Nachricht wartet niemand mehr.", wohin(nachricht.antrag))


@only_posted("antraege:nachrichten", "pk")
@back_when_too_late("antraege:nachrichten")
def zuruecknehmen(request, pk, nachricht_pk):
    nachricht = _nachricht(request, pk, nachricht_pk)
    schritt = partial(services.zuruecknehmen, nachricht)
    return run_step(request, schritt, "Die Nachricht ist zurückgenommen.", wohin(nachricht.antrag))


def _finden(request, pk):
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk)
    return antrag, rollen(request.user, antrag)


def _nachricht(request, pk, nachricht_pk) -> Nachricht:
    """Of a case this person reads; a note they may not read is missing."""
    antrag, hats = _finden(request, pk)
    lesbar = antrag.nachrichten.lesbar(darf_notizen_lesen(hats))
    nachricht = get_object_or_404(lesbar.select_related("dokument"), pk=nachricht_pk)
    nachricht.antrag = antrag
    return nachricht
