"""The one way out: how the portal hands over bytes that somebody brought or that it made itself."""

from typing import Protocol

from django.http import HttpResponse
from django.utils.http import content_disposition_header


class Herausgebbar(Protocol):
    """A `Datei`, or a row that keeps one."""

    @property
    def name(self) -> str: ...
    @property
    def medientyp(self) -> str: ...
    @property
    def inhalt(self) -> bytes: ...


def as_response(datei: Herausgebbar, *, inline: bool = False) -> HttpResponse:
    """The bytes as they are stored, to be saved by the browser.

    `inline` lets it show them instead. Either way it neither guesses what they are nor runs anything in them.
    """
    return HttpResponse(
        bytes(datei.inhalt),
        content_type=datei.medientyp,
        headers={
            "Content-Disposition": content_disposition_header(not inline, datei.name) or "inline",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )
