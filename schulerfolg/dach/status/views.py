"""Whether all is well behind the pages, for monitoring and for whoever wants to know. No session, nothing secret."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schulerfolg.dach.status.forms import FormatForm
from schulerfolg.dach.status.queries import OHNE_DATENBANK, lage, version


@login_not_required
@require_safe
@never_cache
def status(request):
    """200 when all is well, else 503; a page, or with `?format=json` the same for machines."""
    try:
        punkte = lage(timezone.now())
    except (DatabaseError, InterfaceError):
        punkte = OHNE_DATENBANK
    gut = all(punkt.gut for punkt in punkte)
    form = FormatForm(request.GET)
    if form.is_valid() and form.cleaned_data["format"] == "json":
        einzeln = {punkt.name: {"gut": punkt.gut, "text": punkt.text} for punkt in punkte}
        antwort = {"status": "ok" if gut else "warnung", "version": version(), "punkte": einzeln}
        return JsonResponse(antwort, status=200 if gut else 503)
    context = {"punkte": punkte, "gut": gut, "version": version(), "jetzt": timezone.localtime()}
    return HttpResponse(render_to_string("dach/status/status.html", context), status=200 if gut else 503)
