"""A browser in which somebody has signed in before keeps its way in, however often strangers guess at their account.

A signed cookie says which browser this is and, as checksums, whose sign-ins it has seen. It opens nothing: a wrong
password from here is counted here, one from elsewhere at the address it came from.
"""

import secrets

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

SALT = "schulerfolg.bekannt"
HALTBAR = 180 * 24 * 60 * 60
MOST = 10
"""People who share a browser, in a staff room; who signed in last stays."""


def quelle(request, email: str) -> str:
    """Where a try at this account comes from: the browser that knows it, or the address of the network."""
    geraet, konten = _gelesen(request)
    return f"geraet {geraet}" if _konto(email) in konten else f"netz {get_ip(request)}"


def ist_bekannt(request, email: str) -> bool:
    return _konto(email) in _gelesen(request)[1]


def merken(request, email: str) -> None:
    """From now on this browser knows this account; the answer to this request takes the cookie along."""
    geraet, konten = _gelesen(request)
    request.bekannt = geraet or secrets.token_urlsafe(12), [_konto(email), *konten][:MOST]


def mitgeben(request, response) -> None:
    if hasattr(request, "bekannt"):
        geraet, konten = request.bekannt
        response.set_cookie(
            cookie_name(),
            signing.dumps([geraet, list(dict.fromkeys(konten))], salt=SALT),
            max_age=HALTBAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def cookie_name() -> str:
    return "__Host-geraet" if settings.SESSION_COOKIE_SECURE else "geraet"


def _gelesen(request) -> tuple[str, list[str]]:
    if hasattr(request, "bekannt"):
        return request.bekannt
    try:
        geraet, konten = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=HALTBAR)
    except signing.BadSignature:
        return "", []
    return geraet, konten


def _konto(email: str) -> str:
    return salted_hmac(SALT, email.strip().lower()).hexdigest()[:16]
