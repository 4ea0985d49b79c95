from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from schulerfolg.konten.models import Person


class ProfilForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["vorname", "nachname", "funktion", "telefon"]
        help_texts = {
            "funktion": "Zum Beispiel „Beratungslehrerin“ oder „Leitung der Netzwerkstelle“.",
            "telefon": "Damit man Sie bei Rückfragen erreicht. Nur Beteiligte Ihrer Vorgänge sehen sie.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vorname"].widget.attrs["autocomplete"] = "given-name"
        self.fields["nachname"].widget.attrs["autocomplete"] = "family-name"
        self.fields["telefon"].widget.attrs["autocomplete"] = "tel"
        self.helper = FormHelper()
        self.helper.add_input(Submit("speichern", "Profil speichern"))
