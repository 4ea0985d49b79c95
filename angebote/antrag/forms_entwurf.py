"""What happens to a draft beside being written."""

from django import forms

from angebote.antrag.models import Antrag
from angebote.antrag.uebernahme import fruehere
from angebote.beratung.forms import eigene_schulen
from schulerfolg.ablauf.forms import OnceForm


class UebernehmenForm(OnceForm):
    """Which earlier application of an own school becomes the new draft."""

    vorlage = forms.ModelChoiceField(
        Antrag.objects.none(),
        widget=forms.HiddenInput,
        error_messages={
            "required": "Bitte wählen Sie einen Antrag.",
            "invalid_choice": "Diesen Antrag können Sie nicht übernehmen. Bitte wählen Sie einen aus der Liste.",
        },
    )

    def __init__(self, data=None, *, person):
        super().__init__(data)
        self.fields["vorlage"].queryset = self.fruehere = fruehere(eigene_schulen(person), person)

    def clean(self):
        angaben = super().clean()
        self.row = angaben.get("vorlage")
        return angaben

    def arguments(self):
        return {}
