"""The fields of the house: a day, text of several lines, an address of the web."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.utils import timezone

ERSTER_TAG, LETZTER_TAG = date(1990, 1, 1), date(2100, 12, 31)


class Datum(forms.DateField):
    """A day that can be meant here, from 1990 to 2100."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_validators = [
        MinValueValidator(ERSTER_TAG, "Bitte wählen Sie einen Tag ab dem 01.01.1990."),
        MaxValueValidator(LETZTER_TAG, "Bitte wählen Sie einen Tag bis zum 31.12.2100."),
    ]


class Zeitpunkt(forms.DateTimeField):
    """A day and an hour that are still to come."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    default_error_messages = {"invalid": "Bitte geben Sie Tag und Uhrzeit an, zum Beispiel 12.03.2027 14:30."}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M"], **kwargs)

    def validate(self, value):
        super().validate(value)
        if value and value < timezone.now():
            raise forms.ValidationError("Dieser Zeitpunkt ist schon vorbei. Bitte wählen Sie einen späteren.")
        if value and value.date() > LETZTER_TAG:
            raise forms.ValidationError("Bitte wählen Sie einen Tag bis zum 31.12.2100.")


class Langtext(forms.CharField):
    """Several lines; `max_length` is told when it is passed, not cut while somebody types."""

    def __init__(self, *, max_length, rows=4, **kwargs):
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.error_messages["max_length"] = "Bitte kürzen Sie auf %(limit_value)d Zeichen; es sind %(show_value)d."
        self.widget.attrs.pop("maxlength", None)
        self.widget.attrs["data-hoechstens"] = max_length


def nie_abschneiden(form: forms.Form) -> None:
    """What is pasted and too long stays whole: a counter says so beside the field, and the form when it is sent."""
    for field in form.fields.values():
        if field.widget.attrs.pop("maxlength", None) and isinstance(field.widget, forms.TextInput):
            field.widget.attrs["data-hoechstens"] = field.max_length


def noetig(form: forms.Form, *names: str) -> None:
    """These fields are needed, at least in some cases: they are not marked „freiwillig“, though they may stay empty."""
    for name in names:
        vars(form.fields[name])["noetig"] = True


def internetseite(label: str, help_text: str = "") -> forms.URLField:
    """An address of the web; https is added where it was left out."""
    return forms.URLField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )
