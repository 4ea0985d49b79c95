"""Planning meetings and making their agendas. The page of a meeting itself stands in abstimmung.views."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from angebote.models import Antrag
from gremien.gremium import permissions as gremiumsrechte
from gremien.gremium.models import Gremium
from gremien.gremium.services import ohne_leitung
from gremien.sitzung import ladung, services
from gremien.sitzung.einsicht import dokument_eingesehen
from gremien.sitzung.forms import AufnehmenForm, EntfernenForm, LeitungForm, PunktForm, TerminForm
from gremien.sitzung.leiten import ZU_SPAET
from gremien.sitzung.models import Sitzung, Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, mitgliedschaft, rollen
from gremien.sitzung.vorsitz import read_leitung
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.ablauf.views import back_when_too_late
from schulerfolg.datei.ausgabe import as_response
from schulerfolg.gesendet import only_posted
from schulerfolg.liste.seiten import page_of
from schulerfolg.zeit import datum

DOKUMENTE = ("einladung", "niederschrift")


@require_safe
def liste(request):
    sitzungen = Sitzung.objects.visible_to(request.user).for_list()
    context = {
        "kommende": sitzungen.kommend(),
        "page": page_of(request, sitzungen.vergangen()),
        "abgesagte": sitzungen.abgesagt()[:20],
        "gremien": Gremium.objects.visible_to(request.user).select_related("netzwerkstelle").order_by("name")[:20],
    }
    return render(request, "gremien/sitzung/liste.html", context)


@require_safe
def gremium(request, pk):
    """A Gremium: its rules, its members, its meetings."""
    gremium = get_object_or_404(Gremium.objects.visible_to(request.user).select_related("netzwerkstelle"), pk=pk)
    sitzungen = gremium.sitzungen.visible_to(request.user).for_list()
    mitglieder = gremium.mitgliedschaften.for_list()
    hats, am_gremium = rollen(request.user, gremium), gremiumsrechte.rollen(request.user, gremium.netzwerkstelle)
    context = {
        "gremium": gremium,
        "mitglieder": mitglieder.nicht_beendet().mit_einladung(),
        "fruehere": mitglieder.beendet(),
        "kommende": sitzungen.kommend(),
        "page": page_of(request, sitzungen.vergangen()),
        "abgesagte": sitzungen.abgesagt()[:20],
        "ohne_leitung": ohne_leitung(gremium),
        "darf_pflegen": gremiumsrechte.RECHTE.may(am_gremium, "pflegen"),
        "darf_planen": RECHTE.may(hats, "planen"),
        "eigener_sitz": mitgliedschaft(request.user, gremium),
    }
    return render(request, "gremien/sitzung/gremium.html", context)


def neu(request, pk):
    gremium = get_object_or_404(Gremium.objects.visible_to(request.user).select_related("netzwerkstelle"), pk=pk)
    RECHTE.require(rollen(request.user, gremium), "planen")
    form = TerminForm(request.POST or None, gremium=gremium)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.sitzung_anlegen, by=request.user):
        messages.success(request, "Die Sitzung ist geplant. Als Nächstes machen Sie die Tagesordnung.")
        return redirect(form.address)
    return render(request, "gremien/gremium/formular.html", {"form": form, "titel": "Neue Sitzung", "gremium": gremium})


@back_when_too_late("sitzungen:sitzung")
def termin(request, pk):
    """Another day, as long as nobody was invited; after that the meeting is moved."""
    sitzung = finden(request, pk)
    RECHTE.require(rollen(request.user, sitzung.gremium), "tagesordnung")
    form = TerminForm(request.POST or None, gremium=sitzung.gremium, sitzung=sitzung)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.termin_aendern, by=request.user):
        messages.success(request, "Der Termin ist geändert.")
        return redirect(form.address)
    context = {"form": form, "titel": "Termin und Ort ändern", "gremium": sitzung.gremium, "sitzung": sitzung}
    return render(request, "gremien/gremium/formular.html", context)


@only_posted("sitzungen:sitzung", "pk")
def aufnehmen(request, pk):
    """„Alle bereiten Anträge aufnehmen“; with the number of one case only this, and back to its page."""
    sitzung = finden(request, pk)
    if "antrag" in request.POST:
        return _einen_aufnehmen(request, sitzung)
    return tun(
        request,
        sitzung,
        partial(services.bereite_aufnehmen, sitzung),
        "Die bereiten Anträge stehen auf der Tagesordnung.",
    )


def _einen_aufnehmen(request, sitzung):
    RECHTE.require(rollen(request.user, sitzung.gremium), "tagesordnung")
    form = AufnehmenForm(request.POST, sitzung=sitzung, antraege=Antrag.objects.visible_to(request.user))
    if not form.is_valid():
        raise Http404
    antrag = form.cleaned_data["antrag"]
    try:
        form.carry_out(services.auf_tagesordnung, then=lambda punkt: antrag.get_absolute_url(), by=request.user)
        messages.success(request, f"Der Antrag steht auf der Tagesordnung der Sitzung am {datum(sitzung.beginn)}.")
    except TransitionNotAllowed as error:
        messages.warning(request, str(error))
    return redirect(antrag)


@only_posted("sitzungen:sitzung", "pk")
@back_when_too_late("sitzungen:sitzung")
def punkt_neu(request, pk):
    sitzung = finden(request, pk)
    RECHTE.require(rollen(request.user, sitzung.gremium), "tagesordnung")
    form = PunktForm(request.POST, row=sitzung)
    if form.is_valid() and form.carry_out(services.punkt_hinzufuegen, then=_seiner_sitzung, by=request.user):
        messages.success(request, "Der Punkt steht auf der Tagesordnung.")
    else:
        messages.warning(request, " ".join(fehler for liste in form.errors.values() for fehler in liste))
    return redirect(sitzung)


def _seiner_sitzung(punkt) -> str:
    return punkt.sitzung.get_absolute_url()


@only_posted("sitzungen:sitzung", "pk")
def punkt_verschieben(request, pk, punkt, wohin):
    """One place up or down; the button that was pressed keeps the focus, wherever its item stands now."""
    sitzung = finden(request, pk)
    punkt = get_object_or_404(sitzung.punkte.select_related("sitzung"), pk=punkt)
    sagen(request, partial(services.punkt_verschieben, punkt, hoch=wohin == "hoch"), "")
    return redirect(f"{sitzung.get_absolute_url()}#{wohin}-{punkt.pk}")


@back_when_too_late("sitzungen:sitzung")
def punkt_entfernen(request, pk, punkt):
    """Off the agenda, after a page that says what it means."""
    sitzung = finden(request, pk)
    RECHTE.require(rollen(request.user, sitzung.gremium), "tagesordnung")
    punkt = sitzung.punkte.select_related("sitzung", "antrag__schule").filter(pk=punkt).first()
    if punkt is None:
        raise TransitionNotAllowed("Dieser Punkt steht nicht mehr auf der Tagesordnung.")
    if not RECHTE.due("tagesordnung", sitzung):
        raise TransitionNotAllowed(ZU_SPAET["tagesordnung"])
    form = EntfernenForm(request.POST or None, row=punkt)
    zurueck = sitzung.get_absolute_url()
    if form.is_valid() and form.carry_out(services.punkt_entfernen, then=lambda _: zurueck, by=request.user):
        messages.success(request, "Der Punkt ist von der Tagesordnung genommen.")
        return redirect(form.address)
    context = {"form": form, "punkt": punkt, "sitzung": sitzung, "titel": punkt.titel, "was": "entfernen"}
    return render(request, "gremien/sitzung/punkt_schritt.html", context)


@only_posted("sitzungen:sitzung", "pk")
def nachladen(request, pk):
    sitzung = finden(request, pk)
    return tun(request, sitzung, partial(ladung.nachladen, sitzung), "Die Einladung ist auf dem Weg.")


@only_posted("sitzungen:sitzung", "pk")
def anwesenheit(request, pk, mitglied, was):
    """A member comes or goes; whoever voted on what is still open is asked about first."""
    sitzung = finden(request, pk)
    mitglied = get_object_or_404(sitzung.gremium.mitgliedschaften.select_related("person"), pk=mitglied)
    hats, geht = rollen(request.user, sitzung.gremium), was == "geht"
    if geht and "trotzdem" not in request.POST and RECHTE.may(hats, "leiten", sitzung):
        abgestimmt = list(sitzung.punkte.offen().mit_stimme_von(mitglied))
        if abgestimmt:
            context = {"sitzung": sitzung, "mitglied": mitglied, "punkte": abgestimmt}
            return render(request, "gremien/sitzung/geht.html", context)
    meldung = f"{mitglied.person} ist {'gegangen' if geht else 'da'}."
    return tun(request, sitzung, partial(services.anwesend, sitzung, mitglied, da=not geht), meldung)


@back_when_too_late("sitzungen:sitzung")
def leitung(request, pk, punkt):
    """„Wer leitet diesen Punkt?“ – what the members said where nobody has the chair."""
    punkte = Tagesordnungspunkt.objects.visible_to(request.user).for_page()
    punkt = get_object_or_404(punkte, sitzung__pk=pk, pk=punkt)
    wer = read_leitung(punkt)
    RECHTE.require(wer.hats(request.user, rollen(request.user, punkt.sitzung.gremium)), "leiten")
    if wer.mitglied and wer.mitglied.leitet:
        messages.info(request, f"{wer.mitglied.person} ist da und leitet diesen Punkt.")
        return redirect(punkt)
    form = LeitungForm(request.POST or None, leitung=wer)
    dienst = partial(form.carry_out, services.leitung_bestimmen, then=lambda zeile: punkt.get_absolute_url())
    if form.is_valid() and dienst(by=request.user):
        messages.success(request, "Festgehalten. Jetzt kann abgestimmt werden.")
        return redirect(form.address)
    context = {"form": form, "sitzung": punkt.sitzung, "punkt": punkt, "titel": punkt.titel}
    return render(request, "gremien/sitzung/leitung.html", context | {"schule": punkt.antrag and punkt.antrag.schule})


@require_safe
def dokument(request, pk, art):
    """The invitation or the minutes, as they were made."""
    sitzung = finden(request, pk)
    RECHTE.require(rollen(request.user, sitzung.gremium), "dokumente")
    datei = getattr(sitzung, art) if art in DOKUMENTE else None
    if datei is None:
        raise Http404
    dokument_eingesehen(request, sitzung, art, datei)
    return as_response(datei)


def finden(request, pk) -> Sitzung:
    """The meeting of this address; the same 404 for strangers and for none."""
    return get_object_or_404(Sitzung.objects.visible_to(request.user).for_page(), pk=pk)


def tun(request, ziel, dienst, meldung):
    """Call the service, say how it went, and go back to the meeting or the item."""
    sagen(request, dienst, meldung)
    return redirect(ziel)


def sagen(request, dienst, meldung) -> None:
    """Call the service and say how it went."""
    try:
        dienst(by=request.user)
        if meldung:
            messages.success(request, meldung)
    except TransitionNotAllowed as error:
        messages.warning(request, str(error))
