"""The pages on which an office looks after its own data and its team."""

from copy import copy
from functools import partial
from typing import NamedTuple

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from netzwerkstellen.stelle.permissions import RECHTE, rollen
from netzwerkstellen.stelle.views import form_page, office_for, run_step, zeigen
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
from schulerfolg.formular.basis import StammdatenFormular
from schulerfolg.gesendet import only_posted
from schulerfolg.konten.anmeldung.frisch import require_fresh_for_signature
from schulerfolg.liste.seiten import page_of


class Eigenes(NamedTuple):
    """What an office looks after: its form, and the words of its pages."""

    form: type[StammdatenFormular]
    liste: str
    neu: str
    meldung: str

    @property
    def model(self):
        return self.form._meta.model


EIGENES = {
    "ansprechpersonen": Eigenes(
        AnsprechpersonForm, "Ansprechpersonen", "Neue Ansprechperson", "Die Ansprechperson ist gespeichert."
    ),
    "standorte": Eigenes(StandortForm, "Standorte", "Neuer Standort", "Der Standort ist gespeichert."),
    "traegerschaften": Eigenes(TraegerschaftForm, "Träger", "Neue Trägerschaft", "Die Trägerschaft ist gespeichert."),
}


@require_safe
def verwaltung(request, slug):
    stelle = office_for(request, slug)
    return zeigen(
        request,
        "netzwerkstellen/verwaltung/uebersicht.html",
        stelle,
        teil="uebersicht",
        offen=zu_bestaetigen(stelle),
        kennzahlen=kennzahlen(stelle),
        einladungen=stelle.einladungen.offen().for_list(),
        ereignisse=stelle.ereignisse.for_list()[:5],
    )


@require_safe
def verlauf(request, slug):
    stelle = office_for(request, slug)
    page = page_of(request, stelle.ereignisse.for_list())
    return zeigen(
        request, "netzwerkstellen/verwaltung/verlauf.html", stelle, teil="verlauf", titel="Verlauf", page=page
    )


def angaben(request, slug):
    stelle = office_for(request, slug, "angaben_pflegen")
    darf_teilen = RECHTE.may(rollen(request.user, stelle), "inhalte_teilen")
    return form_page(
        request,
        AngabenForm(request.POST or None, instance=copy(stelle), darf_teilen=darf_teilen),
        services.angaben_aendern,
        stelle=stelle,
        ziel=reverse("netzwerkstellen:verwaltung", args=[slug]),
        meldung="Die Angaben Ihrer Stelle sind gespeichert.",
        teil="angaben",
        titel="Angaben der Stelle",
    )


@require_safe
def ansprechpersonen(request, slug):
    stelle = office_for(request, slug)
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


def neu(request, slug, teil):
    """A new contact, site or Trägerschaft."""
    art = EIGENES[teil]
    stelle = office_for(request, slug, services.action_fuer(art.model))
    form = art.form(request.POST or None, instance=art.model(netzwerkstelle=stelle))
    return _eigenes(request, stelle, teil, form, services.eintragen, art.neu)


def bearbeiten(request, slug, teil, pk):
    art = EIGENES[teil]
    stelle = office_for(request, slug, services.action_fuer(art.model))
    form = art.form(request.POST or None, instance=get_object_or_404(getattr(stelle, teil), pk=pk))
    return _eigenes(request, stelle, teil, form, services.aktualisieren, f"{art.model._meta.verbose_name} bearbeiten")


def _eigenes(request, stelle, teil, form, schritt, titel):
    ziel = reverse(f"netzwerkstellen:{teil}", args=[stelle.slug])
    texte = {"titel": titel, "eltern": EIGENES[teil].liste, "meldung": EIGENES[teil].meldung}
    return form_page(request, form, schritt, stelle=stelle, ziel=ziel, teil=teil, **texte)


@only_posted("netzwerkstellen:ansprechpersonen", "slug")
def ansprechperson_beenden(request, slug, pk):
    return _ende_setzen(request, slug, pk, timezone.localdate(), "Heute ist der letzte Tag von {}.")


@only_posted("netzwerkstellen:ansprechpersonen", "slug")
def ansprechperson_fortsetzen(request, slug, pk):
    return _ende_setzen(request, slug, pk, None, "Das Ende von {} ist aufgehoben.")


