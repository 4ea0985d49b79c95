import uuid

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from schulerfolg.eingabe import Gereinigt

ERNEUT = "Bitte schicken Sie das Formular noch einmal ab."


class Falle(Div):
    """Filled in by machines only: neither shown nor read out."""

    template = "dach/rechtliches/falle.html"


class BarriereForm(Gereinigt, forms.Form):
    """What hinders somebody, where, and if they like an address for the answer. `falle` is a field no person sees."""

    barriere = forms.CharField(
        label="Was hindert Sie?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ein, zwei Sätze genügen: was Sie tun wollten und woran es hakt.",
        error_messages={"required": "Bitte schreiben Sie, was Sie hindert."},
    )
    seite = forms.CharField(
        label="Auf welcher Seite?",
        max_length=300,
        required=False,
        help_text="Die Adresse oder ein paar Worte wie „beim Antrag, Abschnitt Kosten“.",
    )
    email = forms.EmailField(
        label="Ihre E-Mail-Adresse",
        required=False,
        help_text="Nur wenn Sie eine Antwort möchten. Ohne Adresse lesen wir Ihre Meldung genauso.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    falle = forms.CharField(label="Bitte frei lassen", required=False, max_length=200)
    schluessel = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": ERNEUT, "invalid": ERNEUT})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["schluessel"].initial = uuid.uuid4
        self.fields["falle"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}
        self.helper = FormHelper()
        self.helper.layout = Layout("barriere", "seite", "email", Falle("falle"), "schluessel")
        self.helper.add_input(Submit("senden", "Barriere melden"))

    def clean_falle(self):
        if self.cleaned_data["falle"]:
            raise ValidationError("Dieses Feld bleibt leer. Bitte löschen Sie, was darin steht.")
        return ""

    def arguments(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("barriere", "seite", "email", "schluessel")}
