"""The page of a meeting with its steps, and of one item: papers, bias, vote, resolution."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from gremien.abstimmung import services
from gremien.abstimmung.forms import AbstimmungForm, KenntnisForm, VertagenForm
from gremien.abstimmung.gegenstand import abstimmbar
from gremien.abstimmung.lage import read_lage, read_saal
from gremien.abstimmung.schritte import SCHRITTE
from gremien.abstimmung.seite import punkt_seite
from gremien.befangenheit import services as befangenheiten
from gremien.befangenheit.forms import EntscheidungForm
from gremien.sitzung.einsicht import vorlage_eingesehen
from gremien.sitzung.models import Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, Zugang, teilnahme
from gremien.sitzung.seite import sitzung_seite
from gremien.sitzung.views import finden, sagen
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.ablauf.views import back_when_too_late, step_page
from schulerfolg.gesendet import only_posted

Art = Tagesordnungspunkt.Art
NICHT_JETZT = "Über diesen Punkt wird jetzt nicht abgestimmt. Wie er steht, lesen Sie auf dieser Seite."
ERLEDIGT = "Dieser Punkt ist schon erledigt, oder die Sitzung läuft nicht. Wie er steht, lesen Sie auf dieser Seite."
NEUER_VORSCHLAG = (
    "Der Vorschlag ist jetzt ein anderer. Die Stimmen galten dem vorigen und zählen nicht mehr; bitte lassen Sie neu "
    "abstimmen."
)


@require_safe
def sitzung(request, pk):
    sitzung = finden(request, pk)
    seite = sitzung_seite(read_saal(sitzung), teilnahme(request.user, sitzung))
    return render(request, "gremien/sitzung/sitzung.html", seite)


@back_when_too_late("sitzungen:sitzung")
def schritt(request, pk, schritt):
    """Take a step of the meeting, after a page that says what it does."""
    return step_page(request, SCHRITTE, finden(request, pk), schritt)


@require_safe
def punkt(request, pk, punkt):
    """One item: its papers for those to whom they are open, the vote while the meeting runs, the resolution after."""
    punkt = _finden(request, pk, punkt)
    wer, lage = _am_punkt(request, punkt)
    offen = "leiten" in wer.rechte and abstimmbar(punkt) and lage.vorsitz
    return _zeigen(request, punkt, wer, lage, AbstimmungForm(lage=lage, rechte=wer.rechte) if offen else None)


@only_posted("sitzungen:punkt", "pk", "punkt")
@back_when_too_late("sitzungen:punkt", "punkt")
def abstimmen(request, pk, punkt):
    """Count the votes, or close the vote with them: the button says which. What is counted is read from the rows."""
    punkt, wer, lage = _leitend(request, pk, punkt)
    if not (abstimmbar(punkt) and punkt.sitzung.laeuft):
        raise TransitionNotAllowed(NICHT_JETZT)
    form = AbstimmungForm(request.POST, lage=lage, rechte=wer.rechte)
    schliessen = "feststellen" in request.POST
    dienst, danach = (services.feststellen, _beschlossen) if schliessen else (services.abstimmen, _gezaehlt)
    if form.is_valid() and form.carry_out(dienst, then=partial(danach, request), by=request.user):
        return redirect(form.address)
    return _zeigen(request, punkt, wer, lage, form)


def _am_punkt(request, punkt):
    """What this person is and may do at this item, and how it stands."""
    lage = read_lage(punkt)
    return lage.leitung.teilnahme(teilnahme(request.user, punkt.sitzung)), lage


def _zeigen(request, punkt, wer, lage, form):
    """The page of an item, or why its papers are closed to this person. `form`: the vote, where there is one."""
    seite = punkt_seite(punkt, lage, wer, form)
    geschlossen = seite["zugang"] != Zugang.OFFEN
    if not geschlossen and punkt.antrag:
        vorlage_eingesehen(request, punkt)
    vorlage = "gremien/abstimmung/punkt_geschlossen.html" if geschlossen else "gremien/abstimmung/punkt.html"
    return render(request, vorlage, seite, status=403 if geschlossen else 200)


def _gezaehlt(request, lage) -> str:
    if not lage.stimmen:
        messages.warning(request, NEUER_VORSCHLAG)
    return lage.punkt.get_absolute_url()


def _beschlossen(request, beschluss) -> str:
    messages.success(request, f"{beschluss}: {beschluss.wortlaut}")
    return beschluss.get_absolute_url()


@only_posted("sitzungen:punkt", "pk", "punkt")
def entscheiden(request, pk, punkt, befangenheit):
    """The Gremium decides about the bias of one member. What somebody typed into the vote beside it stays there."""
    punkt, *_ = _leitend(request, pk, punkt)
    zeilen = punkt.befangenheiten.select_related("mitgliedschaft__person", "punkt__sitzung")
    form = EntscheidungForm(request.POST, befangenheit=get_object_or_404(zeilen, pk=befangenheit))
    if form.is_valid():
        dienst = partial(befangenheiten.entscheiden, form.befangenheit, **form.arguments())
        sagen(request, dienst, "Die Entscheidung des Gremiums ist festgehalten.")
    else:
        messages.warning(request, "Bitte wählen Sie, wie das Gremium entschieden hat.")
    wer, lage = _am_punkt(request, punkt)
    if "schluessel" in request.POST and abstimmbar(punkt) and punkt.sitzung.laeuft and lage.vorsitz:
        form = AbstimmungForm(lage=lage, rechte=wer.rechte, getippt=request.POST)
        return _zeigen(request, punkt, wer, lage, form)
    return redirect(punkt)


@back_when_too_late("sitzungen:punkt", "punkt")
def vertagen(request, pk, punkt):
    return _nach_der_frage(request, pk, punkt, VertagenForm, services.vertagen, "Der Punkt ist vertagt.")


@back_when_too_late("sitzungen:punkt", "punkt")
def zur_kenntnis(request, pk, punkt):
    return _nach_der_frage(request, pk, punkt, KenntnisForm, services.zur_kenntnis_nehmen, "Zur Kenntnis genommen.")


def _nach_der_frage(request, pk, punkt, form_class, dienst, meldung):
    """What can't be taken back is asked once more, on a page that says what it means."""
    punkt, wer, _ = _leitend(request, pk, punkt)
    gehoert = dienst is services.zur_kenntnis_nehmen
    if "leiten" not in wer.rechte or not punkt.zu_behandeln or (gehoert and punkt.art == Art.ANTRAG):
        raise TransitionNotAllowed(services.BERATEN if punkt.zu_behandeln and gehoert else ERLEDIGT)
    form, ziel = form_class(request.POST or None, row=punkt), punkt.get_absolute_url()
    if form.is_valid() and form.carry_out(dienst, then=lambda _: ziel, by=request.user):
        messages.success(request, meldung)
        return redirect(form.address)
    context = {"form": form, "punkt": punkt, "sitzung": punkt.sitzung, "titel": punkt.titel}
    context["was"] = "kenntnis" if gehoert else "vertagen"
    return render(request, "gremien/sitzung/punkt_schritt.html", context)


def _leitend(request, pk, punkt):
    """The item of this address, who somebody is there that may lead it, and how it stands."""
    punkt = _finden(request, pk, punkt)
    wer, lage = _am_punkt(request, punkt)
    RECHTE.require(wer.hats, "leiten")
    return punkt, wer, lage


def _finden(request, pk, punkt):
    """The item of this address, in the meeting of the same address."""
    return get_object_or_404(Tagesordnungspunkt.objects.visible_to(request.user).for_page(), sitzung__pk=pk, pk=punkt)
