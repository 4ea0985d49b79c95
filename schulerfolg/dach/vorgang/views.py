"""The list of cases, the page of one case for everybody, and the steps."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from angebote.antrag.einsicht import Art, antrag_eingesehen, datei_eingesehen
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import rollen
from angebote.antrag.views import entwurf
from angebote.antrag.workflow import SCHULINTERN
from angebote.beratung import permissions as beratungsrechte
from angebote.entscheidung.models import Briefvorschau
from angebote.nachricht.views import als_gelesen
from schulerfolg.ablauf.views import answered_once, back_when_too_late, step_page
from schulerfolg.dach.vorgang.filters import AntragFilter
from schulerfolg.dach.vorgang.queries import auf_der_seite, interne_stellen, nach_stand, reiter, zahlen, zeilen_fuer
from schulerfolg.dach.vorgang.schritte import SCHRITTE, VORSCHAUEN
from schulerfolg.dach.vorgang.seite import vorgangsseite
from schulerfolg.datei.ausgabe import as_response
from schulerfolg.datei.hochladen import guarded
from schulerfolg.konten.permissions import SCHULROLLEN, Rolle
from schulerfolg.liste.seiten import counted, page_of
from schulerfolg.liste.views import list_or_hits


@require_safe
def liste(request):
    """Every case this person may see; for the coordination office the figures of all others too."""
    huete = {hut.rolle for hut in request.huete}
    stellen = interne_stellen(request.user, request.huete)
    zeilen, intern = zeilen_fuer(request.user), stellen != set()
    gefiltert = AntragFilter(request.GET, person=request.user, intern=intern, queryset=zeilen, request=request)
    page = page_of(request, gefiltert.qs)
    page.object_list = auf_der_seite(page.object_list, stellen, request.user, request.huete)
    zahlen_je_stand = nach_stand(gefiltert.ohne_stand)
    alle = sum(zahlen_je_stand.values())
    context = {
        "filter": gefiltert,
        "page": page,
        "alle": alle,
        "gezaehlt": counted(alle),
        "reiter": reiter(zahlen_je_stand, gefiltert.form.cleaned_data.get("status") or [], intern),
        "zahlen": zahlen() if Rolle.KOORDINATION in huete else None,
        "ist_schule": not huete.isdisjoint(SCHULROLLEN),
        "darf_anfragen": not alle and beratungsrechte.RECHTE.may(beratungsrechte.irgendwo(request.user), "anfragen"),
    }
    return list_or_hits(request, "dach/vorgang/liste.html", context)


@require_safe
def antrag(request, pk):
    """The page of a case, for everybody who sees it; what was not sent yet has the page of a draft."""
    antrag = antrag_fuer(request, pk)
    hats = rollen(request.user, antrag)
    antrag_eingesehen(request, antrag)
    if antrag.status in SCHULINTERN:
        return entwurf(request, antrag, hats)
    als_gelesen(request, antrag)
    return render(request, "dach/vorgang/antrag.html", vorgangsseite(antrag, request.user, hats))


@guarded
@answered_once
@back_when_too_late("antraege:antrag")
def schritt(request, pk, name):
    """Take one step: what will happen, what it needs, and on POST the step itself, once per form."""
    antrag = antrag_fuer(request, pk)
    return step_page(request, SCHRITTE, antrag, name, zu_gross=request.waechter.zu_gross, person=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@answered_once
@back_when_too_late("antraege:antrag")
def schreiben(request, pk, name):
    """The letter before it is signed: POST has it made, GET hands it to whoever had it made."""
    antrag = antrag_fuer(request, pk)
    if name not in VORSCHAUEN:
        raise Http404
    if request.method == "POST":
        return step_page(request, VORSCHAUEN, antrag, name, person=request.user)
    fertige = Briefvorschau.objects.visible_to(request.user).fertig()
    vorschau = get_object_or_404(fertige, antrag=antrag, schritt=name)
    antrag_eingesehen(request, antrag)
    return as_response(vorschau.dokument)


@require_safe
def schriftstueck(request, pk, schriftstueck_pk):
    """A document the portal made of this Antrag, byte for byte as it was sent."""
    antrag = antrag_fuer(request, pk)
    stueck = get_object_or_404(antrag.schriftstuecke.select_related("dokument"), pk=schriftstueck_pk)
    datei_eingesehen(request, antrag, Art.SCHRIFTSTUECK, stueck)
    return as_response(stueck.dokument)


def antrag_fuer(request, pk) -> Antrag:
    """The Antrag as this person sees it: foreign and missing are the same 404."""
    return get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk)
