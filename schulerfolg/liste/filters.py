"""Lists that people search: a plain GET form, and where there is JavaScript one that filters while they type."""

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django.forms.utils import flatatt
from django.utils.functional import cached_property

from schulerfolg.eingabe import Gereinigt

# The form sends itself while somebody types or chooses; dates wait for the button, half typed they are no dates.
LIVE = {
    "hx-target": "#treffer",
    "hx-indicator": "#treffer",
    "hx-push-url": "true",
    "hx-sync": "this:replace",
    "hx-trigger": "input changed delay:400ms from:(.filter [type=text]), "
    "change from:(.filter select), change from:(.filter [type=checkbox]), nachholen",
}


class Suche(django_filters.FilterSet):
    """A GET form with one button; the page shows it with `{% crispy filter.form filter.helper %}`."""

    button = "Suchen"
    attrs = {"role": "search"}

    def get_form_class(self):
        return type("Suchform", (Gereinigt, super().get_form_class()), {})

    @cached_property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method, helper.form_class, helper.attrs = "get", "filter", self.attrs
        helper.add_input(Submit("", self.button, css_class="kern-btn--secondary"))
        return helper


class Suchfilter(Suche):
    """Filters while somebody types: needs `request=`; the page puts its hits into `#treffer` and loads
    `includes/live.html`.
    """

    @cached_property
    def attrs(self) -> dict:
        return {"role": "search", "autocomplete": "off", "hx-get": self.request.path, **LIVE}

    def flatattrs(self) -> str:
        """For a form that a template writes itself."""
        return flatatt(self.attrs)
