"""Numbers as people write them here. There is one parser, for money, quantities and heads alike.

„1.234,50“, „1 234,50“, „1234,5“ and „1234.5“ are the same, a € behind it is no error. A point before three digits
parts thousands; a group of thousands never begins with 0. What could mean two things is refused, never guessed.
"""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator

from schulerfolg.eingabe import einzeilig
from schulerfolg.geld import zahl

GANZ = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]{1,50}"
MIT_KOMMA = re.compile(rf"(-?(?:{GANZ}))(?:,([0-9]{{1,9}}))?")
MIT_PUNKT = re.compile(r"(-?[0-9]{1,12})\.([0-9]{1,2})")
DREI_NACH_DEM_PUNKT = re.compile(r"-?[0-9]{1,12}\.[0-9]{3,9}")


def zahl_aus(text: str) -> Decimal:
    """The number a text means; ValidationError says what to type instead."""
    text = einzeilig(text).strip().removeprefix("€").removesuffix("€").strip()
    text = re.sub(r",[-–]{1,2}$", "", text)
    if gelesen := MIT_KOMMA.fullmatch(text) or MIT_PUNKT.fullmatch(text):
        ganz, bruch = gelesen.groups(default="")
        return Decimal(re.sub(r"[. ]", "", ganz) + (bruch and f".{bruch}"))
    if DREI_NACH_DEM_PUNKT.fullmatch(text):
        raise ValidationError(
            "Ein Punkt trennt nur Tausender. Bitte schreiben Sie ein Komma und höchstens zwei Stellen danach.",
            code="invalid",
        )
    raise ValidationError("Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50.", code="invalid")


class Zahl(forms.DecimalField):
    """A number with at most two places. `stellen=0` shows whole numbers without decimal places."""

    def __init__(self, *, stellen=2, max_digits=10, **kwargs):
        self.stellen = stellen
        eingabe = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=max_digits, decimal_places=2, widget=eingabe, **kwargs)
        self.error_messages["max_decimal_places"] = "Bitte geben Sie höchstens zwei Stellen nach dem Komma an."
        for zu_gross in ("max_digits", "max_whole_digits"):
            self.error_messages[zu_gross] = "Diese Zahl ist zu groß. Bitte prüfen Sie die Stellen vor dem Komma."
        for name, worte in (("min_value", "eine Zahl ab {}"), ("max_value", "höchstens {}")):
            if (grenze := getattr(self, name)) is not None:
                self.error_messages.setdefault(name, f"Bitte geben Sie {worte.format(zahl(Decimal(grenze)))} an.")

    def to_python(self, value):
        text = "" if value is None else einzeilig(str(value)).strip()
        return zahl_aus(text) if text else None

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        text = zahl(value)
        return text if self.stellen else text.removesuffix(",00")


class Betrag(Zahl):
    """Euros from 0,00 on."""

    def __init__(self, *, max_digits=11, **kwargs):
        super().__init__(max_digits=max_digits, **kwargs)
        self.validators.append(MinValueValidator(Decimal(0), "Bitte geben Sie eine Zahl ab 0,00 an."))


class Anzahl(forms.IntegerField):
    """A whole number: heads, days, years."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value):
        text = "" if value is None else str(value)
        if not text.strip():
            return None
        try:
            wert = zahl_aus(text)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if "," in text or wert != wert.to_integral_value():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(wert)