def _ende_setzen(request, slug, pk, letzter_tag, meldung):
    stelle = office_for(request, slug, "kontakte_pflegen")
    person = get_object_or_404(stelle.ansprechpersonen, pk=pk)
    beenden = partial(services.ansprechperson_beenden, person, letzter_tag=letzter_tag)
    return run_step(request, beenden, meldung.format(person), reverse("netzwerkstellen:ansprechpersonen", args=[slug]))


@require_safe
def standorte(request, slug):
    stelle = office_for(request, slug)
    orte = stelle.standorte.all()
    return zeigen(
        request,
        "netzwerkstellen/verwaltung/standorte.html",
        stelle,
        teil="standorte",
        titel="Standorte",
        standorte=orte,
    )


@require_safe
def traegerschaften(request, slug):
    stelle = office_for(request, slug)
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


def organisation_neu(request, slug):
    stelle = office_for(request, slug, "organisation_eintragen")
    return form_page(
        request,
        OrganisationForm(request.POST or None),
        partial(services.organisation_eintragen, netzwerkstelle=stelle),
        stelle=stelle,
        ziel=reverse("netzwerkstellen:verwaltung", args=[slug]),
        meldung="Die Organisation ist eingetragen und steht jetzt in allen Auswahllisten.",
        titel="Neue Organisation",
        einleitung="Träger, Schulträger, Partner und Arbeitgeber stehen in einer gemeinsamen Liste für alle Stellen.",
    )


@require_safe
def team(request, slug):
    stelle = office_for(request, slug)
    mitarbeiten, heute = stelle.mitarbeiten.for_list(), timezone.localdate()
    auch_sich = RECHTE.may(rollen(request.user, stelle, ueber=request.user.pk), "mitarbeit_aendern")
    return zeigen(
        request,
        "netzwerkstellen/verwaltung/team.html",
        stelle,
        teil="team",
        titel="Team",
        aktuelle=mitarbeiten.nicht_beendet(heute).mit_abwesenheit(),
        beendete=mitarbeiten.beendet(heute),
        einladungen=stelle.einladungen.offen().fuer_team().for_list(),
        gesperrt=None if auch_sich else request.user.pk,
    )


def mitarbeit_bearbeiten(request, slug, pk):
    stelle, mitarbeit = _kollegin(request, slug, pk)
    form = MitarbeitForm(request.POST or None, row=mitarbeit)
    require_fresh_for_signature(request, form, hatte=mitarbeit.zeichnungsbefugt)
    return _team(
        request, stelle, form, services.mitarbeit_aendern, "Mitarbeit bearbeiten", "Die Änderung ist gespeichert."
    )


def rolle_wechseln(request, slug, pk):
    stelle, mitarbeit = _kollegin(request, slug, pk)
    form = RolleForm(request.POST or None, row=mitarbeit)
    require_fresh_for_signature(request, form)
    return _team(
        request, stelle, form, services.rolle_wechseln, "Rolle wechseln", "Der Wechsel der Rolle ist eingetragen."
    )


@only_posted("netzwerkstellen:team", "slug")
def mitarbeit_zuruecknehmen(request, slug, pk):
    """Before it begins; whoever comes second reads that it is done."""
    stelle, ziel = office_for(request, slug, "team_pflegen"), reverse("netzwerkstellen:team", args=[slug])
    mitarbeit = stelle.mitarbeiten.select_related("person").filter(pk=pk).first()
    if mitarbeit is None:
        messages.warning(request, services.SCHON_ZURUECK)
        return redirect(ziel)
    RECHTE.require(rollen(request.user, stelle, ueber=mitarbeit.person_id), "mitarbeit_aendern")
    meldung = f"Die geplante Änderung für {mitarbeit.person} ist zurückgenommen."
    return run_step(request, partial(services.mitarbeit_zuruecknehmen, mitarbeit), meldung, ziel)


def _kollegin(request, slug, pk):
    """A row of the team that this person may change: not their own."""
    stelle = office_for(request, slug, "team_pflegen")
    mitarbeit = get_object_or_404(stelle.mitarbeiten.select_related("person"), pk=pk)
    RECHTE.require(rollen(request.user, stelle, ueber=mitarbeit.person_id), "mitarbeit_aendern")
    return stelle, mitarbeit


def _team(request, stelle, form, schritt, titel, meldung):
    einleitung = f"{form.row.person} – {form.row.get_rolle_display()}"
    ziel = reverse("netzwerkstellen:team", args=[stelle.slug])
    texte = {"titel": titel, "eltern": "Team", "meldung": meldung, "einleitung": einleitung}
    return form_page(request, form, schritt, stelle=stelle, ziel=ziel, teil="team", **texte)
