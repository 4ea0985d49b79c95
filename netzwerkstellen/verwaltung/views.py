"""The pages on which an office looks after its own data and its team."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from netzwerkstellen.stelle.forms import BeendenForm
from netzwerkstellen.stelle.models import Ansprechperson, Standort, Traegerschaft
from netzwerkstellen.stelle.permissions import may_change_mitarbeit, rollen
from netzwerkstellen.stelle.views import formularseite, seite_von, stelle_fuer, zeigen
from netzwerkstellen.verwaltung import services
from netzwerkstellen.verwaltung.forms import (
    AngabenForm,
    AnsprechpersonForm,
    MitarbeitForm,
    OrganisationForm,
    RolleForm,
    StandortForm,
    TraegerschaftForm,
)
from netzwerkstellen.verwaltung.queries import kennzahlen, zu_bestaetigen
from schulerfolg.konten.permissions import Rolle


def verwaltung(request, slug):
    stelle = stelle_fuer(request, slug)
    return zeigen(
        request,
        "netzwerkstellen/verwaltung/uebersicht.html",
        stelle,
        teil="uebersicht",
        offen=zu_bestaetigen(stelle),
        kennzahlen=kennzahlen(stelle),
        einladungen=stelle.einladungen.offen().for_list(),
        ereignisse=stelle.ereignisse.select_related("durch")[:5],
    )


def verlauf(request, slug):
    stelle = stelle_fuer(request, slug)
    page = seite_von(request, stelle.ereignisse.select_related("durch"))
    return zeigen(
        request, "netzwerkstellen/verwaltung/verlauf.html", stelle, teil="verlauf", titel="Verlauf", page=page
    )


def angaben(request, slug):
    stelle = stelle_fuer(request, slug, "angaben_pflegen")
    return formularseite(
        request,
        AngabenForm(request.POST or None, instance=copy(stelle)),
        services.angaben_aendern,
        stelle=stelle,
        ziel=reverse("netzwerkstellen:verwaltung", args=[slug]),
        meldung="Die Angaben Ihrer Stelle sind gespeichert.",
        teil="angaben",
        titel="Angaben der Stelle",
    )


def ansprechpersonen(request, slug):
    stelle = stelle_fuer(request, slug)
    personen, heute = stelle.ansprechpersonen.select_related("standort"), timezone.localdate()
    return zeigen(
        request,
        "netzwerkstellen/verwaltung/ansprechpersonen.html",
        stelle,
        teil="ansprechpersonen",
        titel="Ansprechpersonen",
        aktuelle=personen.nicht_beendet(heute),
        beendete=personen.beendet(heute),
    )


def ansprechperson_neu(request, slug):
    stelle = stelle_fuer(request, slug, "kontakte_pflegen")
    form = AnsprechpersonForm(request.POST or None, instance=Ansprechperson(netzwerkstelle=stelle))
    return _ansprechperson(request, stelle, form, services.ansprechperson_anlegen, "Neue Ansprechperson")


def ansprechperson_bearbeiten(request, slug, pk):
    stelle = stelle_fuer(request, slug, "kontakte_pflegen")
    form = AnsprechpersonForm(request.POST or None, instance=get_object_or_404(stelle.ansprechpersonen, pk=pk))
    return _ansprechperson(request, stelle, form, services.ansprechperson_aendern, "Ansprechperson bearbeiten")


def _ansprechperson(request, stelle, form, schritt, titel):
    ziel = reverse("netzwerkstellen:ansprechpersonen", args=[stelle.slug])
    texte = {"titel": titel, "eltern": "Ansprechpersonen", "meldung": "Die Ansprechperson ist gespeichert."}
    return formularseite(request, form, schritt, stelle=stelle, ziel=ziel, teil="ansprechpersonen", **texte)


@require_POST
def ansprechperson_beenden(request, slug, pk):
    return _ende_setzen(request, slug, pk, timezone.localdate(), "Heute ist der letzte Tag von {}.")


@require_POST
def ansprechperson_fortsetzen(request, slug, pk):
    return _ende_setzen(request, slug, pk, None, "Das Ende von {} ist aufgehoben.")


def _ende_setzen(request, slug, pk, letzter_tag, meldung):
    stelle = stelle_fuer(request, slug, "kontakte_pflegen")
    person = get_object_or_404(stelle.ansprechpersonen, pk=pk)
    try:
        services.ansprechperson_beenden(person, by=request.user, letzter_tag=letzter_tag)
        messages.success(request, meldung.format(person))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect("netzwerkstellen:ansprechpersonen", slug)


def standorte(request, slug):
    stelle = stelle_fuer(request, slug)
    orte = stelle.standorte.all()
    return zeigen(
        request,
        "netzwerkstellen/verwaltung/standorte.html",
        stelle,
        teil="standorte",
        titel="Standorte",
        standorte=orte,
    )


def standort_neu(request, slug):
    stelle = stelle_fuer(request, slug, "kontakte_pflegen")
    form = StandortForm(request.POST or None, instance=Standort(netzwerkstelle=stelle))
    return _standort(request, stelle, form, services.standort_anlegen, "Neuer Standort")


def standort_bearbeiten(request, slug, pk):
    stelle = stelle_fuer(request, slug, "kontakte_pflegen")
    form = StandortForm(request.POST or None, instance=get_object_or_404(stelle.standorte, pk=pk))
    return _standort(request, stelle, form, services.standort_aendern, "Standort bearbeiten")


def _standort(request, stelle, form, schritt, titel):
    ziel = reverse("netzwerkstellen:standorte", args=[stelle.slug])
    texte = {"titel": titel, "eltern": "Standorte", "meldung": "Der Standort ist gespeichert."}
    return formularseite(request, form, schritt, stelle=stelle, ziel=ziel, teil="standorte", **texte)


def traegerschaften(request, slug):
    stelle = stelle_fuer(request, slug)
    alle, heute = stelle.traegerschaften.with_organisation(), timezone.localdate()
    return zeigen(
        request,
        "netzwerkstellen/verwaltung/traegerschaften.html",
        stelle,
        teil="traegerschaften",
        titel="Träger",
        aktuelle=alle.nicht_beendet(heute),
        beendete=alle.beendet(heute).order_by("-bis", "pk"),
    )


def traegerschaft_neu(request, slug):
    stelle = stelle_fuer(request, slug, "traeger_pflegen")
    form = TraegerschaftForm(request.POST or None, instance=Traegerschaft(netzwerkstelle=stelle))
    return _traegerschaft(request, stelle, form, services.traegerschaft_anlegen, "Neue Trägerschaft")


def traegerschaft_bearbeiten(request, slug, pk):
    stelle = stelle_fuer(request, slug, "traeger_pflegen")
    form = TraegerschaftForm(request.POST or None, instance=get_object_or_404(stelle.traegerschaften, pk=pk))
    return _traegerschaft(request, stelle, form, services.traegerschaft_aendern, "Trägerschaft bearbeiten")


def _traegerschaft(request, stelle, form, schritt, titel):
    ziel = reverse("netzwerkstellen:traegerschaften", args=[stelle.slug])
    texte = {"titel": titel, "eltern": "Träger", "meldung": "Die Trägerschaft ist gespeichert."}
    return formularseite(request, form, schritt, stelle=stelle, ziel=ziel, teil="traegerschaften", **texte)


def organisation_neu(request, slug):
    stelle = stelle_fuer(request, slug, "organisation_eintragen")
    return formularseite(
        request,
        OrganisationForm(request.POST or None),
        partial(services.organisation_eintragen, netzwerkstelle=stelle),
        stelle=stelle,
        ziel=reverse("netzwerkstellen:verwaltung", args=[slug]),
        meldung="Die Organisation ist eingetragen und steht jetzt in allen Auswahllisten.",
        titel="Neue Organisation",
        einleitung="Träger, Schulträger, Partner und Arbeitgeber stehen in einer gemeinsamen Liste für alle Stellen.",
    )


def team(request, slug):
    stelle = stelle_fuer(request, slug)
    mitarbeiten, heute = stelle.mitarbeiten.for_list(), timezone.localdate()
    return zeigen(
        request,
        "netzwerkstellen/verwaltung/team.html",
        stelle,
        teil="team",
        titel="Team",
        aktuelle=mitarbeiten.nicht_beendet(heute),
        beendete=mitarbeiten.beendet(heute),
        einladungen=stelle.einladungen.offen().fuer_team().for_list(),
        gesperrt=None if Rolle.KOORDINATION in rollen(request.user, stelle) else request.user.pk,
    )


def mitarbeit_bearbeiten(request, slug, pk):
    stelle, mitarbeit = _kollegin(request, slug, pk)
    form = MitarbeitForm(request.POST or None, gegenstand=mitarbeit)
    return _team(
        request, stelle, form, services.mitarbeit_aendern, "Mitarbeit bearbeiten", "Die Änderung ist gespeichert."
    )


def rolle_wechseln(request, slug, pk):
    stelle, mitarbeit = _kollegin(request, slug, pk)
    form = RolleForm(request.POST or None, gegenstand=mitarbeit)
    return _team(
        request, stelle, form, services.rolle_wechseln, "Rolle wechseln", "Der Wechsel der Rolle ist eingetragen."
    )


def mitarbeit_beenden(request, slug, pk):
    stelle = stelle_fuer(request, slug, "team_pflegen")
    mitarbeit = get_object_or_404(stelle.mitarbeiten.select_related("person"), pk=pk)
    eigene = mitarbeit.person_id == request.user.pk
    form = BeendenForm(request.POST or None, gegenstand=mitarbeit, eigene=eigene)
    return _team(request, stelle, form, services.mitarbeit_beenden, "Mitarbeit beenden", "Das Ende ist eingetragen.")


def _kollegin(request, slug, pk):
    """A row of the team that this person may change: not their own."""
    stelle = stelle_fuer(request, slug, "team_pflegen")
    mitarbeit = get_object_or_404(stelle.mitarbeiten.select_related("person"), pk=pk)
    if not may_change_mitarbeit(request.user, mitarbeit):
        raise PermissionDenied(services.EIGENE_MITARBEIT)
    return stelle, mitarbeit


def _team(request, stelle, form, schritt, titel, meldung):
    einleitung = f"{form.gegenstand.person} – {form.gegenstand.get_rolle_display()}"
    ziel = reverse("netzwerkstellen:team", args=[stelle.slug])
    texte = {"titel": titel, "eltern": "Team", "meldung": meldung, "einleitung": einleitung}
    return formularseite(request, form, schritt, stelle=stelle, ziel=ziel, teil="team", **texte)
