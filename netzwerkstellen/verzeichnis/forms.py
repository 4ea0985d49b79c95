from django import forms

from schulerfolg.eingabe import Gereinigt


class SucheForm(Gereinigt, forms.Form):
    """The search for an office on the start page: a place, a postcode or the name of a school, in the query string."""

    ort = forms.CharField(
        label="Ort, Postleitzahl oder Name der Schule",
        max_length=100,
        required=False,
        error_messages={"max_length": "Bitte suchen Sie mit höchstens %(limit_value)d Zeichen."},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )

    def clean_ort(self):
        return " ".join(self.cleaned_data["ort"].split())
