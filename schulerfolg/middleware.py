"""What holds for every answer and every signed-in request."""

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from schulerfolg.kontext import huete

# Where somebody may go who still has to set up the second factor.
OHNE_ZWEITEN_FAKTOR = ("/konto/", "/einladung/", "/impressum/", "/datenschutz/", "/barrierefreiheit/", "/gesund/")


def antwortkopf(get_response):
    """Headers that no page can forget."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self)",
        )
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def zweiter_faktor(get_response):
    """Whoever wears a hat that decides or sees other people's cases signs in with a second factor."""

    def middleware(request):
        request.huete = SimpleLazyObject(lambda: huete(request.user))
        if request.user.is_authenticated and not request.path.startswith(OHNE_ZWEITEN_FAKTOR) and _fehlt(request):
            messages.info(
                request,
                "Ihre Rolle braucht einen zweiten Faktor. Bitte richten Sie ihn jetzt ein; es dauert zwei Minuten.",
            )
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def _fehlt(request) -> bool:
    if any(methode.get("method") == "mfa" for methode in request.session.get("account_authentication_methods", [])):
        return False
    if not any(hut.zweiter_faktor for hut in request.huete):
        return False
    return not get_adapter().is_mfa_enabled(request.user, ["totp", "webauthn"])
