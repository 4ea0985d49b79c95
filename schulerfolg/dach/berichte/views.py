"""Reports: what everybody reads, and the pages on which the coordination office makes them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from schulerfolg.ablauf.views import back_when_too_late, step_page
from schulerfolg.dach.berichte import services
from schulerfolg.dach.berichte.diagramm import diagramm
from schulerfolg.dach.berichte.exports import als_csv
from schulerfolg.dach.berichte.forms import BerichtForm
from schulerfolg.dach.berichte.kennzahlen import tabellen, zahlen_von
from schulerfolg.dach.berichte.models import Bericht
from schulerfolg.dach.berichte.permissions import RECHTE, rollen
from schulerfolg.dach.berichte.schritte import SCHRITTE
from schulerfolg.dach.berichte.text import als_html
from schulerfolg.dach.berichte.workflow import ABLAUF
from schulerfolg.datei.annahme import Datei
from schulerfolg.datei.ausgabe import as_response
from schulerfolg.liste.seiten import page_of


@login_not_required
@require_safe
def liste(request):
    context = {
        "page": page_of(request, Bericht.objects.oeffentlich()),
        "verwaltet": request.user.is_authenticated and RECHTE.may(rollen(request.user), "verwalten"),
    }
    return render(request, "dach/berichte/liste.html", context)


@login_not_required
@require_safe
def bericht(request, slug):
    bericht = get_object_or_404(Bericht.objects.war_oeffentlich(), slug=slug)
    if not bericht.ist_oeffentlich:
        ereignis = bericht.ereignisse.filter(schritt="zurueckziehen").first()
        return render(
            request, "dach/berichte/zurueckgezogen.html", {"bericht": bericht, "ereignis": ereignis}, status=410
        )
    return render(request, "dach/berichte/bericht.html", {"bericht": bericht, **_inhalt(bericht)})


@login_not_required
@require_safe
def pdf(request, slug):
    bericht = _oeffentlich(slug)
    if bericht.dokument is None:
        raise Http404("Das PDF entsteht gerade.")
    return as_response(bericht.dokument)


@login_not_required
@require_safe
def zahlen(request, slug):
    bericht = _oeffentlich(slug)
    return as_response(Datei(f"{bericht.slug}.csv", "text/csv; charset=utf-8", als_csv(bericht)))


@require_safe
def verwaltung(request):
    hats = rollen(request.user)
    RECHTE.require(hats, "verwalten")
    context = {
        "page": page_of(request, Bericht.objects.visible_to(request.user)),
        "darf_anlegen": RECHTE.may(hats, "anlegen"),
    }
    return render(request, "dach/berichte/verwaltung.html", context)


def _hier(bericht) -> str:
    """Until it is published, a report has no other page."""
    return bericht.arbeitsadresse


def neu(request):
    RECHTE.require(rollen(request.user), "anlegen")
    form = BerichtForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.anlegen, then=_hier, by=request.user):
        messages.success(request, "Der Entwurf ist gespeichert. Die Zahlen darunter sind die von heute.")
        return redirect(form.address)
    return render(request, "dach/berichte/formular.html", {"form": form, "titel": "Neuer Bericht", "bericht": None})


@require_safe
def entwurf(request, pk):
    bericht = _eigener(request, pk)
    context = {
        "bericht": bericht,
        "schritte": ABLAUF.offered(bericht, request.user, rollen(request.user)),
        "darf_bearbeiten": RECHTE.may(rollen(request.user), "bearbeiten", bericht),
        "ereignisse": bericht.ereignisse.for_list(),
        **_inhalt(bericht),
    }
    return render(request, "dach/berichte/entwurf.html", context)


def bearbeiten(request, pk):
    bericht = _eigener(request, pk)
    RECHTE.require(rollen(request.user), "bearbeiten", bericht)
    if not RECHTE.due("bearbeiten", bericht):
        messages.warning(request, "Dieser Bericht ist veröffentlicht und ändert sich nicht mehr.")
        return redirect(bericht.arbeitsadresse)
    form = BerichtForm(request.POST or None, instance=bericht)
    if request.method == "POST" and form.is_valid() and form.carry_out(services.aendern, then=_hier, by=request.user):
        messages.success(request, "Der Entwurf ist gespeichert.")
        return redirect(bericht.arbeitsadresse)
    return render(
        request, "dach/berichte/formular.html", {"form": form, "titel": "Bericht bearbeiten", "bericht": bericht}
    )


@back_when_too_late("berichte:entwurf")
def schritt(request, pk, name):
    return step_page(request, SCHRITTE, _eigener(request, pk), name)


def _eigener(request, pk) -> Bericht:
    return get_object_or_404(Bericht.objects.visible_to(request.user), pk=pk)


def _oeffentlich(slug) -> Bericht:
    return get_object_or_404(Bericht.objects.oeffentlich().select_related("dokument"), slug=slug)


def _inhalt(bericht) -> dict:
    """Text and figures, each table with its chart."""
    teile = [(tabelle, diagramm(tabelle)) for tabelle in tabellen(zahlen_von(bericht))]
    return {"text": als_html(bericht.text), "teile": teile}
