"""Passwords that are long enough and still the first that somebody tries here.

Django's list of leaked passwords is mostly English and short; this adds the words of the portal and of its country,
what a keyboard offers, and repetitions.
"""

import re

from django.core.exceptions import ValidationError

# Short words, many to a line.
WOERTER = (
    "schulerfolgsichern", "schulerfolg", "sachsenanhalt", "netzwerkstelle", "koordinierungsstelle", "schulsozialarbeit",
    "magdeburg", "halle", "dessau", "rosslau", "harz", "boerde", "stendal", "wittenberg", "altmark", "anhalt",
    "bitterfeld", "burgenlandkreis", "jerichow", "mansfeld", "saalekreis", "salzland", "salzwedel",
    "schule", "lehrer", "lehrerin", "leitung", "sekretariat", "grundschule", "sekundarschule", "gymnasium",
    "passwort", "password", "kennwort", "willkommen", "geheim", "hallo", "admin", "test", "demo", "portal", "antrag",
    "fruehling", "sommer", "herbst", "winter", "januar", "februar", "maerz", "april", "mai", "juni", "juli", "august",
    "september", "oktober", "november", "dezember",
)  # fmt: skip
REIHEN = ("qwertzuiopasdfghjklyxcvbnm", "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz", "01234567890" * 2)
UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "0": "o", "1": "i", "3": "e", "4": "a", "5": "s"})


class NaheliegendesPasswort:
    """Refuses what consists of a word or two of this house, of a row of keys, or of the same over and over."""

    def validate(self, password, user=None):
        klein = password.casefold()
        buchstaben = re.sub(r"[\W\d_]", "", klein)
        gelesen = re.sub(r"[\W\d_]", "", klein.translate(UMLAUTE))
        if (
            any(_nur_woerter(text) for text in (buchstaben, gelesen) if text)
            or re.fullmatch(r"(.{1,6}?)\1+.{0,5}", klein)
            or any(klein[:12] in reihe or klein[:12] in reihe[::-1] for reihe in REIHEN)
        ):
            raise ValidationError(
                "Dieses Passwort liegt zu nahe. Nehmen Sie mehrere Wörter, die sonst niemand so zusammenstellt.",
                code="password_naheliegend",
            )

    def get_help_text(self):
        return "Keine Wörter aus dem Portal oder seiner Region, auch nicht mit Jahreszahl."


def _nur_woerter(text) -> bool:
    return re.fullmatch(f"({'|'.join(WOERTER)}){{1,2}}", text) is not None
