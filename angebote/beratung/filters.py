import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit

from angebote.beratung.models import Beratung
from angebote.beratung.workflow import Status


class BeratungFilter(django_filters.FilterSet):
    """The list of Beratungen, as the address asks for it."""

    q = django_filters.CharFilter(label="Thema oder Schule", method="suchen", max_length=100)
    status = django_filters.ChoiceFilter(label="Stand", choices=Status.choices, empty_label="alle")

    class Meta:
        model = Beratung
        fields = ["q", "status"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.helper = FormHelper()
        self.form.helper.form_method = "get"
        self.form.helper.attrs = {"role": "search"}
        self.form.helper.form_class = "filter"
        self.form.helper.add_input(Submit("", "Beratungen suchen", css_class="kern-btn--secondary"))

    def suchen(self, beratungen, name, value):
        return beratungen.search(value)
