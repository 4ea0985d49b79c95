"""„Wer kann das sehen, und warum“: of a case, and of the papers of a meeting."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from angebote.models import Antrag
from gremien.models import Sitzung
from gremien.sitzung.permissions import RECHTE, rollen
from schulerfolg.dach.einblick.antrag import antrag_seite
from schulerfolg.dach.einblick.sitzung import sitzung_seite


@require_safe
def antrag(request, pk):
    """For everybody who may open the case."""
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk)
    return render(request, "dach/einblick/antrag.html", antrag_seite(antrag, request.user))


@require_safe
def sitzung(request, pk):
    """For everybody who reads the documents of the meeting; not where only dates and figures are open."""
    sitzung = get_object_or_404(Sitzung.objects.visible_to(request.user).for_page(), pk=pk)
    RECHTE.require(rollen(request.user, sitzung.gremium), "dokumente")
    return render(request, "dach/einblick/sitzung.html", sitzung_seite(sitzung, request.user))
