"""The school's side: a draft, its sections one by one, and the check before it is sent."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from angebote.antrag import services
from angebote.antrag.abschnitte import BEREITZULEGEN, KURZ, LETZTER, MINUTEN, abschnitte_fuer
from angebote.antrag.einsicht import antrag_eingesehen
from angebote.antrag.entwurf import anfangen, offene_runden, zustaendige_stellen
from angebote.antrag.forms_entwurf import BeginnenForm, ZuordnenForm
from angebote.antrag.forms_kosten import KostenForm
from angebote.antrag.forms_kurz import KurzForm
from angebote.antrag.forms_projekt import ProjektForm, ZeitraumForm
from angebote.antrag.forms_schule import SchuleForm
from angebote.antrag.forms_zeilen import KooperationForm
from angebote.antrag.machine import ANTRAG, nur_lesen
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, rollen, schreibt
from angebote.antrag.seite import (
    abschnitt_kontext,
    entwurfsseite,
    gesichert_kontext,
    kann_kurz,
    naechster_schritt,
    pruefseite,
)
from angebote.beratung import permissions as beratungsrechte
from angebote.foerderung.filters import vorhaben_aus
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.ablauf.views import back_when_too_late
from schulerfolg.gesendet import only_posted

FORMEN = {f.name: f for f in (SchuleForm, KooperationForm, ProjektForm, ZeitraumForm, KostenForm, KurzForm)}


def neu(request):
    """Where an application begins: out of a Beratung, or with a draft that waits for one."""
    person, vorhaben = request.user, vorhaben_aus(request.GET)
    hats = beratungsrechte.irgendwo(person)
    RECHTE.require(hats, "beginnen")
    form = BeginnenForm(request.POST or None, person=person, vorhaben=vorhaben)
    mit = {"by": person, "wunsch": request.GET.get("runde", ""), "vorhaben": vorhaben}
    if request.method == "POST" and form.is_valid() and form.carry_out(anfangen, **mit):
        return redirect(form.address)
    context = {
        "vorhaben": vorhaben,
        "stellen": zustaendige_stellen(person),
        "minuten": MINUTEN,
        "bereit": BEREITZULEGEN.values(),
        "form": form,
        "beratungen": form.beratungen,
        "entwuerfe": Antrag.objects.visible_to(person).entwuerfe().for_list(),
        "ist_schule": beratungsrechte.RECHTE.may(hats, "anfragen"),
        "runden": offene_runden(person),
    }
    return render(request, "angebote/antrag/neu.html", context)


def entwurf(request, antrag, hats):
    """The page of an Antrag that was not sent yet; the page of a case calls it for drafts."""
    return render(request, "angebote/antrag/entwurf.html", entwurfsseite(antrag, request.user, hats))


@back_when_too_late("antraege:antrag")
def abschnitt(request, pk, name):
    if name == LETZTER.name:
        antrag = zum_bearbeiten(request, pk)
        antrag_eingesehen(request, antrag)
        seite = pruefseite(antrag, request.user, rollen(request.user, antrag))
        return render(request, "angebote/antrag/pruefen.html", seite)
    if name not in FORMEN:
        raise Http404
    return abschnittsseite(request, pk, name, FORMEN[name])


def abschnittsseite(request, pk, name, form_class):
    """Show one section; on POST save it, add a row, or show what can't be read."""
    antrag = zum_bearbeiten(request, pk)
    form = form_class(request.POST if request.method == "POST" else None, antrag=antrag)
    if form.is_bound and "sichern" in request.POST:
        return _sichern(request, antrag, form, form_class)
    if form.is_bound and form.zeilen is not None and "zeile" in request.POST:
        form = form.mit_neuer_zeile(request.POST["zeile"])
    elif form.is_valid() and form.carry_out(by=request.user):
        messages.success(request, "Gespeichert. Sie können jederzeit später weitermachen.")
        return redirect(_weiter(request, form.gespeichert or antrag, name))
    if name == KURZ.name and not form.is_bound and not kann_kurz(antrag):
        return redirect(antrag)
    antrag_eingesehen(request, antrag)
    return render(request, "angebote/antrag/abschnitt.html", abschnitt_kontext(antrag, name, form, request.user))


def _sichern(request, antrag, form, form_class):
    """Save while somebody is writing; the answer is a part: what became of it, and what the next save has to know."""
    form.sichern(by=request.user)
    frisch = form.gespeichert or zum_bearbeiten(request, antrag.pk)
    context = gesichert_kontext(frisch, form, form_class(None, antrag=frisch))
    return render(request, "angebote/antrag/gesichert.html", context)


def zum_bearbeiten(request, pk) -> Antrag:
    """The draft this person may write in: 404 for strangers, 403 for readers, too late once it was sent."""
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk)
    hats = rollen(request.user, antrag)
    RECHTE.require(hats, "bearbeiten", antrag)
    if not RECHTE.due("bearbeiten", antrag):
        raise TransitionNotAllowed(ANTRAG.too_late(antrag, hats))
    if not schreibt(request.user, antrag):
        raise TransitionNotAllowed(nur_lesen(antrag))
    return antrag


@only_posted("antraege:antrag", "pk")
@back_when_too_late("antraege:antrag")
def teilen(request, pk):
    """Let the office read along in the draft, or not any more."""
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk)
    hats = rollen(request.user, antrag)
    RECHTE.require(hats, "teilen", antrag)
    if not RECHTE.due("teilen", antrag):
        raise TransitionNotAllowed(ANTRAG.too_late(antrag, hats))
    geteilt = request.POST.get("geteilt") == "ja"
    services.teilen(antrag, by=request.user, geteilt=geteilt)
    messages.success(
        request, "Die Netzwerkstelle liest jetzt mit." if geteilt else "Die Netzwerkstelle liest nicht mehr mit."
    )
    return redirect("antraege:antrag", pk)


@only_posted("antraege:antrag", "pk")
@back_when_too_late("antraege:antrag")
def beratung_zuordnen(request, pk):
    """The conversation of a draft that was begun before it."""
    antrag = zum_bearbeiten(request, pk)
    form = ZuordnenForm(request.POST, antrag=antrag)
    if form.is_valid() and form.carry_out(by=request.user):
        messages.success(request, "Das Gespräch gehört jetzt zu diesem Antrag.")
    else:
        messages.error(request, "Dieses Gespräch können Sie hier nicht zuordnen. Bitte wählen Sie ein anderes.")
    return redirect(antrag)


def _weiter(request, antrag, name):
    """The page the button asked for: this one again, preview, draft, the next section; at the end the step."""
    reihenfolge = [*abschnitte_fuer(antrag.kurz), LETZTER.name]
    if "hochladen" in request.POST:
        return reverse("antraege:abschnitt", args=[antrag.pk, name])
    if "vorschau" in request.POST:
        return reverse("antraege:abschnitt", args=[antrag.pk, LETZTER.name])
    if "uebersicht" in request.POST or name not in reihenfolge:
        return reverse("antraege:antrag", args=[antrag.pk])
    if name == KURZ.name:
        return naechster_schritt(antrag, request.user)
    return reverse("antraege:abschnitt", args=[antrag.pk, reihenfolge[reihenfolge.index(name) + 1]])
