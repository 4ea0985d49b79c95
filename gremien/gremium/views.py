"""Committees, their rules and their members: the pages below /gremien/."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from gremien.gremium import services
from gremien.gremium.forms import (
    GremiumForm,
    MitgliedBeendenForm,
    MitgliedForm,
    NeuesMitgliedForm,
    RegelnForm,
    VerpflichtungForm,
)
from gremien.gremium.models import Gremium, Mitgliedschaft
from gremien.gremium.permissions import RECHTE, require
from netzwerkstellen.stelle.permissions import irgendwo
from netzwerkstellen.stelle.views import run_step
from schulerfolg.gesendet import only_posted
from schulerfolg.liste.seiten import page_of


@require_safe
def liste(request):
    page = page_of(request, Gremium.objects.visible_to(request.user).for_list())
    darf_anlegen = RECHTE.may(irgendwo(request.user), "anlegen")
    return render(request, "gremien/gremium/liste.html", {"page": page, "darf_anlegen": darf_anlegen})


def neu(request):
    RECHTE.require(irgendwo(request.user), "anlegen")
    form = GremiumForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.gremium_anlegen, by=request.user):
        messages.success(
            request,
            "Das Gremium ist angelegt. Als Nächstes nehmen Sie die Mitglieder auf, auch Vorsitz und Stellvertretung.",
        )
        return redirect(form.address)
    return render(request, "gremien/gremium/formular.html", {"form": form, "titel": "Neues Gremium", "gremium": None})


def regeln(request, pk):
    gremium = _pflegen(request, pk)
    form = RegelnForm(request.POST or None, instance=copy(gremium))
    return _formular(
        request, gremium, form, services.regeln_aendern, "Regeln des Gremiums", "Die Regeln gelten ab jetzt."
    )


def mitglied_neu(request, pk):
    gremium = _pflegen(request, pk)
    form = NeuesMitgliedForm(request.POST or None, instance=Mitgliedschaft(gremium=gremium))
    dort = partial(_seite, gremium)
    if form.is_valid() and form.carry_out(services.mitglied_einladen, then=dort, by=request.user):
        person = form.result.person
        weiter = "Der Link zum Anmelden gilt 14 Tage." if person.wartet_auf_anmeldung else "Es gibt schon ein Konto."
        messages.success(request, f"{person} gehört jetzt zum Gremium und bekommt eine Mail. {weiter}")
        return redirect(form.address)
    context = {"form": form, "titel": "Mitglied aufnehmen", "gremium": gremium}
    return render(request, "gremien/gremium/formular.html", context)


@only_posted("gremien:mitglied", "pk", "mitglied")
def mitglied_erneut(request, pk, mitglied):
    gremium, mitglied = _mitglied(request, pk, mitglied)
    return _einladung(
        request, gremium, partial(services.erneut_einladen, mitglied), "Ein neuer Link ist unterwegs; er gilt 14 Tage."
    )


@only_posted("gremien:gremium", "pk")
def mitglied_zuruecknehmen(request, pk, mitglied):
    gremium = _pflegen(request, pk)
    mitglied = _mitglieder(gremium).filter(pk=mitglied).first()
    if mitglied is None:  # the second click: the first has taken the seat away
        messages.warning(request, services.SCHON_ZURUECK)
        return redirect(gremium)
    meldung = f"Zurückgenommen: {mitglied.person} gehört nicht zum Gremium, und der Link öffnet nichts mehr."
    return _einladung(request, gremium, partial(services.einladung_zuruecknehmen, mitglied), meldung)


def _einladung(request, gremium, dienst, meldung):
    return run_step(request, dienst, meldung, gremium.get_absolute_url())


def mitglied_aendern(request, pk, mitglied):
    gremium, mitglied = _mitglied(request, pk, mitglied)
    form = MitgliedForm(request.POST or None, instance=copy(mitglied))
    titel = f"Mitgliedschaft von {mitglied.person}"
    return _formular(request, gremium, form, services.mitglied_aendern, titel, "Die Änderung ist gespeichert.")


def mitglied_beenden(request, pk, mitglied):
    gremium, mitglied = _mitglied(request, pk, mitglied)
    form = MitgliedBeendenForm(request.POST or None, row=mitglied)
    titel = f"Mitgliedschaft von {mitglied.person} beenden"
    return _formular(request, gremium, form, services.mitglied_beenden, titel, "Das Ende ist eingetragen.")


def verpflichten(request, pk, mitglied):
    gremium, mitglied = _mitglied(request, pk, mitglied)
    form = VerpflichtungForm(request.POST or None, row=mitglied)
    titel = f"Verschwiegenheit von {mitglied.person}"
    meldung = "Die Verpflichtung ist festgehalten. Die Unterlagen sind jetzt offen."
    return _formular(request, gremium, form, services.verpflichten, titel, meldung)


def _pflegen(request, pk) -> Gremium:
    """The Gremium, for somebody who looks after it: 404 for strangers, 403 for its members."""
    gremium = get_object_or_404(Gremium.objects.visible_to(request.user).select_related("netzwerkstelle"), pk=pk)
    require(request.user, "pflegen", gremium.netzwerkstelle)
    return gremium


def _mitglied(request, pk, mitglied):
    gremium = _pflegen(request, pk)
    return gremium, get_object_or_404(_mitglieder(gremium), pk=mitglied)


def _seite(gremium, _getan) -> str:
    """Where it goes on, whatever was done."""
    return gremium.get_absolute_url()


def _mitglieder(gremium):
    return gremium.mitgliedschaften.select_related("person", "gremium")


def _formular(request, gremium, form, schritt, titel, meldung):
    """Show the form; on POST take its step and go back to the Gremium, or show what hinders it."""
    if form.is_valid() and form.carry_out(schritt, then=partial(_seite, gremium), by=request.user):
        messages.success(request, meldung)
        return redirect(form.address)
    return render(request, "gremien/gremium/formular.html", {"form": form, "titel": titel, "gremium": gremium})
