"""When the database is busy or gone: a page that says so and keeps what was typed, instead of an error.

The same page serves where a sign-in ended while its last form was on the way. Sent again, a form with a key gets the
answer it would have got (`ablauf.views.answered_once`), so nothing happens twice.
"""

import logging
import re
import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)
# Codes of PostgreSQL: a lock was not free in time, the statement took too long, a deadlock, a serialisation failure.
AUSGELASTET = {"55P03", "57014", "40P01", "40001"}
# The server shuts down, starts, or takes no more connections; the connection itself is broken (class 08).
WEG = ("57P", "53300", "08")
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


def serverfehler(request) -> HttpResponse:
    """`handler500`: what fails outside a view, such as reading or saving the session, is heard of here only."""
    return antwort_auf(request, sys.exc_info()[1]) or HttpResponse(render_to_string("500.html"), status=500)


def unverstanden(request, exception) -> HttpResponse:
    """`handler400`: a session that was ended elsewhere while this form was on the way is nothing odd.

    Neither page asks for a token, as Django's own would: the body may be what could not be read.
    """
    if isinstance(exception, SessionInterrupted):
        return _noch_einmal(request, "abgemeldet")
    return HttpResponse(render_to_string("400.html"), status=400)


def antwort_auf(request, exception) -> HttpResponse | None:
    """The answer 503 for waits that ran out, for deadlocks and for lost connections; None leaves every other error one.

    The page needs no database. What was typed stands in hidden fields of a form that goes to the same address; where
    files were sent along, which a page can not send again, it stands there to be copied. A form with a password or a
    code (`GEHEIM`) is typed anew: nothing of it is written into a page.
    """
    anlass = _anlass(exception)
    if anlass:
        log.warning("Die Datenbank ist %s: %s %s", anlass, request.path, exception)
        return _noch_einmal(request, anlass)
    return None


def _anlass(exception) -> str:
    """Only what happens to a connection has no code of its own: refused, cut, closed."""
    if isinstance(exception, InterfaceError):
        return "weg"
    if not isinstance(exception, OperationalError):
        return ""
    sqlstate = getattr(exception.__cause__, "sqlstate", None)
    if sqlstate in AUSGELASTET:
        return "ausgelastet"
    return "weg" if sqlstate is None or sqlstate.startswith(WEG) else ""


def _noch_einmal(request, anlass: str) -> HttpResponse:
    eingaben = [(name, wert) for name, werte in request.POST.lists() for wert in werte]
    sagbar = [] if any(GEHEIM.search(name) for name in request.POST) else eingaben
    context = {
        "anlass": anlass,
        "ziel": request.get_full_path(),
        "getippt": bool(eingaben),
        "nur_einmal": "schluessel" in request.POST,
        "eingaben": [] if request.FILES else sagbar,
        "texte": [wert for name, wert in sagbar if " " in wert.strip()] if request.FILES else [],
    }
    return HttpResponse(render_to_string("503.html", context), status=503, headers={"Retry-After": "5"})
