from crispy_forms.bootstrap import AppendedText
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from django import forms

from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.zahlen import Betrag

ROLLEN = [("lehrkraft", "Lehrkraft"), ("leitung", "Schulleitung")]
THEMEN = [("streit", "Streitschlichtung"), ("medien", "Medien"), ("lernen", "Lernen lernen")]


class Musterform(Gereinigt, forms.Form):
    """Every kind of field once; it leads nowhere."""

    titel = forms.CharField(label="Titel", help_text="So, wie er im Antrag stehen soll.", max_length=40)
    beschreibung = forms.CharField(label="Beschreibung", required=False, widget=forms.Textarea)
    rolle = forms.ChoiceField(label="Wer sind Sie?", choices=ROLLEN, widget=forms.RadioSelect)
    themen = forms.MultipleChoiceField(label="Themen", choices=THEMEN, widget=forms.CheckboxSelectMultiple)
    schule = forms.ChoiceField(label="Schule", choices=[("", "Bitte wählen"), ("a", "Schule A"), ("b", "Schule B")])
    beginn = forms.DateField(label="Beginn", widget=forms.DateInput(attrs={"type": "date"}))
    betrag = Betrag(label="Betrag")
    anlage = forms.FileField(label="Anlage", required=False)
    einverstanden = forms.BooleanField(label="Ich habe das gelesen")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.layout = Layout(
            Fieldset("Das Projekt", "titel", "beschreibung", "themen"),
            Div("schule", "beginn", css_class="felder-zeile"),
            AppendedText("betrag", "€"),
            "rolle",
            "anlage",
            "einverstanden",
        )
        self.helper.add_input(Submit("", "Speichern und weiter"))
