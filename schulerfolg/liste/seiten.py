"""Lists a page at a time."""

from django import forms
from django.core.paginator import Paginator

from schulerfolg.eingabe import Gereinigt

SEITENLAENGE = 25


class SeitenForm(Gereinigt, forms.Form):
    """The page of a list, as the address asks for it."""

    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    def nummer(self) -> int:
        return (self.is_valid() and self.cleaned_data["page"]) or 1


def seite_von(request, rows):
    """One page of a list; a page number that is none shows the first."""
    return Paginator(rows, SEITENLAENGE).get_page(SeitenForm(request.GET).nummer())
