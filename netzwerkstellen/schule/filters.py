import django_filters
from django import forms

from netzwerkstellen.schule.models import Schule, Schulform
from schulerfolg.liste.filters import Suchfilter


class SchuleFilter(Suchfilter):
    """The list of an office's schools, as the address asks for it."""

    button = "Schulen suchen"

    q = django_filters.CharFilter(label="Name, Ort oder Schulnummer", method="suchen", max_length=100)
    schulform = django_filters.ModelChoiceFilter(
        label="Schulform", queryset=Schulform.objects.all(), empty_label="alle"
    )
    betrieb = django_filters.ChoiceFilter(
        label="In Betrieb",
        field_name="aktiv",
        empty_label="alle",
        choices=[("True", "in Betrieb"), ("False", "nicht mehr in Betrieb")],
    )
    ohne_schulleitung = django_filters.BooleanFilter(
        label="Nur Schulen ohne Schulleitung im Portal", method="nur_ohne_schulleitung", widget=forms.CheckboxInput
    )

    class Meta:
        model = Schule
        fields = ["q", "schulform", "betrieb", "ohne_schulleitung"]

    def suchen(self, schulen, name, value):
        return schulen.search(value)

    def nur_ohne_schulleitung(self, schulen, name, value):
        return schulen.ohne_schulleitung() if value else schulen
