"""How a draft begins, and what happens to it beside being written."""

from django import forms

from angebote.antrag import entwurf
from angebote.antrag.models import Antrag
from angebote.antrag.queries import ohne_antrag
from angebote.antrag.uebernahme import fruehere
from angebote.beratung.forms import Schulwahl, eigene_schulen
from angebote.beratung.models import Beratung
from angebote.foerderung.filters import NOCH_OFFEN
from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.eingabe import Gereinigt


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


class ZuordnenForm(Gereinigt, forms.Form):
    """Which conversation this draft follows."""

    beratung = forms.ModelChoiceField(Beratung.objects.none())

    def __init__(self, data, *, antrag):
        super().__init__(data)
        self.antrag = antrag
        self.fields["beratung"].queryset = entwurf.beratungen_zur_wahl(antrag)

    def carry_out(self, *, by) -> bool:
        try:
            entwurf.zuordnen(self.antrag, self.cleaned_data["beratung"], by=by)
        except forms.ValidationError as error:
            self.add_error(None, error)
        return not self.errors


class BeginnenForm(OnceForm):
    """Begin a draft, out of a Beratung or for one of the own schools."""

    beratung = forms.ModelChoiceField(
        Beratung.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Aus dieser Beratung können Sie keinen Antrag beginnen."},
    )
    schule = Schulwahl(required=False)

    def __init__(self, data=None, *, person, vorhaben=NOCH_OFFEN):
        super().__init__(data)
        sichtbar = Beratung.objects.visible_to(person).for_list()
        schulen = eigene_schulen(person)
        self.fields["beratung"].queryset = sichtbar
        self.fields["schule"].initial = vorhaben.schule if vorhaben.schule in schulen else None
        self.fields["schule"].anbieten(schulen)
        self.schulen = self.fields["schule"].queryset
        self.beratungen = ohne_antrag(sichtbar)

    def clean(self):
        angaben = super().clean()
        if not self.errors and not angaben.get("beratung") and not angaben.get("schule"):
            self.add_error("schule", "Bitte wählen Sie eine Schule.")
        self.row = angaben.get("beratung") or angaben.get("schule")
        return angaben

    def arguments(self):
        return {}
