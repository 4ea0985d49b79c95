"""Numbers as people write them here."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.formats import number_format


class Zahl(forms.DecimalField):
    """A number as people write it here: „1.234,50“, „1234,5“ and „1234.5“ are the same, a € behind it is no error.

    `stellen=0` shows whole numbers without decimal places.
    """

    def __init__(self, *, stellen=2, max_digits=10, **kwargs):
        self.stellen = stellen
        eingabe = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=max_digits, decimal_places=2, widget=eingabe, **kwargs)
        self.error_messages["invalid"] = "Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50."
        self.error_messages["max_decimal_places"] = "Bitte geben Sie höchstens zwei Stellen nach dem Komma an."

    def to_python(self, value):
        text = re.sub(r"[\s€]", "", str(value if value is not None else ""))
        if "," in text or re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", text):
            text = text.replace(".", "").replace(",", ".")
        if text and not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,9})?", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        ganz = value == value.to_integral_value() and not self.stellen
        return number_format(value, decimal_pos=0 if ganz else 2, use_l10n=True, force_grouping=True)


class Betrag(Zahl):
    """Euros from 0,00 on."""

    def __init__(self, *, max_digits=11, **kwargs):
        super().__init__(max_digits=max_digits, **kwargs)
        self.validators.append(MinValueValidator(Decimal(0), "Bitte geben Sie eine Zahl ab 0,00 an."))
