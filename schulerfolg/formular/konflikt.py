"""Somebody else saved the same row first."""

from django.core.exceptions import ValidationError


class Konflikt(ValidationError):
    """Somebody else saved the same row first: `geschehen` says so, `gespeichert` what holds now (may be empty).

    `version` is what the next attempt has to know.
    """

    def __init__(self, geschehen: str, gespeichert: str, version: str):
        jetzt = f"Gespeichert ist jetzt – {gespeichert}. " if gespeichert else ""
        super().__init__(
            f"{geschehen} Ihre Eingaben stehen noch hier; bitte vergleichen Sie. {jetzt}"
            "Wenn Sie noch einmal speichern, gelten Ihre Eingaben.",
            code="konflikt",
        )
        self.version = version


def version_of(zeile) -> str:
    """Which version of a row somebody has before their eyes; the row keeps `bearbeitet_am`."""
    return zeile.bearbeitet_am.isoformat() if zeile.bearbeitet_am else ""
