"""Sending invitations from an office's pages, and the page behind the link in the mail."""

from functools import partial

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from netzwerkstellen.einladung import services
from netzwerkstellen.einladung.forms import AnnehmenForm, NeuesKontoForm, SchulEinladungForm, TeamEinladungForm
from netzwerkstellen.einladung.models import Einladung
from netzwerkstellen.einladung.queries import konto_mit_adresse
from netzwerkstellen.stelle.permissions import require
from netzwerkstellen.stelle.views import form_page, office_for, run_step
from schulerfolg.gesendet import only_posted
from schulerfolg.konten.anmeldung.frisch import require_fresh_for_signature
from schulerfolg.konten.permissions import MIT_ZWEITEM_FAKTOR, Rolle


def team_einladen(request, slug):
    stelle = office_for(request, slug, "team_pflegen")
    form = TeamEinladungForm(request.POST or None, instance=Einladung(netzwerkstelle=stelle))
    require_fresh_for_signature(request, form)
    return form_page(
        request,
        form,
        services.einladen,
        stelle=stelle,
        ziel=reverse("netzwerkstellen:team", args=[slug]),
        meldung="Die Einladung ist unterwegs. Der Link in der Mail gilt 14 Tage.",
        teil="team",
        titel="Ins Team einladen",
        eltern="Team",
        einleitung="Die Person bekommt eine Mail mit einem Link. Sie legt ihr Passwort selbst fest.",
    )


def schule_einladen(request, slug, schule_pk):
    stelle = office_for(request, slug, "schule_einladen")
    schule = get_object_or_404(stelle.schulen, pk=schule_pk)
    form = SchulEinladungForm(request.POST or None, instance=Einladung(netzwerkstelle=stelle, schule=schule))
    return form_page(
        request,
        form,
        services.einladen,
        stelle=stelle,
        ziel=reverse("netzwerkstellen:schule", args=[slug, schule.pk]),
        meldung="Die Einladung ist unterwegs. Der Link in der Mail gilt 14 Tage.",
        teil="schulen",
        titel="An die Schule einladen",
        eltern=schule.name,
        einleitung=f"{schule}. Die Person bekommt eine Mail mit einem Link. Sie legt ihr Passwort selbst fest.",
    )


@only_posted("netzwerkstellen:team", "slug")
def einladung_erneut(request, slug, pk):
    einladung = _eigene(request, slug, pk)
    return _schritt(
        request, services.erneut_senden, einladung, "Die Einladung ist noch einmal unterwegs, mit neuem Link."
    )


@only_posted("netzwerkstellen:team", "slug")
def einladung_zuruecknehmen(request, slug, pk):
    einladung = _eigene(request, slug, pk)
    return _schritt(
        request, services.zuruecknehmen, einladung, "Die Einladung ist zurückgenommen. Ihr Link öffnet nichts mehr."
    )


def _eigene(request, slug, pk):
    """An invitation of this office, for whoever may send one like it."""
    stelle = office_for(request, slug)
    einladung = get_object_or_404(stelle.einladungen.exclude(rolle=Rolle.GREMIUM), pk=pk)
    require(request.user, "schule_einladen" if einladung.schule_id else "team_pflegen", stelle)
    return einladung


def _schritt(request, schritt, einladung, meldung):
    slug = einladung.netzwerkstelle.slug
    ziel = reverse("netzwerkstellen:team", args=[slug])
    if einladung.schule_id:
        ziel = reverse("netzwerkstellen:schule", args=[slug, einladung.schule_id])
    return run_step(request, partial(schritt, einladung), meldung, ziel)


@login_not_required
@never_cache
@sensitive_post_parameters("passwort", "passwort_noch_einmal")
def einladung_annehmen(request, token):
    """The page behind the link. Looking changes nothing; only its form does."""
    einladung = Einladung.objects.mit_token(token)
    if einladung is None or not einladung.ist_offen:
        return _geschlossen(request, einladung)
    konto = konto_mit_adresse(einladung.email)
    if request.user.is_authenticated and request.user != konto:
        return _antwort(request, einladung, "andere_person")
    if request.user.is_authenticated:
        return _mit_konto(request, einladung)
    if konto is not None:
        return _antwort(request, einladung, "anmelden" if konto.is_active else "gesperrt")
    return _neues_konto(request, einladung)


def _mit_konto(request, einladung):
    form = AnnehmenForm(request.POST if request.method == "POST" else None, row=einladung)
    ziel = _naechste_seite(einladung, request.user)
    if form.is_valid() and form.carry_out(services.annehmen, then=lambda _: ziel, by=request.user):
        rolle = einladung.anlass or einladung.get_rolle_display()
        messages.success(request, f"Willkommen. Ihre Rolle „{rolle}“ gilt ab heute.")
        return redirect(form.address)
    return _antwort(request, einladung, "annehmen", form=form)


def _neues_konto(request, einladung):
    form = NeuesKontoForm(request.POST or None, row=einladung)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.konto_anlegen):
        person = form.result
        messages.success(request, f"Willkommen, {person}. Ihr Konto ist angelegt.")
        login = Login(user=person, email=person.email, redirect_url=_naechste_seite(einladung, person))
        return perform_password_login(request, {"email": person.email}, login)
    return _antwort(request, einladung, "neues_konto", form=form)


def _naechste_seite(einladung, person) -> str:
    """Set up the second factor where the new role asks for one, else the person's own start page."""
    if einladung.rolle in MIT_ZWEITEM_FAKTOR and not get_adapter().is_mfa_enabled(person, ["totp", "webauthn"]):
        return reverse("mfa_index")
    return reverse("uebersicht")


def _antwort(request, einladung, lage, form=None):
    context = {"einladung": einladung, "lage": lage, "form": form}
    return render(request, "netzwerkstellen/einladung/annehmen.html", context)


def _geschlossen(request, einladung):
    """404 for a link nobody sent, 410 for one that has had its time."""
    if einladung is None:
        lage = "unbekannt"
    elif einladung.angenommen_am:
        lage = "angenommen"
    else:
        lage = "zurueckgenommen" if einladung.zurueckgenommen_am else "abgelaufen"
    context = {"einladung": einladung, "lage": lage}
    return render(
        request, "netzwerkstellen/einladung/geschlossen.html", context, status=404 if einladung is None else 410
    )
