from django import forms

from netzwerkstellen.models import Schule
from schulerfolg.ablauf.forms import OnceForm


class ZusammenlegenForm(OnceForm):
    """Which school the closed one becomes part of; only the coordination office looks beyond its own office."""

    button = "Schulen zusammenlegen"
    nachfolgerin = forms.ModelChoiceField(
        Schule.objects.none(),
        label="In welche Schule geht sie auf?",
        empty_label="Bitte wählen",
        error_messages={"invalid_choice": "Bitte wählen Sie eine Schule aus der Liste."},
    )
    bestaetigt = forms.BooleanField(
        label="Ja, diese Schule wird geschlossen. Das lässt sich nicht rückgängig machen.",
        error_messages={"required": "Bitte bestätigen Sie, dass die Schule geschlossen werden soll."},
    )

    def __init__(self, data=None, *, row, ueberall: bool):
        super().__init__(data, row=row)
        schulen = Schule.objects.in_betrieb().exclude(pk=row.pk).sorted_german()
        self.fields["nachfolgerin"].queryset = (
            schulen if ueberall else schulen.filter(netzwerkstelle=row.netzwerkstelle_id)
        )

    def arguments(self):
        return {"nachfolgerin": self.cleaned_data["nachfolgerin"]}
