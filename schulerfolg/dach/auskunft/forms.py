from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.functional import cached_property

from angebote.foerderung.filters import Vorhaben
from angebote.foerderung.models import Thema
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Datum
from schulerfolg.formular.zahlen import Betrag

ANDERE = "andere"


class FrageForm(Gereinigt, forms.Form):
    """The four questions, in the query string under the names that `Vorhaben` carries on."""

    schule = forms.TypedChoiceField(
        label="Für welche Schule?",
        empty_value=None,
        error_messages={
            "required": "Bitte wählen Sie Ihre Schule.",
            "invalid_choice": "Bitte wählen Sie eine Schule aus der Liste.",
        },
    )
    thema = forms.ModelChoiceField(
        Thema.objects.none(),
        label="Worum geht es?",
        required=False,
        empty_label="etwas anderes oder noch offen",
        error_messages={"invalid_choice": "Bitte wählen Sie ein Thema aus der Liste."},
    )
    betrag = Betrag(
        label="Wie viel Förderung brauchen Sie, in Euro?",
        max_digits=9,
        help_text="Geschätzt, zum Beispiel 1.200.",
        error_messages={"required": "Bitte schätzen Sie einen Betrag."},
    )
    beginn = Datum(
        label="Wann soll es beginnen?",
        help_text="Der erste Tag des Projekts, so genau Sie ihn wissen.",
        error_messages={"required": "Bitte wählen Sie den Tag, an dem es beginnen soll."},
    )

    def __init__(self, data, *, stelle, eigene):
        """`eigene`: the schools of whoever asks, which come first and, if there is one, are chosen."""
        self.schulen = {str(schule.pk): schule for schule in stelle.schulen.in_betrieb().sorted_german()}
        hier = [str(schule.pk) for schule in eigene if str(schule.pk) in self.schulen]
        erste = {"schule": hier[0]} if len(hier) == 1 else {}
        super().__init__(data if any(name in data for name in self.base_fields) else None, initial=erste)
        feld = self.fields["schule"]
        alle = [(pk, str(schule)) for pk, schule in self.schulen.items()]
        feld.choices = [("", "Bitte wählen"), *alle, (ANDERE, "Meine Schule steht hier nicht")]
        feld.coerce = self.schulen.get
        self.fields["thema"].queryset = Thema.objects.filter(aktiv=True)

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method, helper.attrs = "get", {"aria-label": "Vier Fragen"}
        helper.add_input(Submit("", "Antwort zeigen"))
        return helper

    def clean_betrag(self):
        betrag = self.cleaned_data["betrag"]
        if betrag <= 0:
            raise forms.ValidationError("Bitte geben Sie einen Betrag über 0,00 € an.")
        return betrag

    @property
    def vorhaben(self) -> Vorhaben:
        """What was asked, once it is valid."""
        return Vorhaben(**self.cleaned_data)
