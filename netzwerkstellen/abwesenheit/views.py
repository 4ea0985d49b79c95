"""Being away: a page of the own account, and the same for a colleague of one's own team."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from netzwerkstellen.abwesenheit import services
from netzwerkstellen.abwesenheit.forms import AbwesenheitForm
from netzwerkstellen.stelle.views import office_for, run_step, zeigen
from schulerfolg.konten.models import Abwesenheit

EINGETRAGEN = "Die Abwesenheit ist eingetragen. {} bekommt eine Mail."


def abwesenheit(request):
    form = _form(request, request.user)
    if form.is_valid() and form.carry_out(services.abwesenheit_eintragen, by=request.user):
        messages.success(request, EINGETRAGEN.format(form.result.vertretung))
        return redirect("abwesenheit")
    context = {
        "form": form,
        "abwesenheiten": request.user.abwesenheiten.kommend(),
        "vertretungen": request.user.vertretungen.kommend(),
    }
    return render(request, "netzwerkstellen/abwesenheit/seite.html", context)


@require_POST
def abwesenheit_beenden(request, pk):
    _beenden(request, get_object_or_404(request.user.abwesenheiten, pk=pk))
    return redirect("abwesenheit")


def kollegin_abwesend(request, slug, pk):
    stelle, person = _kollegin(request, slug, pk)
    ziel = reverse("netzwerkstellen:team", args=[slug])
    form = _form(request, person)
    if form.is_valid() and form.carry_out(services.abwesenheit_eintragen, by=request.user):
        messages.success(request, EINGETRAGEN.format(form.result.vertretung))
        return redirect(ziel)
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


@require_POST
def kollegin_zurueck(request, slug, pk, abwesenheit_pk):
    _, person = _kollegin(request, slug, pk)
    _beenden(request, get_object_or_404(person.abwesenheiten, pk=abwesenheit_pk))
    return redirect("netzwerkstellen:kollegin_abwesend", slug, pk)


def _form(request, person):
    return AbwesenheitForm(request.POST or None, instance=Abwesenheit(person=person))


def _kollegin(request, slug, pk):
    stelle = office_for(request, slug, "team_pflegen")
    return stelle, get_object_or_404(stelle.mitarbeiten.gueltig().select_related("person"), pk=pk).person


def _beenden(request, zeile):
    run_step(request, partial(services.abwesenheit_beenden, zeile), "Die Abwesenheit ist beendet.")
