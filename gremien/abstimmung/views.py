"""The page of a meeting with its steps, and of one item: papers, bias, vote, resolution."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from gremien.abstimmung import services
from gremien.abstimmung.forms import AbstimmungForm
from gremien.abstimmung.lage import read_lage, read_saal
from gremien.abstimmung.schritte import SCHRITTE
from gremien.abstimmung.seite import punkt_seite
from gremien.sitzung.einsicht import vorlage_eingesehen
from gremien.sitzung.models import Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, Zugang, teilnahme
from gremien.sitzung.seite import sitzung_seite
from gremien.sitzung.views import finden, tun
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.ablauf.views import back_when_too_late, step_page


@require_safe
def sitzung(request, pk):
    sitzung = finden(request, pk)
    seite = sitzung_seite(read_saal(sitzung), teilnahme(request.user, sitzung))
    return render(request, "gremien/sitzung/sitzung.html", seite)


@back_when_too_late("sitzungen:sitzung")
def schritt(request, pk, schritt):
    """Take a step of the meeting, after a page that says what it does."""
    return step_page(request, SCHRITTE, finden(request, pk), schritt)


@require_safe
def punkt(request, pk, punkt):
    """One item: its papers for those to whom they are open, the vote while the meeting runs, the resolution after."""
    punkt = _finden(request, pk, punkt)
    wer, lage = _am_punkt(request, punkt)
    offen = "leiten" in wer.rechte and punkt.abstimmbar and lage.vorsitz
    return _zeigen(request, punkt, wer, lage, AbstimmungForm(lage=lage, rechte=wer.rechte) if offen else None)


@require_POST
def abstimmen(request, pk, punkt):
    """Count the votes, or close the vote with them: the button says which."""
    punkt = _finden(request, pk, punkt)
    wer, lage = _am_punkt(request, punkt)
    RECHTE.require(wer.hats, "leiten")
    form = AbstimmungForm(request.POST, lage=lage, rechte=wer.rechte)
    try:
        if form.is_valid() and "feststellen" in request.POST:
            if form.carry_out(services.feststellen, then=partial(_beschlossen, request), by=request.user):
                return redirect(form.address)
        elif form.is_valid():
            form.zaehlen(partial(services.abstimmen, punkt, by=request.user, stimmen=form.stimmen()))
    except TransitionNotAllowed as error:
        messages.warning(request, str(error))
        return redirect(punkt)
    return _zeigen(request, punkt, wer, form.lage, form)


def _am_punkt(request, punkt):
    """What this person is and may do at this item, and how it stands."""
    lage = read_lage(punkt)
    return lage.leitung.teilnahme(teilnahme(request.user, punkt.sitzung)), lage


def _zeigen(request, punkt, wer, lage, form):
    """The page of an item, or why its papers are closed to this person."""
    seite = punkt_seite(punkt, lage, wer, form)
    geschlossen = seite["zugang"] != Zugang.OFFEN
    if not geschlossen and punkt.antrag:
        vorlage_eingesehen(request, punkt)
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
