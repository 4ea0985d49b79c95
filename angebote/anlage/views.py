"""The section with declarations and files, and the files themselves."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from angebote.anlage import services
from angebote.anlage.einsicht import Art
from angebote.anlage.forms import AnlageForm, ErklaerungenForm
from angebote.antrag.einsicht import datei_eingesehen
from angebote.antrag.models import Antrag
from angebote.antrag.views import abschnittsseite, zum_bearbeiten
from netzwerkstellen.stelle.views import run_step
from schulerfolg.ablauf.views import answered_once, back_when_too_late
from schulerfolg.datei.ausgabe import as_response
from schulerfolg.datei.hochladen import guarded
from schulerfolg.gesendet import only_posted
from schulerfolg.zeit import datum


@guarded
@back_when_too_late("antraege:antrag")
def erklaerungen(request, pk):
    def form(data, *, antrag):
        dateien = request.FILES if data is not None else None
        return ErklaerungenForm(data, dateien, antrag=antrag, zu_gross=request.waechter.zu_gross)

    return abschnittsseite(request, pk, "erklaerungen", form)


@guarded
@only_posted("antraege:abschnitt", "pk", name="erklaerungen")
@answered_once
@back_when_too_late("antraege:antrag")
def hochladen(request, pk):
    """One file of several: on to the section with its list, or the sentence that says what is wrong with it."""
    antrag = zum_bearbeiten(request, pk)
    form = AnlageForm(request.POST, request.FILES, row=antrag, zu_gross=request.waechter.zu_gross)
    if form.is_valid() and form.carry_out(then=_abschnitt, by=request.user):
        return redirect(form.address)
    return render(request, "angebote/anlage/abgelehnt.html", {"saetze": form.saetze}, status=422)


def _abschnitt(anlage) -> str:
    return reverse("antraege:abschnitt", args=[anlage.antrag_id, "erklaerungen"])


@require_safe
def herunterladen(request, pk, anlage_pk):
    """The file as an attachment that no browser opens by itself."""
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_list(), pk=pk)
    anlage = get_object_or_404(antrag.anlagen.geltend(), pk=anlage_pk)
    datei_eingesehen(request, antrag, Art.ANLAGE, anlage)
    return as_response(anlage.dokument)


@only_posted("antraege:abschnitt", "pk", name="erklaerungen")
@back_when_too_late("antraege:antrag")
def entfernen(request, pk, anlage_pk):
    antrag = zum_bearbeiten(request, pk)
    anlage = get_object_or_404(antrag.anlagen.geltend(), pk=anlage_pk)
    services.entfernen(anlage, by=request.user)
    bis = datum(anlage.zurueck_bis)
    messages.success(
        request, f"„{anlage}“ gehört nicht mehr zum Antrag. Unten holen Sie die Datei bis zum {bis} zurück."
    )
    return redirect("antraege:abschnitt", antrag.pk, "erklaerungen")


@only_posted("antraege:abschnitt", "pk", name="erklaerungen")
@back_when_too_late("antraege:antrag")
def zurueckholen(request, pk, anlage_pk):
    antrag = zum_bearbeiten(request, pk)
    anlage = get_object_or_404(antrag.anlagen.select_related("dokument").defer("dokument__inhalt"), pk=anlage_pk)
    ziel = reverse("antraege:abschnitt", args=[antrag.pk, "erklaerungen"])
    return run_step(request, partial(services.zurueckholen, anlage), f"„{anlage}“ gehört wieder zum Antrag.", ziel)
