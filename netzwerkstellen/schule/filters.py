import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from netzwerkstellen.schule.models import Schule, Schulform


class SchuleFilter(django_filters.FilterSet):
    """The list of an office's schools, as the address asks for it."""

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.helper = FormHelper()
        self.form.helper.form_method = "get"
        self.form.helper.attrs = {"role": "search"}
        self.form.helper.form_class = "filter"
        self.form.helper.add_input(Submit("", "Schulen suchen", css_class="kern-btn--secondary"))

    def suchen(self, schulen, name, value):
        return schulen.search(value)

    def nur_ohne_schulleitung(self, schulen, name, value):
        return schulen.ohne_schulleitung() if value else schulen
