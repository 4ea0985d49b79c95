"""When the database lets nobody wait any longer: a page that says so and keeps what was typed, instead of an error."""

import logging
import re

from django.db import OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)
# Codes of PostgreSQL: a lock was not free in time, the statement took too long, a deadlock, a serialisation failure.
AUSGELASTET = {"55P03", "57014", "40P01", "40001"}
# Fields whose words never go into a page or a row, by their names and whatever the address.
GEHEIM = re.compile(r"passw|^(login|code|credential)$")


class Besetzt:
    """The middleware that hears of the errors of a page, and passes everything else by."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return antwort_auf(request, exception)


def antwort_auf(request, exception) -> HttpResponse | None:
    """The answer 503 for waits that ran out and for deadlocks; None leaves every other error an error.

    The page needs no database. What was typed stands in hidden fields of a form that goes to the same address; where
    files were sent along, which a page can not send again, it stands there to be copied. A form with a password or a
    code (`GEHEIM`) is typed anew: nothing of it is written into a page.
    """
    if not isinstance(exception, OperationalError) or getattr(exception.__cause__, "sqlstate", "") not in AUSGELASTET:
        return None
    log.warning("Die Datenbank ist ausgelastet: %s %s", request.path, exception)
    eingaben = [(name, wert) for name, werte in request.POST.lists() for wert in werte]
    sagbar = [] if any(GEHEIM.search(name) for name in request.POST) else eingaben
    context = {
        "ziel": request.get_full_path(),
        "getippt": bool(eingaben),
        "eingaben": [] if request.FILES else sagbar,
        "texte": [wert for name, wert in sagbar if " " in wert.strip()] if request.FILES else [],
    }
    return HttpResponse(render_to_string("503.html", context), status=503, headers={"Retry-After": "5"})
