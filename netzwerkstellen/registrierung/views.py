"""Asking for a role at a school, and the page on which the school or its office decides."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from netzwerkstellen.registrierung import services
from netzwerkstellen.registrierung.forms import (
    AblehnenForm,
    FreigebenForm,
    PasswortForm,
    RegistrierungForm,
    SchulsucheForm,
    ZugangForm,
)
from netzwerkstellen.registrierung.models import Registrierung
from netzwerkstellen.schule.models import Schule
from schulerfolg.gesendet import only_posted

TREFFER = 20


@require_safe
@login_not_required
def registrieren(request):
    """First find the own school (`?q=`); whoever is signed in also sees what they have asked for."""
    form = SchulsucheForm(request.GET or None)
    gesucht = form.cleaned_data["q"] if form.is_valid() else ""
    treffer = list(Schule.objects.in_betrieb().search(gesucht).sorted_german()[: TREFFER + 1]) if gesucht else []
    eigene = request.user.registrierungen.wartend().for_list() if request.user.is_authenticated else []
    context = {
        "form": form,
        "gesucht": gesucht,
        "treffer": treffer[:TREFFER],
        "mehr": len(treffer) > TREFFER,
        "eigene": eigene,
    }
    return render(request, "netzwerkstellen/registrierung/suche.html", context)


@login_not_required
def registrieren_schule(request, pk):
    """The form for this school. Whatever the address is, the answer is the same."""
    schule = get_object_or_404(Schule.objects.in_betrieb().select_related("netzwerkstelle"), pk=pk)
    if gebremst := ratelimit.consume_or_429(request, action="registrieren"):
        return gebremst
    angemeldet = request.user.is_authenticated
    klasse = ZugangForm if angemeldet else RegistrierungForm
    form = klasse(request.POST or None, instance=Registrierung(schule=schule))
    if request.method == "POST" and form.is_valid() and _carry_out(request, form, angemeldet):
        return redirect(form.address)
    context = {"form": form, "schule": schule}
    return render(request, "netzwerkstellen/registrierung/formular.html", context)


def _carry_out(request, form, angemeldet) -> bool:
    if not angemeldet:
        return form.carry_out(services.registrieren, then=lambda _: reverse("registrieren_unterwegs"))
    there = reverse("registrieren")
    if not form.carry_out(services.zugang_beantragen, then=lambda _: there, by=request.user):
        return False
    messages.success(request, "Ihre Anfrage ist unterwegs. Sobald jemand entschieden hat, bekommen Sie eine Mail.")
    return True


@require_safe
@login_not_required
def registrieren_unterwegs(request):
    """What happens next: the same words for everybody who has sent the form."""
    return render(request, "netzwerkstellen/registrierung/unterwegs.html")


@login_not_required
@never_cache
@sensitive_post_parameters("passwort", "passwort_noch_einmal")
def registrieren_bestaetigen(request, token):
    """The page behind the link: 404 for one nobody sent, 410 for one that has had its time. Looking changes nothing."""
    registrierung = Registrierung.objects.mit_token(token)
    if registrierung is None or not registrierung.ist_ungeprueft:
        context = {"registrierung": registrierung}
        status = 404 if registrierung is None else 410
        return render(request, "netzwerkstellen/registrierung/geschlossen.html", context, status=status)
    form = PasswortForm(request.POST or None, row=registrierung)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.bestaetigen):
        person = form.result
        messages.success(request, f"Willkommen, {person}. Ihre Adresse ist bestätigt, Ihr Konto ist angelegt.")
        login = Login(user=person, email=person.email, redirect_url=reverse("uebersicht"))
        return perform_password_login(request, {"email": person.email}, login)
    context = {"registrierung": registrierung, "form": form}
    return render(request, "netzwerkstellen/registrierung/bestaetigen.html", context)


@require_safe
def registrierung(request, pk):
    """Who asks, and the two answers. Whoever comes too late reads what was decided."""
    return _seite(request, _fuer(request, pk))


@only_posted("registrierung", "pk")
def registrierung_freigeben(request, pk):
    anmeldung = _fuer(request, pk)
    form = FreigebenForm(request.POST, row=anmeldung)
    seite = anmeldung.get_absolute_url()
    if form.is_valid() and form.carry_out(services.freigeben, then=lambda _: seite, by=request.user):
        messages.success(request, f"{anmeldung.wer} gehört ab heute zur Schule und bekommt eine Mail.")
        return redirect(form.address)
    return _nicht_gelungen(request, pk, freigeben=form)


@only_posted("registrierung", "pk")
def registrierung_ablehnen(request, pk):
    anmeldung = _fuer(request, pk)
    form = AblehnenForm(request.POST, row=anmeldung)
    if form.is_valid() and form.carry_out(services.ablehnen, by=request.user):
        messages.success(request, f"Die Anfrage ist abgelehnt. {anmeldung.wer} bekommt Ihre Begründung per Mail.")
        return redirect(anmeldung)
    return _nicht_gelungen(request, pk, ablehnen=form)


def _fuer(request, pk) -> Registrierung:
    return get_object_or_404(Registrierung.objects.visible_to(request.user).for_list(), pk=pk)


def _nicht_gelungen(request, pk, **formular):
    """The page again with what hinders it; whoever came too late is told so and reads what was decided."""
    anmeldung = _fuer(request, pk)
    if anmeldung.wartet:
        return _seite(request, anmeldung, **formular)
    messages.warning(request, services.zu_spaet(anmeldung))
    return redirect(anmeldung)


def _seite(request, anmeldung, freigeben=None, ablehnen=None):
    context = {
        "registrierung": anmeldung,
        "freigeben": freigeben or FreigebenForm(row=anmeldung),
        "ablehnen": ablehnen or AblehnenForm(row=anmeldung),
        "form": freigeben or ablehnen or {"errors": ""},
    }
    return render(request, "netzwerkstellen/registrierung/seite.html", context)
