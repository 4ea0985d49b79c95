"""What a sign-in asks of every request: an end, a way back to what was typed, and nobody without one."""

import re

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from schulerfolg.konten.anmeldung import bekannt
from schulerfolg.konten.anmeldung.aufheben import MARKE, aufgehoben_fuer, unterbrechen, vergessen, wessen
from schulerfolg.konten.anmeldung.frist import (
    braucht_verlaengerung,
    ist_zu_alt,
    laengstens,
    laeuft_bis,
    sekunden_bis,
    verlaengern,
)
from schulerfolg.konten.anmeldung.fuellen import fuellen

ABGELAUFEN = "Ihre Anmeldung ist abgelaufen. Bitte melden Sie sich noch einmal an."


def anmeldefrist(get_response):
    """Every request extends the sign-in, up to its longest; the answer says how many seconds are left."""

    def middleware(request):
        request.anmeldung_bis, request.anmeldung_endgueltig = None, False
        request.wessen = SimpleLazyObject(lambda: wessen(request.user))
        if request.user.is_authenticated and ist_zu_alt(request.session):
            logout(request)
        if request.user.is_authenticated:
            request.anmeldung_bis = laeuft_bis(request.session)
            request.anmeldung_endgueltig = request.anmeldung_bis == laengstens(request.session)
            if braucht_verlaengerung(request.session):
                verlaengern(request)
        response = get_response(request)
        bekannt.mitgeben(request, response)
        if request.anmeldung_bis and request.user.is_authenticated:
            response.headers["X-Session-Expires-In"] = str(sekunden_bis(laeuft_bis(request.session)))
        return response

    return middleware


class AnmeldungVerlangen(LoginRequiredMiddleware):
    """Django's own; on the way to the sign-in page nothing that was typed gets lost."""

    def handle_no_permission(self, request, view_func):
        schon_einmal = settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.session_key is None
        seite, satz = unterbrechen(request)
        if meldung := f"{ABGELAUFEN if schon_einmal else ''} {satz}".strip():
            messages.info(request, meldung)
        return redirect_to_login(seite, self.get_login_url(view_func))


def altes_formular(request) -> str:
    """Where to go on after a form with a token that counts no more; empty where nothing could be kept."""
    seite, satz = unterbrechen(request)
    if not getattr(request, "eben_aufgehoben", False):
        return ""
    if not request.user.is_authenticated:
        messages.info(request, f"{ABGELAUFEN} {satz}")
        return redirect_to_login(seite).url
    return seite


def eingaben(get_response):
    """Sets what was kept into the page it was typed on, and keeps it when a view asks who is there."""

    def middleware(request):
        response = get_response(request)
        if MARKE in request.session and request.user.is_authenticated and not getattr(request, "ansicht", None):
            if request.method == "POST" and not getattr(request, "eben_aufgehoben", False):
                vergessen(request, request.get_full_path())
            elif request.method == "GET" and _ist_seite(response) and (eingabe := aufgehoben_fuer(request)):
                _einsetzen(request, response, eingabe)
        return response

    def process_exception(request, exception):
        if not isinstance(exception, ReauthenticationRequired) or not request.user.is_authenticated:
            return None
        seite, satz = unterbrechen(request, request.user)
        if satz:
            messages.info(request, satz)
        wege = get_adapter().get_reauthentication_methods(request.user)
        return redirect_to_login(seite, wege[0]["url"] if wege else None)

    middleware.process_exception = process_exception
    return middleware


def _ist_seite(response) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def _einsetzen(request, response, eingabe):
    seite = request.get_full_path()
    html, uebrig = fuellen(response.text, seite=seite, ziel=eingabe.ziel, werte=eingabe.felder)
    context = {"eingabe": eingabe, "getippt": eingabe.getippt, "uebrig": uebrig, "seite": seite}
    hinweis = render_to_string("konten/includes/eingaben.html", context, request)
    response.content = re.sub(r"<main\b[^>]*>", lambda main: main.group() + hinweis, html, count=1)
