"""What is said about bias on an item: by the member, by those who lead, by the Gremium."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from gremien.befangenheit import services
from gremien.befangenheit.forms import EinwandForm, ErklaerungForm, FesthaltenForm
from gremien.sitzung.models import Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, rollen
from gremien.sitzung.vorsitz import hats_am_punkt
from schulerfolg.ablauf.tabelle import TransitionNotAllowed


def erklaeren(request, pk, punkt):
    """A member declares a Befangenheit of its own."""
    punkt = _finden(request, pk, punkt)
    RECHTE.require(rollen(request.user, punkt.sitzung.gremium), "erklaeren")
    meldung = "Ihre Erklärung ist festgehalten. Das Gremium entscheidet ohne Sie."
    return _erklaerung(request, punkt, ErklaerungForm(request.POST or None, row=punkt), services.erklaeren, meldung)


def festhalten(request, pk, punkt):
    """Those who lead record the Befangenheit of another member."""
    punkt = _finden(request, pk, punkt)
    RECHTE.require(hats_am_punkt(request.user, punkt), "festhalten")
    form = FesthaltenForm(request.POST or None, punkt=punkt, person=request.user)
    meldung = "Festgehalten; es gilt sofort, und die Person bekommt eine Mail. Jetzt entscheidet das Gremium."
    return _erklaerung(request, punkt, form, services.festhalten, meldung, zum_punkt=True)


def einwenden(request, pk, punkt, befangenheit):
    """A member objects to what others said about its bias."""
    punkt = _finden(request, pk, punkt)
    RECHTE.require(rollen(request.user, punkt.sitzung.gremium), "erklaeren")
    zeile = get_object_or_404(punkt.befangenheiten.select_related("mitgliedschaft", "punkt__sitzung"), pk=befangenheit)
    if zeile.mitgliedschaft.person_id != request.user.pk:
        raise PermissionDenied("Einwand erhebt nur, um wen es geht.")
    if request.method != "POST" and not zeile.einwand_moeglich:
        messages.info(request, "Zu diesem Eintrag ist kein Einwand möglich. Bitte sprechen Sie mit dem Vorsitz.")
        return redirect(punkt)
    meldung = "Ihr Einwand ist festgehalten. Das Gremium entscheidet ohne Sie."
    form = EinwandForm(request.POST or None, row=zeile)
    return _erklaerung(request, punkt, form, services.einwenden, meldung, zeile=zeile)


def _erklaerung(request, punkt, form, dienst, meldung, *, zeile=None, zum_punkt=False):
    """Say something about bias: show the form, or take the step and go back to the meeting or to the item."""
    ziel = (punkt if zum_punkt else punkt.sitzung).get_absolute_url()
    try:
        if form.is_valid() and form.carry_out(dienst, then=lambda zeile: ziel, by=request.user):
            messages.success(request, meldung)
            return redirect(form.address)
    except TransitionNotAllowed as error:
        messages.warning(request, str(error))
        return redirect(ziel)
    context = {"form": form, "zeile": zeile, "was": form.was, "ziel": ziel, "sitzung": punkt.sitzung, "punkt": punkt}
    context |= {"titel": punkt.titel, "schule": punkt.antrag and punkt.antrag.schule}
    return render(request, "gremien/befangenheit/erklaeren.html", context)


def _finden(request, pk, punkt):
    """The item of this address, in the meeting of the same address."""
    return get_object_or_404(Tagesordnungspunkt.objects.visible_to(request.user).for_page(), sitzung__pk=pk, pk=punkt)
