from django import forms

from schulerfolg.formular.basis import Formular


class AnsehenForm(Formular, forms.Form):
    """Why."""

    button = "Als diese Person ansehen"
    begruendung = forms.CharField(
        label="Begründung",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Person liest sie in ihrer Mail; sie steht auch im Verlauf.",
    )
