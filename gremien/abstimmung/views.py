"""The page of a meeting with its steps, and of one item: papers, bias, vote, resolution."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from gremien.abstimmung import services
from gremien.abstimmung.forms import AbstimmungForm
from gremien.abstimmung.lage import lage, saal
from gremien.abstimmung.seite import punkt_seite
from gremien.befangenheit import services as befangenheit
from gremien.sitzung import services as sitzungen
from gremien.sitzung.forms import SchrittForm
from gremien.sitzung.machine import SITZUNG
from gremien.sitzung.models import Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, Zugang, rollen, teilnahme
from gremien.sitzung.seite import sitzung_seite
from gremien.sitzung.views import finden, tun
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.models import Einsicht
from schulerfolg.konten.einsicht import einsehen

DIENSTE = {
    "einladen": befangenheit.einladen,
    "eroeffnen": befangenheit.eroeffnen,
    "schliessen": sitzungen.schliessen,
    "absagen": sitzungen.absagen,
}
GELUNGEN = {
    "einladen": "Alle Mitglieder werden eingeladen; bei jedem sehen Sie, wann die Einladung versandt ist.",
    "eroeffnen": "Die Sitzung läuft. Halten Sie jetzt fest, wer da ist.",
    "schliessen": "Die Sitzung ist geschlossen. Die Niederschrift finden Sie hier, sobald sie erstellt ist.",
    "absagen": "Die Sitzung ist abgesagt. Ihre Anträge sind wieder bereit für das Gremium.",
}


@require_safe
def sitzung(request, pk):
    sitzung = finden(request, pk)
    seite = sitzung_seite(saal(sitzung), teilnahme(request.user, sitzung))
    return render(request, "gremien/sitzung/sitzung.html", seite)


def schritt(request, pk, schritt):
    """Take a step of the meeting, after a page that says what it does."""
    sitzung = finden(request, pk)
    try:
        step = SITZUNG.require(sitzung, schritt, rollen(request.user, sitzung.gremium))
        form = SchrittForm(request.POST or None, sitzung=sitzung, step=step)
        if request.method == "POST" and form.is_valid():
            dienst = partial(DIENSTE[schritt], sitzung, by=request.user, **form.angaben())
            if form.gelingt(lambda: dienst().get_absolute_url(), by=request.user):
                messages.success(request, GELUNGEN[schritt])
                return redirect(form.adresse)
    except TransitionNotAllowed as error:
        messages.warning(request, str(error))
        return redirect(sitzung)
    return render(request, "gremien/sitzung/schritt.html", {"form": form, "sitzung": sitzung, "schritt": step})


@require_safe
def punkt(request, pk, punkt):
    """One item: its papers for those to whom they are open, the vote while the meeting runs, the resolution after."""
    punkt = _finden(request, pk, punkt)
    wer, stand = teilnahme(request.user, punkt.sitzung), lage(punkt)
    form = AbstimmungForm(lage=stand) if "leiten" in wer.rechte and punkt.abstimmbar else None
    return _zeigen(request, punkt, wer, stand, form)


@require_POST
def abstimmen(request, pk, punkt):
    """Count the votes, or close the vote with them: the button says which."""
    punkt = _finden(request, pk, punkt)
    wer = teilnahme(request.user, punkt.sitzung)
    RECHTE.require(wer.hats, "leiten")
    stand = lage(punkt)
    form = AbstimmungForm(request.POST, lage=stand)
    try:
        if form.is_valid() and "feststellen" in request.POST:
            dienst = partial(services.feststellen, punkt, by=request.user, stimmen=form.stimmen(), **form.antrag())
            if form.gelingt(lambda: _beschlossen(request, dienst()), by=request.user):
                return redirect(form.adresse)
        elif form.is_valid():
            form.zaehlen(partial(services.abstimmen, punkt, by=request.user, stimmen=form.stimmen()))
    except TransitionNotAllowed as error:
        messages.warning(request, str(error))
        return redirect(punkt)
    return _zeigen(request, punkt, wer, form.lage, form)


def _zeigen(request, punkt, wer, stand, form):
    """The page of an item, or why its papers are closed to this person."""
    seite = punkt_seite(punkt, stand, wer, form)
    geschlossen, gremium = seite["zugang"] != Zugang.OFFEN, punkt.sitzung.gremium
    if not geschlossen and punkt.antrag:
        was, stelle = f"{punkt.sitzung}, {punkt.top}", gremium.netzwerkstelle.kuerzel
        einsehen(request, art=Einsicht.Art.VORLAGE, nummer=punkt.pk, was=was, stelle=stelle, orte=gremium.orte)
    vorlage = "gremien/abstimmung/punkt_geschlossen.html" if geschlossen else "gremien/abstimmung/punkt.html"
    return render(request, vorlage, seite, status=403 if geschlossen else 200)


def _beschlossen(request, beschluss) -> str:
    messages.success(request, f"{beschluss}: {beschluss.wortlaut}")
    return beschluss.get_absolute_url()


@require_POST
def vertagen(request, pk, punkt):
    punkt = _finden(request, pk, punkt)
    return tun(request, punkt, partial(services.vertagen, punkt), "Der Punkt ist vertagt.")


@require_POST
def zur_kenntnis(request, pk, punkt):
    punkt = _finden(request, pk, punkt)
    return tun(request, punkt, partial(services.zur_kenntnis_nehmen, punkt), "Zur Kenntnis genommen.")


def _finden(request, pk, punkt):
    """The item of this address, in the meeting of the same address."""
    return get_object_or_404(Tagesordnungspunkt.objects.visible_to(request.user).for_page(), sitzung__pk=pk, pk=punkt)
