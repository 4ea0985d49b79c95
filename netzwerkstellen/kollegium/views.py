"""„Menschen an unserer Schule“: what the head of a school looks after without asking the office."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from netzwerkstellen.einladung import services as einladungen
from netzwerkstellen.einladung.models import Einladung
from netzwerkstellen.kollegium.forms import KollegiumEinladungForm
from netzwerkstellen.kollegium.queries import geleitete_schulen
from netzwerkstellen.registrierung.models import Registrierung
from netzwerkstellen.schule.permissions import KOLLEGIUM
from netzwerkstellen.schule.services import zugehoerigkeit_beenden
from netzwerkstellen.stelle.views import mit_wegen, run_step
from schulerfolg.formular.basis import BeendenForm
from schulerfolg.gesendet import only_posted


@require_safe
def kollegien(request):
    """The way there: straight to the one school, else a choice."""
    schulen = list(geleitete_schulen(request.user))
    if len(schulen) == 1:
        return redirect("kollegium:kollegium", schulen[0].pk)
    return render(request, "netzwerkstellen/kollegium/wahl.html", {"schulen": schulen})


@require_safe
def kollegium(request, schule_pk):
    schule = _schule(request, schule_pk)
    context = {
        "schule": schule,
        "personen": schule.zugehoerigkeiten.for_list(),
        "anmeldungen": Registrierung.objects.fuer_kollegen(request.user).wartend().filter(schule=schule).for_list(),
        "einladungen": [
            mit_wegen(einladung, "kollegium", schule.pk, darf=einladung.rolle in KOLLEGIUM)
            for einladung in schule.einladungen.offen().for_list()
        ],
        "kollegium": KOLLEGIUM,
    }
    return render(request, "netzwerkstellen/kollegium/seite.html", context)


def einladen(request, schule_pk):
    schule = _schule(request, schule_pk)
    einladung = Einladung(netzwerkstelle=schule.netzwerkstelle, schule=schule)
    form = KollegiumEinladungForm(request.POST or None, instance=einladung)
    meldung = "Die Einladung ist unterwegs. Der Link in der Mail gilt 14 Tage."
    einleitung = "Die Person bekommt eine Mail mit einem Link. Sie legt ihr Passwort selbst fest."
    return _formular(request, schule, form, einladungen.einladen, "Ins Kollegium einladen", einleitung, meldung)


def beenden(request, schule_pk, pk):
    schule = _schule(request, schule_pk)
    zeile = get_object_or_404(schule.zugehoerigkeiten.filter(rolle__in=KOLLEGIUM).select_related("person"), pk=pk)
    if zeile.bis:
        messages.warning(
            request, f"Das Ende ist schon eingetragen: {zeile.person} gehört bis {zeile.bis:%d.%m.%Y} dazu."
        )
        return redirect("kollegium:kollegium", schule.pk)
    form = BeendenForm(request.POST or None, row=zeile)
    einleitung = f"{zeile.person} – {zeile.get_rolle_display()}. Alles Bisherige bleibt erhalten."
    return _formular(
        request, schule, form, zugehoerigkeit_beenden, "Mitarbeit beenden", einleitung, "Das Ende ist eingetragen."
    )


@only_posted("kollegium:kollegium", "schule_pk")
def einladung_erneut(request, schule_pk, pk):
    meldung = "Die Einladung ist noch einmal unterwegs, mit neuem Link."
    return _schritt(request, schule_pk, pk, einladungen.erneut_senden, meldung)


@only_posted("kollegium:kollegium", "schule_pk")
def einladung_zuruecknehmen(request, schule_pk, pk):
    meldung = "Die Einladung ist zurückgenommen. Ihr Link öffnet nichts mehr."
    return _schritt(request, schule_pk, pk, einladungen.zuruecknehmen, meldung)


def _schule(request, schule_pk):
    """A school this person leads; any other one is missing."""
    return get_object_or_404(geleitete_schulen(request.user), pk=schule_pk)


def _schritt(request, schule_pk, pk, schritt, meldung):
    schule = _schule(request, schule_pk)
    einladung = get_object_or_404(schule.einladungen.filter(rolle__in=KOLLEGIUM), pk=pk)
    return run_step(request, partial(schritt, einladung), meldung, reverse("kollegium:kollegium", args=[schule.pk]))


def _formular(request, schule, form, schritt, titel, einleitung, meldung):
    ziel = reverse("kollegium:kollegium", args=[schule.pk])
    if form.is_valid() and form.carry_out(schritt, then=lambda _: ziel, by=request.user):
        messages.success(request, meldung)
        return redirect(form.address)
    context = {"form": form, "schule": schule, "titel": titel, "einleitung": einleitung, "zurueck": ziel}
    return render(request, "netzwerkstellen/kollegium/formular.html", context)
