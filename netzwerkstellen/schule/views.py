"""The schools of an office, for the people who look after them."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from netzwerkstellen.schule import services
from netzwerkstellen.schule.filters import SchuleFilter
from netzwerkstellen.schule.forms import SchuleForm, SchulsozialarbeitForm
from netzwerkstellen.schule.models import Schule, Schulsozialarbeit
from netzwerkstellen.stelle.views import form_page, in_frame, office_for, zeigen
from schulerfolg.formular.basis import BeendenForm
from schulerfolg.liste.seiten import page_of
from schulerfolg.liste.views import list_or_hits


@require_safe
def schulen(request, slug):
    stelle = office_for(request, slug)
    gefiltert = SchuleFilter(request.GET, queryset=stelle.schulen.for_list().sorted_german(), request=request)
    page = page_of(request, gefiltert.qs)
    context = in_frame(request, stelle, teil="schulen", titel="Schulen", filter=gefiltert, page=page)
    return list_or_hits(request, "netzwerkstellen/schule/liste.html", context)


def schule_neu(request, slug):
    stelle = office_for(request, slug, "schulen_pflegen")
    form = SchuleForm(request.POST or None, instance=Schule(netzwerkstelle=stelle), darf_umziehen=False)
    return form_page(
        request,
        form,
        services.schule_anlegen,
        stelle=stelle,
        ziel=reverse("netzwerkstellen:schulen", args=[slug]),
        then=_adresse,
        meldung="Die Schule ist eingetragen. Laden Sie als Nächstes die Schulleitung ein.",
        teil="schulen",
        titel="Neue Schule",
        eltern="Schulen",
        einleitung=f"Die Schule liegt im Gebiet Ihrer Stelle: {stelle.region}.",
    )


@require_safe
def schule(request, slug, schule_pk):
    stelle = office_for(request, slug)
    schule = get_object_or_404(stelle.schulen.for_page(), pk=schule_pk)
    return zeigen(
        request,
        "netzwerkstellen/schule/seite.html",
        stelle,
        teil="schulen",
        titel=schule.name,
        eltern="Schulen",
        zurueck=reverse("netzwerkstellen:schulen", args=[slug]),
        schule=schule,
        sozialarbeit=schule.schulsozialarbeiten.select_related("traeger"),
        personen=schule.zugehoerigkeiten.for_list(),
        einladungen=schule.einladungen.offen().for_list(),
        anmeldungen=schule.registrierungen.fuer_kollegen(request.user).wartend().for_list(),
    )


def schulsozialarbeit_neu(request, slug, schule_pk):
    stelle = office_for(request, slug, "schulen_pflegen")
    schule = get_object_or_404(stelle.schulen, pk=schule_pk)
    form = SchulsozialarbeitForm(request.POST or None, instance=Schulsozialarbeit(schule=schule))
    return form_page(
        request,
        form,
        services.schulsozialarbeit_eintragen,
        stelle=stelle,
        ziel=reverse("netzwerkstellen:schule", args=[slug, schule.pk]),
        meldung="Die Schulsozialarbeit ist eingetragen.",
        teil="schulen",
        titel="Schulsozialarbeit eintragen",
        eltern=schule.name,
        einleitung=f"{schule}. Welcher Träger stellt die Schulsozialarbeit?",
    )


def schulsozialarbeit_beenden(request, slug, schule_pk, pk):
    stelle = office_for(request, slug, "schulen_pflegen")
    schule = get_object_or_404(stelle.schulen, pk=schule_pk)
    zeile = get_object_or_404(schule.schulsozialarbeiten.select_related("traeger"), pk=pk)
    return _beenden(
        request, stelle, zeile, services.schulsozialarbeit_beenden, "Schulsozialarbeit beenden", zeile.traeger
    )


def zugehoerigkeit_beenden(request, slug, schule_pk, pk):
    stelle = office_for(request, slug, "schulen_pflegen")
    schule = get_object_or_404(stelle.schulen, pk=schule_pk)
    zeile = get_object_or_404(schule.zugehoerigkeiten.select_related("person"), pk=pk)
    wer = f"{zeile.person} – {zeile.get_rolle_display()}"
    return _beenden(request, stelle, zeile, services.zugehoerigkeit_beenden, "Rolle an der Schule beenden", wer)


def _adresse(schule):
    return reverse("netzwerkstellen:schule", args=[schule.netzwerkstelle.slug, schule.pk])


def _beenden(request, stelle, zeile, schritt, titel, wer):
    return form_page(
        request,
        BeendenForm(request.POST or None, row=zeile),
        schritt,
        stelle=stelle,
        ziel=reverse("netzwerkstellen:schule", args=[stelle.slug, zeile.schule_id]),
        meldung="Das Ende ist eingetragen.",
        teil="schulen",
        titel=titel,
        eltern=zeile.schule.name,
        einleitung=f"{wer}. Alles Bisherige bleibt erhalten.",
    )
