"""What a form was filled in against, and what is said when that changed meanwhile."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.crypto import salted_hmac


class Konflikt(ValidationError):
    """Somebody else saved the same row first: `geschehen` says so, `gespeichert` what holds now (may be empty).

    `version` is what the next attempt has to know, `stored` the row (or values by field) that a form shows wherever
    nobody touched it.
    """

    stored: Model | dict[str, Any] | None = None

    def __init__(self, geschehen: str, gespeichert: str, version: str, stored: Model | dict[str, Any] | None = None):
        jetzt = f"Gespeichert ist jetzt – {gespeichert}. " if gespeichert else ""
        uebrige = " Alles andere steht hier schon so, wie es jetzt gespeichert ist." if stored is not None else ""
        super().__init__(
            f"{geschehen} Was Sie geändert haben, steht noch hier; bitte vergleichen Sie.{uebrige} {jetzt}"
            "Wenn Sie noch einmal speichern, gelten Ihre Eingaben.",
            code="konflikt",
        )
        self.version, self.stored = version, stored


class Veraltet(Konflikt):
    """What somebody confirms or signs is not what their page showed: it is shown anew, and nothing was done."""

    def __init__(self, version: str):
        ValidationError.__init__(
            self,
            "Seit Sie diese Seite geöffnet haben, hat sich etwas geändert. Jetzt sehen Sie den neuen Stand. "
            "Bitte lesen Sie ihn; geschehen ist noch nichts.",
            code="veraltet",
        )
        self.version = version


def version_of(zeile) -> str:
    """Which version of a row somebody has before their eyes; the row keeps `bearbeitet_am`."""
    return zeile.bearbeitet_am.isoformat() if zeile.bearbeitet_am else ""


def fingerprint(shown: Any) -> str:
    """The version of anything a page shows that is no single row: 32 characters for values that JSON can hold."""
    return salted_hmac("version", json.dumps(shown, cls=DjangoJSONEncoder, sort_keys=True)).hexdigest()[:32]


def wer_hat(jemand, leser) -> str:
    """„Sie haben in einem anderen Fenster“ for the reader's own second tab, else „Ulrike Sommer hat“."""
    if jemand is not None and jemand == leser:
        return "Sie haben in einem anderen Fenster"
    return f"{jemand or 'Jemand'} hat"
