"""„Wer kann das sehen, und warum“: of whatever has such a page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from schulerfolg.dach.einblick.seite import einblick_seite


@require_safe
def einblick(request, pk, seite):
    objekt, huete = seite.finden(request.user, pk)
    return render(request, seite.vorlage, einblick_seite(seite, objekt, huete, person=request.user))
