"""When somebody leaves an office, and the accounts of everybody for the coordination office."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from angebote.antrag.uebergabe import offene_arbeit, uebergeben
from netzwerkstellen.stelle.views import office_for, zeigen
from schulerfolg.dach.ansicht import permissions as ansichtsrechte
from schulerfolg.dach.personen import faktor, services
from schulerfolg.dach.personen.doppelte import vorschlaege
from schulerfolg.dach.personen.forms import (
    FaktorBestaetigenForm,
    FaktorBittenForm,
    FaktorZuruecknehmenForm,
    FreischaltenForm,
    MitarbeitBeendenForm,
    PersonensucheForm,
    SperrenForm,
    UebergebenForm,
    ZusammenfuehrenForm,
)
from schulerfolg.dach.personen.permissions import RECHTE, rollen
from schulerfolg.dach.personen.queries import bei_stelle, hutzeilen, suchen
from schulerfolg.dach.personen.zusammenfuehren import hindernisse, zusammenfuehren
from schulerfolg.konten.anmeldung.frisch import require_fresh
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import landesrollen
from schulerfolg.liste.seiten import page_of

FAKTORSCHRITTE: dict[type, tuple[Callable, str]] = {
    FaktorBittenForm: (faktor.bitten, "Ihre Bitte ist gestellt. Jetzt bestätigt eine zweite Person."),
    FaktorBestaetigenForm: (
        faktor.zuruecksetzen,
        "Der zweite Faktor von {0} ist zurückgesetzt. {0} hat eine Mail bekommen.",
    ),
    FaktorZuruecknehmenForm: (faktor.zuruecknehmen, "Ihre Bitte ist zurückgenommen. Der zweite Faktor bleibt."),
}


def mitarbeit_beenden(request, slug, pk):
    stelle, mitarbeit = _kollegin(request, slug, pk)
    arbeiten = [] if services.arbeitet_weiter(mitarbeit) else _arbeit_bei(request, mitarbeit.person, stelle)
    form = MitarbeitBeendenForm(
        request.POST or None,
        row=mitarbeit,
        eigene=mitarbeit.person_id == request.user.pk,
        arbeit=arbeiten[0] if arbeiten else None,
    )
    if form.is_valid() and form.carry_out(services.beenden_und_uebergeben, then=_zum_team(stelle), by=request.user):
        return _fertig(request, stelle, "Das Ende ist eingetragen.", form.cleaned_data.get("an"))
    return _im_team(request, stelle, mitarbeit, form, arbeiten, "Mitarbeit beenden", geht=True)


def kollegin_uebergeben(request, slug, pk):
    """Hand over without an end: before a long leave, or after a role has ended already."""
    stelle, mitarbeit = _kollegin(request, slug, pk)
    arbeiten = _arbeit_bei(request, mitarbeit.person, stelle)
    if not arbeiten:
        messages.info(request, f"{mitarbeit.person} hat bei dieser Stelle nichts mehr, was zu übergeben wäre.")
        return redirect("netzwerkstellen:team", slug)
    form = UebergebenForm(request.POST or None, row=mitarbeit.person, arbeit=arbeiten[0])
    if form.is_valid() and form.carry_out(uebergeben, then=_zum_team(stelle), stelle=stelle, by=request.user):
        return _fertig(request, stelle, "", form.cleaned_data["an"])
    return _im_team(request, stelle, mitarbeit, form, arbeiten, "Offene Arbeit übergeben")


def kollegin_sperren(request, slug, pk):
    """The account of somebody who works for this office alone."""
    stelle, mitarbeit = _kollegin(request, slug, pk)
    RECHTE.require(rollen(request.user, mitarbeit.person), "sperren")
    arbeiten = offene_arbeit(mitarbeit.person, fuer=request.user)
    form = SperrenForm(request.POST or None, row=mitarbeit.person, arbeiten=arbeiten)
    if form.is_valid() and form.carry_out(services.konto_sperren, then=_zum_team(stelle), by=request.user):
        return _fertig(request, stelle, f"Das Konto von {mitarbeit.person} ist gesperrt.", None)
    return _im_team(request, stelle, mitarbeit, form, arbeiten, "Konto sperren", folgen=True)


def kollegin_faktor(request, slug, pk):
    """A colleague has lost the telephone: ask for a new second factor, or confirm what somebody else asked for."""
    stelle, mitarbeit = _kollegin(request, slug, pk)
    RECHTE.require(rollen(request.user, mitarbeit.person), "faktor_bitten")
    if not faktor.hat_faktor(mitarbeit.person):
        messages.info(request, faktor.OHNE_FAKTOR.format(mitarbeit.person))
        return redirect("netzwerkstellen:team", slug)
    form, lage = _faktor(request, mitarbeit.person)
    if form and form.is_valid() and _faktor_schritt(request, form):
        return redirect("netzwerkstellen:team", slug)
    return _im_team(request, stelle, mitarbeit, form, [], "Zweiten Faktor zurücksetzen", faktor=lage)


def _faktor(request, wer):
    """The form that is due for whoever looks, None where they wait; the request that waits, and who may confirm."""
    bitte, data = faktor.offene_bitte(wer), request.POST if request.method == "POST" else None
    lage = {"bitte": bitte, "zweite": faktor.wer_bestaetigt(wer, ausser=bitte.durch if bitte else request.user)}
    if bitte is None:
        return FaktorBittenForm(data, row=wer), lage
    if bitte.durch_id == request.user.pk:
        return FaktorZuruecknehmenForm(data, row=wer, bitte=bitte), lage
    if not RECHTE.may(rollen(request.user, wer), "faktor_zuruecksetzen", wer):
        return None, lage
    return FaktorBestaetigenForm(data, row=wer, bitte=bitte), lage


def _faktor_schritt(request, form) -> bool:
    require_fresh(request, f"Den zweiten Faktor von {form.row} zurücksetzen")
    dienst, satz = FAKTORSCHRITTE[type(form)]
    if fertig := form.carry_out(dienst, by=request.user):
        messages.success(request, satz.format(form.row))
    return fertig


def _kollegin(request, slug, pk):
    stelle = office_for(request, slug, "team_pflegen")
    return stelle, get_object_or_404(stelle.mitarbeiten.select_related("person", "netzwerkstelle"), pk=pk)


def _zum_team(stelle):
    """Where it goes on, whatever was done."""
    return lambda _: reverse("netzwerkstellen:team", args=[stelle.slug])


def _arbeit_bei(request, person, stelle):
    return [arbeit for arbeit in offene_arbeit(person, fuer=request.user) if arbeit.stelle == stelle]


def _fertig(request, stelle, meldung, an):
    satz = f"Die offenen Vorgänge hat jetzt {an}." if an else ""
    messages.success(request, f"{meldung} {satz}".strip())
    return redirect("netzwerkstellen:team", stelle.slug)


def _im_team(request, stelle, mitarbeit, form, arbeiten, titel, *, geht=False, folgen=False, faktor=None):
    return zeigen(
        request,
        "dach/personen/im_team.html",
        stelle,
        form=form,
        arbeiten=arbeiten,
        mitarbeit=mitarbeit,
        teil="team",
        titel=titel,
        folgen=folgen,
        faktor=faktor,
        darf_sperren=geht and RECHTE.may(rollen(request.user, mitarbeit.person), "sperren"),
        eltern="Team",
        zurueck=reverse("netzwerkstellen:team", args=[stelle.slug]),
    )


@require_safe
def personen(request):
    """Everybody who has or had an account, for the coordination office."""
    RECHTE.require(landesrollen(request.user), "verwalten")
    form = PersonensucheForm(request.GET or None)
    angaben = form.cleaned_data if form.is_valid() else {}
    gefunden = suchen(Person.objects.visible_to(request.user), angaben.get("q", ""))
    if angaben.get("konto"):
        gefunden = gefunden.filter(is_active=angaben["konto"] == "offen")
    if angaben.get("stelle"):
        gefunden = bei_stelle(gefunden, angaben["stelle"])
    return render(request, "dach/personen/liste.html", {"form": form, "page": page_of(request, gefunden)})


@require_safe
def person(request, pk):
    wer = _person(request, pk)
    hats, zur_ansicht = rollen(request.user, wer), ansichtsrechte.rollen(request.user, wer)
    context = {
        "person": wer,
        "huete_der_person": hutzeilen(wer),
        "ereignisse": wer.kontoereignisse.for_list(),
        "darf_ansehen": ansichtsrechte.RECHTE.may(zur_ansicht, "ansehen", wer),
        "teilen_nicht": ansichtsrechte.teilen_nicht(wer),
        "darf_sperren": wer.is_active and RECHTE.may(hats, "sperren"),
        "darf_freischalten": RECHTE.may(hats, "freischalten", wer),
        "darf_faktor": wer.is_active and faktor.hat_faktor(wer) and RECHTE.may(hats, "faktor_bitten"),
    }
    return render(request, "dach/personen/person.html", context)


def person_sperren(request, pk):
    wer = _person(request, pk)
    if not wer.is_active or wer == request.user:
        return _schon(request, wer, "ist schon gesperrt" if not wer.is_active else "sperrt nur eine andere Person")
    RECHTE.require(rollen(request.user, wer), "sperren")
    arbeiten = offene_arbeit(wer, fuer=request.user)
    form = SperrenForm(request.POST or None, row=wer, arbeiten=arbeiten)
    if form.is_valid() and form.carry_out(services.konto_sperren, then=_seite, by=request.user):
        messages.success(request, f"Das Konto von {wer} ist gesperrt.")
        return redirect(form.address)
    return render(request, "dach/personen/sperren.html", {"person": wer, "form": form, "arbeiten": arbeiten})


def person_freischalten(request, pk):
    wer = _person(request, pk)
    if wer.is_active or wer.zusammengefuehrt_mit_id:
        auf = f"ist in dem Konto von {wer.zusammengefuehrt_mit} aufgegangen"
        return _schon(request, wer, "ist schon offen" if wer.is_active else auf)
    RECHTE.require(rollen(request.user, wer), "freischalten", wer)
    form = FreischaltenForm(request.POST if request.method == "POST" else None, row=wer)
    if form.is_valid() and form.carry_out(services.konto_freischalten, then=_seite, by=request.user):
        messages.success(request, f"Das Konto von {wer} ist wieder offen. Die Person legt ein neues Passwort fest.")
        return redirect(form.address)
    return render(request, "dach/personen/freischalten.html", {"person": wer, "form": form})


@require_safe
def doppelte(request):
    """Accounts that look like one person twice."""
    RECHTE.require(landesrollen(request.user), "verwalten")
    return render(request, "dach/personen/doppelte.html", {"paare": vorschlaege()})


def person_zusammenfuehren(request, pk, andere_pk):
    """Side by side: the first account stays, the other one becomes part of it."""
    bleibt, geht = _person(request, pk), _person(request, andere_pk)
    if bleibt == geht:
        messages.warning(request, f"Das ist zweimal dasselbe Konto: {bleibt.email}. Bitte wählen Sie ein anderes.")
        return redirect("personen:doppelte")
    form = ZusammenfuehrenForm(request.POST or None, row=bleibt, geht=geht)
    if form.is_valid() and form.carry_out(zusammenfuehren, then=_seite, by=request.user):
        messages.success(request, f"Die Konten sind zusammengeführt. {bleibt} meldet sich mit {bleibt.email} an.")
        return redirect(form.address)
    context = {
        "form": form,
        "konten": [(bleibt, "bleibt", hutzeilen(bleibt)), (geht, "geht auf", hutzeilen(geht))],
        "bleibt": bleibt,
        "geht": geht,
        "hindernisse": hindernisse(bleibt, geht),
    }
    return render(request, "dach/personen/zusammenfuehren.html", context)


def person_faktor(request, pk):
    wer = _person(request, pk)
    if wer == request.user or not faktor.hat_faktor(wer):
        messages.info(request, faktor.OHNE_FAKTOR.format(wer) if wer != request.user else faktor.EIGENER)
        return redirect("personen:person", pk)
    RECHTE.require(rollen(request.user, wer), "faktor_bitten")
    form, lage = _faktor(request, wer)
    if form and form.is_valid() and _faktor_schritt(request, form):
        return redirect("personen:person", pk)
    return render(request, "dach/personen/faktor.html", {"person": wer, "form": form, "faktor": lage})


def _schon(request, wer, was):
    """The step is done, or nobody's here: that is said, and not that somebody else should do it."""
    messages.info(request, f"Das Konto von {wer} {was}." if wer != request.user else f"Ihr eigenes Konto {was}.")
    return redirect("personen:person", wer.pk)


def _person(request, pk):
    return get_object_or_404(Person.objects.visible_to(request.user), pk=pk)


def _seite(person) -> str:
    return reverse("personen:person", args=[person.pk])
