"""Being away: a page of the own account, and the same for a colleague of one's own team."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from netzwerkstellen.abwesenheit import services
from netzwerkstellen.abwesenheit.forms import AbwesenheitForm
from netzwerkstellen.stelle.views import office_for, run_step, zeigen
from schulerfolg.gesendet import only_posted
from schulerfolg.konten.models import Abwesenheit

EINGETRAGEN = "Die Abwesenheit ist eingetragen. {} bekommt eine Mail."


def abwesenheit(request):
    form = _form(request, request.user)
    if _eintragen(request, form, reverse("abwesenheit")):
        return redirect(form.address)
    context = {
        "form": form,
        "abwesenheiten": request.user.abwesenheiten.kommend(),
        "vertretungen": request.user.vertretungen.kommend(),
    }
    return render(request, "netzwerkstellen/abwesenheit/seite.html", context)


@only_posted("abwesenheit")
def abwesenheit_beenden(request, pk):
    return _beenden(request, request.user, pk, reverse("abwesenheit"))


def kollegin_abwesend(request, slug, pk):
    stelle, person = _kollegin(request, slug, pk)
    ziel = reverse("netzwerkstellen:team", args=[slug])
    form = _form(request, person)
    if _eintragen(request, form, ziel):
        return redirect(form.address)
    return zeigen(
        request,
        "netzwerkstellen/abwesenheit/kollegin.html",
        stelle,
        form=form,
        person=person,
        mitarbeit_pk=pk,
        abwesenheiten=person.abwesenheiten.kommend(),
        teil="team",
        titel="Abwesenheit",
        eltern="Team",
        zurueck=ziel,
    )


@only_posted("netzwerkstellen:kollegin_abwesend", "slug", "pk")
def kollegin_zurueck(request, slug, pk, abwesenheit_pk):
    _, person = _kollegin(request, slug, pk)
    ziel = reverse("netzwerkstellen:kollegin_abwesend", args=[slug, pk])
    return _beenden(request, person, abwesenheit_pk, ziel)


def _form(request, person):
    return AbwesenheitForm(request.POST or None, instance=Abwesenheit(person=person))


def _kollegin(request, slug, pk):
    stelle = office_for(request, slug, "team_pflegen")
    return stelle, get_object_or_404(stelle.mitarbeiten.gueltig().select_related("person"), pk=pk).person


def _eintragen(request, form, ziel) -> bool:
    if not (form.is_valid() and form.carry_out(services.abwesenheit_eintragen, then=lambda _: ziel, by=request.user)):
        return False
    messages.success(request, EINGETRAGEN.format(form.result.vertretung))
    return True


def _beenden(request, person, pk, ziel):
    """What never began is gone with its end: whoever comes second reads that, and finds no missing page."""
    zeile = person.abwesenheiten.filter(pk=pk).first()
    if zeile is None:
        messages.warning(request, services.SCHON_VORBEI)
        return redirect(ziel)
    return run_step(request, partial(services.abwesenheit_beenden, zeile), "Die Abwesenheit ist beendet.", ziel)
