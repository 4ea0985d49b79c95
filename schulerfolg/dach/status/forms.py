from django import forms


class FormatForm(forms.Form):
    """`?format=json` for machines."""

    format = forms.ChoiceField(choices=[("", "Seite"), ("json", "JSON")], required=False)
