"""The section with declarations and files, and the files themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from angebote.anlage import services
from angebote.anlage.forms import ErklaerungenForm
from angebote.anlage.hochladen import Groessenwaechter
from angebote.antrag.abbild import anlagen
from angebote.antrag.models import Antrag
from angebote.antrag.views import abschnittsseite, zu_spaet_heisst_zurueck, zum_bearbeiten


@csrf_exempt  # only until the guard stands: `_erklaerungen` asks for the token as every other page does
def erklaerungen(request, pk):
    """The guard must stand before anything reads the body, and the middleware would read it for the token."""
    waechter = Groessenwaechter(request)
    request.upload_handlers.insert(0, waechter)
    return _erklaerungen(request, pk, waechter)


@csrf_protect
@zu_spaet_heisst_zurueck
def _erklaerungen(request, pk, waechter):
    def form(data, *, antrag):
        return ErklaerungenForm(
            data, request.FILES if data is not None else None, antrag=antrag, zu_gross=waechter.zu_gross
        )

    return abschnittsseite(request, pk, "erklaerungen", form)


def herunterladen(request, pk, anlage_pk):
    """The file as an attachment that no browser opens by itself."""
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user), pk=pk)
    return als_datei(get_object_or_404(anlagen(antrag), pk=anlage_pk).dokument)


def als_datei(dokument):
    """The bytes as they are stored, to be saved and never shown inside the portal."""
    return HttpResponse(
        bytes(dokument.inhalt),
        content_type=dokument.medientyp,
        headers={
            "Content-Disposition": content_disposition_header(True, dokument.name),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
@zu_spaet_heisst_zurueck
def entfernen(request, pk, anlage_pk):
    antrag = zum_bearbeiten(request, pk)
    anlage = get_object_or_404(anlagen(antrag), pk=anlage_pk)
    services.entfernen(anlage, by=request.user)
    messages.success(request, f"„{anlage}“ gehört nicht mehr zum Antrag.")
    return redirect("antraege:abschnitt", antrag.pk, "erklaerungen")
