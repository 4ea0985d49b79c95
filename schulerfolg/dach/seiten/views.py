"""Pages that belong to no subject: the start page, whether the portal is well, a form that came too late."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from netzwerkstellen.verzeichnis.forms import SucheForm
from netzwerkstellen.verzeichnis.queries import finden, stellen_liste
from schulerfolg.konten.anmeldung.middleware import altes_formular


@login_not_required
@require_safe
def startseite(request):
    """What the programme is, and the way to one's own office: map, list, search by place or school (`?ort=`)."""
    form = SucheForm(request.GET or None)
    gesucht = form.cleaned_data["ort"] if form.is_valid() else ""
    context = {
        "form": form,
        "gesucht": gesucht,
        "fund": finden(gesucht) if gesucht else None,
        "stellen": stellen_liste(),
    }
    return render(request, "dach/seiten/startseite.html", context)


@login_not_required
@require_safe
@never_cache
def gesund(request):
    """For monitoring: 200 „ok“ when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("Die Datenbank antwortet nicht.", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def formular_abgelaufen(request, reason=""):
    """The token of the form was too old. What was typed comes back, if the form proves whose it was."""
    if seite := altes_formular(request):
        return redirect(seite)
    return render(request, "403_csrf.html", status=403)
