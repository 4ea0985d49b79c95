"""The first page after the sign-in."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from schulerfolg.dach.uebersicht.seite import aufgaben, vorschlag


@require_safe
def uebersicht(request):
    """What waits for this person, over all hats."""
    context = {"gruppen": aufgaben(request.user), "weiter": vorschlag(request.user, request.huete)}
    return render(request, "dach/uebersicht/uebersicht.html", context)
