from django import forms

from schulerfolg.eingabe import Gereinigt


class FormatForm(Gereinigt, forms.Form):
    """`?format=json` for machines."""

    format = forms.ChoiceField(choices=[("", "Seite"), ("json", "JSON")], required=False)
