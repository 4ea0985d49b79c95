"""A school is changed or merged; before that its page lists what is open there."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from angebote.schulwechsel import services
from angebote.schulwechsel.forms import ZusammenlegenForm
from netzwerkstellen.models import Organisation
from netzwerkstellen.schule.forms import SchuleForm
from netzwerkstellen.stelle.permissions import RECHTE, rollen
from netzwerkstellen.stelle.views import office_for, zeigen


def bearbeiten(request, slug, schule_pk):
    stelle, schule, darf_umziehen = _schule(request, slug, schule_pk)
    form = SchuleForm(request.POST or None, instance=schule, darf_umziehen=darf_umziehen)
    worte = {"titel": "Schule bearbeiten", "was": "Angaben"}
    meldung = "Die Angaben zur Schule sind gespeichert."
    return _formular(request, stelle, schule, form, services.schule_aendern, meldung, **worte)


def zusammenlegen(request, slug, schule_pk):
    stelle, schule, darf_umziehen = _schule(request, slug, schule_pk)
    form = ZusammenlegenForm(request.POST or None, row=schule, ueberall=darf_umziehen)
    einleitung = (
        f"{schule} wird geschlossen. Ihre Menschen gehören von heute an auch zur anderen Schule; wer sie leitet oder "
        "vertritt, kommt dort als Lehrkraft an. Wer an der anderen Schule unterschreibt, bestimmt deren Netzwerkstelle."
    )
    worte = {"titel": "Schulen zusammenlegen", "was": "Die andere Schule", "einleitung": einleitung}
    meldung = "Die Schulen sind zusammengelegt. Was offen war, ist mitgezogen."
    return _formular(request, stelle, schule, form, services.zusammenlegen, meldung, **worte)


def _schule(request, slug, schule_pk):
    stelle = office_for(request, slug, "schulen_pflegen")
    schule = get_object_or_404(stelle.schulen.select_related("netzwerkstelle"), pk=schule_pk)
    return stelle, schule, RECHTE.may(rollen(request.user, stelle), "schule_umziehen")


def _formular(request, stelle, schule, form, schritt, meldung, **context):
    if request.method == "POST" and form.is_valid() and form.carry_out(schritt, then=_adresse, by=request.user):
        messages.success(request, meldung)
        return redirect(form.address)
    bisher = get_object_or_404(stelle.schulen, pk=schule.pk)
    context |= {
        "form": form,
        "offenes": services.offenes(bisher, fuer=request.user),
        "waehlt_organisation": form.offers_rows_of(Organisation),
        "zurueck": reverse("netzwerkstellen:schule", args=[stelle.slug, schule.pk]),
        "eltern": bisher.name,
    }
    return zeigen(request, "angebote/schulwechsel/formular.html", stelle, teil="schulen", **context)


def _adresse(schule):
    return reverse("netzwerkstellen:schule", args=[schule.netzwerkstelle.slug, schule.pk])
