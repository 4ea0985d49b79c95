"""How every page behind an office's public page begins, and how every form ends."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from netzwerkstellen.organisation.models import Organisation
from netzwerkstellen.stelle.models import Netzwerkstelle
from netzwerkstellen.stelle.permissions import RECHTE, require, rollen
from schulerfolg.ablauf.middleware import once_by_key


def office_for(request, slug: str, action: str = "ansehen") -> Netzwerkstelle:
    """The office of this address: 404 for strangers, 403 with who may for people with another hat."""
    stelle = get_object_or_404(Netzwerkstelle.objects.managed_by(request.user), slug=slug)
    require(request.user, action, stelle)
    return stelle


def zeigen(request, template: str, stelle: Netzwerkstelle, **context):
    """A page of this office, with what this person may do here."""
    return render(request, template, in_frame(request, stelle, **context))


def in_frame(request, stelle: Netzwerkstelle, einladungen=(), **context) -> dict:
    """What the frame of such a page needs to know; open invitations of the office with their ways."""
    rahmen = {"teil": "", "titel": "", "eltern": "", "zurueck": "", "einleitung": "", "kurz": False}
    rechte = RECHTE.actions(rollen(request.user, stelle))
    offene = [_der_stelle(einladung, stelle, rechte) for einladung in einladungen]
    return {**rahmen, "stelle": stelle, "rechte": rechte, "einladungen": offene, **context}


def _der_stelle(einladung, stelle, rechte):
    """For a seat in a Gremium it is sent and taken back from the page of the Gremium."""
    recht = "schule_einladen" if einladung.schule_id else "team_pflegen"
    darf = recht in rechte and not einladung.anlass
    return mit_wegen(einladung, "netzwerkstellen", stelle.slug, darf=darf)


def mit_wegen(einladung, bereich: str, ort, *, darf: bool):
    """An open invitation and where it is sent again and taken back: `wege`, None for whoever may not."""
    adressen = {
        schritt: reverse(f"{bereich}:einladung_{schritt}", args=[ort, einladung.pk])
        for schritt in ("erneut", "zuruecknehmen")
    }
    einladung.wege = adressen if darf else None
    return einladung


def run_step(request, schritt, meldung: str, ziel: str):
    """Take a step that asks for nothing (`schritt(by=…)`) once, say that it worked or what hindered it, and go on."""

    def take() -> str:
        schritt(by=request.user)
        messages.success(request, meldung)
        return ziel

    try:
        once_by_key(request, take)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect(ziel)


def form_page(request, form, schritt, *, stelle, ziel, meldung, then=None, **context):
    """Show the form; on POST take its step and go on, or show what hinders it.

    `ziel` is the page it was opened from; `then` makes an address of what the step returned, where that is better.
    """
    there = then or (lambda done: ziel)
    if request.method == "POST" and form.is_valid() and form.carry_out(schritt, then=there, by=request.user):
        messages.success(request, meldung)
        return redirect(form.address)
    context |= {"form": form, "zurueck": ziel, "waehlt_organisation": form.offers_rows_of(Organisation)}
    return zeigen(request, "netzwerkstellen/verwaltung/formular.html", stelle, **context)
