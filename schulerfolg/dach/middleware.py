"""What holds for every answer, every request and every signed-in request."""

import logging

from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django_htmx.http import HttpResponseClientRefresh

from schulerfolg.dach.ansicht import services as ansichten
from schulerfolg.dach.ansicht.permissions import nur_selbst
from schulerfolg.dach.kontext import mitgeben
from schulerfolg.konten.anmeldung.aufheben import unterbrechen

log = logging.getLogger(__name__)
LESEND = ("GET", "HEAD")
ALS_MAN_SELBST = {"ansicht:beenden", "account_logout", "anmeldung_verlaengern"}  # these POSTs also during a look

# Where somebody may go who still has to set up the second factor.
OHNE_ZWEITEN_FAKTOR = (
    "/konto/",
    "/einladung/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/barriere-melden/",
    "/gesund/",
    "/status/",
)

LAENGSTE_FRAGE = 4096
"""Bytes of a query string. Every filter of the portal has room in it, and no server in front cuts it first."""


def antwortkopf(get_response):
    """Headers that no page can forget, not even the one that refuses a request before anybody else saw it."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render_to_string("405.html")
            response.headers["Content-Type"] = "text/html; charset=utf-8"
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self)",
        )
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def tuer(get_response):
    """What no view and no library has to read: it is refused here, in a sentence.

    Text in anything but UTF-8 (decoders such as rot13 break whoever reads it), headers with NUL, a length that is no
    number, a question longer than any page asks.
    """

    def middleware(request):
        if len(request.META.get("QUERY_STRING", "")) > LAENGSTE_FRAGE:
            return HttpResponse(render_to_string("414.html"), status=414)
        if not _lesbar(request):
            raise BadRequest("Kopfzeilen, die niemand lesen kann")
        return get_response(request)

    return middleware


def _lesbar(request) -> bool:
    zeichensatz = request.content_params.get("charset", "utf-8").lower()
    laenge = request.META.get("CONTENT_LENGTH") or "0"
    nul = any("\0" in wert for name, wert in request.META.items() if name.startswith("HTTP_"))
    return zeichensatz in ("utf-8", "utf8") and laenge.isdecimal() and laenge.isascii() and not nul


def zweiter_faktor(get_response):
    """Whoever wears a hat that decides or sees other people's cases signs in with a second factor.

    This holds for each sign-in by itself: one that began with a password alone, before the hat, shows the factor now.
    """

    def middleware(request):
        mitgeben(request)
        if request.user.is_authenticated and not request.path.startswith(OHNE_ZWEITEN_FAKTOR) and _fehlt(request):
            return _nachholen(request)
        return get_response(request)

    return middleware


def ganz_statt_teil(get_response):
    """A part of a page (htmx) that is answered by another address, such as the sign-in page: load the whole page."""

    def middleware(request):
        response = get_response(request)
        if request.htmx and 300 <= response.status_code < 400:
            return HttpResponseClientRefresh()
        return response

    return middleware


def _fehlt(request) -> bool:
    if any(methode.get("method") == "mfa" for methode in request.session.get("account_authentication_methods", [])):
        return False
    return any(hut.zweiter_faktor for hut in request.huete)


def _nachholen(request):
    """To the page that asks for the factor, or that sets one up; what was typed is kept meanwhile."""
    seite, satz = unterbrechen(request)
    if get_adapter().is_mfa_enabled(request.user, ["totp", "webauthn"]):
        messages.info(request, f"Ihre Rolle braucht den zweiten Faktor. {satz}".strip())
        return redirect_to_login(seite, "mfa_reauthenticate")
    messages.info(
        request,
        "Ihre Rolle braucht einen zweiten Faktor. Bitte richten Sie ihn jetzt ein; es dauert zwei Minuten. "
        f"{satz}".strip(),
    )
    return redirect("mfa_index")


class AlsAnderePerson:
    """Shows the portal as somebody else, to read, while a look of the coordination office is under way.

    Stands last: who is here, until when and with which second factor is settled before, for the real person. What is
    asked for is kept for good; nothing but reading passes, and no page that belongs to one person alone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.ansicht, request.wirkliche_person = None, request.user
        nummer = request.session.get(ansichten.MARKE) if request.user.is_authenticated else None
        if nummer is None:
            return self.get_response(request)
        ansicht = ansichten.laufende(nummer, request.user)
        if request.method == "POST" and _name(request) in ALS_MAN_SELBST:
            return self._als_man_selbst(request, ansicht)
        if ansicht is None:
            del request.session[ansichten.MARKE]
            messages.info(request, "Die Ansicht ist zu Ende. Sie sehen das Portal wieder als Sie selbst.")
            return redirect("uebersicht")
        return self._als_andere(request, ansicht)

    def process_view(self, request, view_func, view_args, view_kwargs):
        return _nicht_hier(request) if request.ansicht and nur_selbst(request) else None

    def process_exception(self, request, exception):
        """A page that asks once more who is there can only be meant for the person themselves."""
        return _nicht_hier(request) if request.ansicht and isinstance(exception, ReauthenticationRequired) else None

    def _als_man_selbst(self, request, ansicht):
        response = self.get_response(request)
        if ansicht is not None and not request.user.is_authenticated:
            ansichten.beenden(ansicht, ansichten.ABMELDUNG)
        return response

    def _als_andere(self, request, ansicht):
        selbst, eigene_huete = request.user, request.huete
        request.ansicht, request.user, request.wessen = ansicht, ansicht.person, ""
        mitgeben(request)
        try:
            if request.method not in LESEND:
                log.warning("Ansicht %s: %s %s abgewiesen", ansicht.pk, request.method, request.path)
                return _nicht_hier(request)
            response = self.get_response(request)
            ansichten.seite_festhalten(ansicht, request.path, response.status_code)
            return response
        finally:
            request.user, request.huete = selbst, eigene_huete


def _nicht_hier(request):
    return render(request, "dach/ansicht/nicht_hier.html", {"lesend": request.method in LESEND}, status=403)


def _name(request) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
