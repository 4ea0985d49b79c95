from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from netzwerkstellen.organisation.models import Leistungsfeld
from netzwerkstellen.stelle.permissions import RECHTE, rollen
from netzwerkstellen.verzeichnis.queries import stellen_liste, stellen_seite


@login_not_required
@require_safe
def stelle_liste(request):
    """All 14 offices, as a map and as a list."""
    return render(request, "netzwerkstellen/verzeichnis/liste.html", {"stellen": stellen_liste()})


@login_not_required
@require_safe
def stelle_seite(request, slug):
    """What one office does and how to reach it."""
    stelle = get_object_or_404(stellen_seite(), slug=slug)
    context = {
        "stelle": stelle,
        "telefon_am_standort": any(standort.telefon for standort in stelle.standorte.all()),
        "betreiber": settings.BETREIBER,
        "leistungsfelder": Leistungsfeld.objects.all(),
        "darf_verwalten": request.user.is_authenticated and RECHTE.may(rollen(request.user, stelle), "ansehen"),
    }
    return render(request, "netzwerkstellen/verzeichnis/seite.html", context)
