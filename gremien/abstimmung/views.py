"""The page of a meeting, and of one item: papers, bias, vote, resolution."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gremien.abstimmung import befangenheit as bias
from gremien.abstimmung import services
from gremien.abstimmung.ansicht import abstimmung_fuer, kopf, punkt_seite, sitzung_seite
from gremien.abstimmung.forms import EinwandForm, EntscheidungForm, ErklaerungForm, FesthaltenForm
from gremien.sitzung import services as sitzungen
from gremien.sitzung.einsicht import Art, papier_eingesehen
from gremien.sitzung.forms import SchrittForm
from gremien.sitzung.machine import SITZUNG
from gremien.sitzung.permissions import Zugang, rollen
from gremien.sitzung.views import finden, require
from schulerfolg.ablauf.tabelle import TransitionNotAllowed

DIENSTE = {
    "einladen": services.einladen,
    "eroeffnen": services.eroeffnen,
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
    return render(request, "gremien/sitzung.html", sitzung_seite(sitzung, request.user))


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
    return render(request, "gremien/schritt.html", {"form": form, "sitzung": sitzung, "schritt": step})


@require_safe
def punkt(request, pk, punkt):
    """One item: its papers for those to whom they are open, the vote while the meeting runs, the resolution after."""
    return _zeigen(request, _finden(request, pk, punkt))


def _zeigen(request, punkt, form=None):
    """The page of an item, or why its papers are closed to this person."""
    seite = punkt_seite(punkt, request.user, form)
    geschlossen = seite["zugang"] != Zugang.OFFEN
    if not geschlossen and punkt.antrag:
        papier_eingesehen(request, punkt.sitzung, Art.VORLAGE, punkt.pk, f"{punkt.sitzung}, {punkt.top}")
    vorlage = "gremien/punkt_geschlossen.html" if geschlossen else "gremien/punkt.html"
    return render(request, vorlage, seite, status=403 if geschlossen else 200)


@require_POST
def abstimmen(request, pk, punkt):
    """Count the votes, or close the vote with them: the button says which."""
    punkt = _finden(request, pk, punkt)
    require(request, punkt.sitzung, "leiten")
    form = abstimmung_fuer(punkt, request.POST)
    try:
        if form.is_valid() and "feststellen" in request.POST:
            dienst = partial(services.feststellen, punkt, by=request.user, stimmen=form.stimmen(), **form.antrag())
            if form.gelingt(lambda: _beschlossen(request, dienst()), by=request.user):
                return redirect(form.adresse)
        elif form.is_valid():
            form.zaehlen(partial(services.abstimmen, punkt, by=request.user, stimmen=form.stimmen()))
    except TransitionNotAllowed as error:
        messages.warning(request, str(error))
        return redirect("sitzungen:punkt", pk, punkt.pk)
    return _zeigen(request, punkt, form)


def _beschlossen(request, beschluss) -> str:
    messages.success(request, f"{beschluss}: {beschluss.wortlaut}")
    return beschluss.get_absolute_url()


def erklaeren(request, pk, punkt):
    """A member declares a Befangenheit of its own."""
    punkt = _finden(request, pk, punkt)
    require(request, punkt.sitzung, "erklaeren")
    meldung = "Ihre Erklärung ist festgehalten. Das Gremium entscheidet ohne Sie."
    return _erklaerung(request, punkt, ErklaerungForm(request.POST or None), partial(bias.erklaeren, punkt), meldung)


def festhalten(request, pk, punkt):
    """Those who lead record the Befangenheit of another member."""
    punkt = _finden(request, pk, punkt)
    require(request, punkt.sitzung, "festhalten")
    form = FesthaltenForm(request.POST or None, punkt=punkt, person=request.user)
    meldung = "Festgehalten; es gilt sofort, und die Person bekommt eine Mail. Jetzt entscheidet das Gremium."
    return _erklaerung(request, punkt, form, partial(bias.festhalten, punkt), meldung, zum_punkt=True)


def einwenden(request, pk, punkt, befangenheit):
    """A member objects to what others said about its bias."""
    punkt = _finden(request, pk, punkt)
    require(request, punkt.sitzung, "erklaeren")
    zeile = get_object_or_404(punkt.befangenheiten.select_related("mitgliedschaft", "punkt__sitzung"), pk=befangenheit)
    if zeile.mitgliedschaft.person_id != request.user.pk:
        raise PermissionDenied("Einwand erhebt nur, um wen es geht.")
    if request.method != "POST" and not zeile.einwand_moeglich:
        messages.info(request, "Zu diesem Eintrag ist kein Einwand möglich. Bitte sprechen Sie mit dem Vorsitz.")
        return redirect("sitzungen:punkt", pk, punkt.pk)
    meldung = "Ihr Einwand ist festgehalten. Das Gremium entscheidet ohne Sie."
    return _erklaerung(
        request, punkt, EinwandForm(request.POST or None), partial(bias.einwenden, zeile), meldung, zeile=zeile
    )


def _erklaerung(request, punkt, form, dienst, meldung, *, zeile=None, zum_punkt=False):
    """Say something about bias: show the form, or take the step and go back to the meeting or to the item."""
    ziel = (
        reverse("sitzungen:punkt", args=[punkt.sitzung_id, punkt.pk]) if zum_punkt else punkt.sitzung.get_absolute_url()
    )
    try:
        if request.method == "POST" and form.is_valid():
            tun = partial(dienst, by=request.user, **form.angaben())
            if form.gelingt(lambda: tun() and ziel, by=request.user):
                messages.success(request, meldung)
                return redirect(form.adresse)
    except TransitionNotAllowed as error:
        messages.warning(request, str(error))
        return redirect(ziel)
    context = {"form": form, "zeile": zeile, "was": form.was, "ziel": ziel, **kopf(punkt)}
    return render(request, "gremien/erklaeren.html", context)


@require_POST
def entscheiden(request, pk, punkt, befangenheit):
    """The Gremium decides about the bias of one member."""
    punkt = _finden(request, pk, punkt)
    require(request, punkt.sitzung, "leiten")
    zeilen = punkt.befangenheiten.select_related("mitgliedschaft__person", "punkt__sitzung")
    form = EntscheidungForm(request.POST, befangenheit=get_object_or_404(zeilen, pk=befangenheit))
    if not form.is_valid():
        messages.warning(request, "Bitte wählen Sie, wie das Gremium entschieden hat.")
        return redirect("sitzungen:punkt", pk, punkt.pk)
    dienst = partial(bias.entscheiden, form.befangenheit, **form.angaben())
    return _tun(request, punkt, dienst, "Die Entscheidung des Gremiums ist festgehalten.")


@require_POST
def vertagen(request, pk, punkt):
    punkt = _finden(request, pk, punkt)
    return _tun(request, punkt, partial(services.vertagen, punkt), "Der Punkt ist vertagt.")


@require_POST
def zur_kenntnis(request, pk, punkt):
    punkt = _finden(request, pk, punkt)
    return _tun(request, punkt, partial(services.zur_kenntnis_nehmen, punkt), "Zur Kenntnis genommen.")


def _finden(request, pk, punkt):
    """The item of this address, in the meeting of the same address."""
    sitzung = finden(request, pk)
    punkt = get_object_or_404(
        sitzung.punkte.select_related(
            "antrag__schule", "antrag__regel", "antrag__netzwerkstelle", "beschluss", "vorlage"
        ),
        pk=punkt,
    )
    punkt.sitzung = sitzung
    return punkt


def _tun(request, punkt, dienst, meldung):
    try:
        dienst(by=request.user)
        messages.success(request, meldung)
    except TransitionNotAllowed as error:
        messages.warning(request, str(error))
    return redirect("sitzungen:punkt", punkt.sitzung_id, punkt.pk)
