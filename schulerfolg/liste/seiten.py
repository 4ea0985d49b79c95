"""Lists a page at a time, found by key: the thousandth page costs what the first one costs.

The address names the last row that was seen (`?nach=17`) or the first (`?vor=17`), never a number of a page. What
stands between is told by the order of the list itself (see `ordnung`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import QuerySet
from django.utils.formats import number_format

from schulerfolg.eingabe import Gereinigt
from schulerfolg.liste.ordnung import Ordnung

SEITENLAENGE = 25
GRENZE = 1000
"""Lists count no further: what is longer is „mehr als 1.000“."""


class SeitenForm(Gereinigt, forms.Form):
    """Where a page of a list begins or ends, as the address asks for it; what is no key is none."""

    nach = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    vor = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)

    def schluessel(self, name: str) -> int | None:
        return self.cleaned_data.get(name) if self.is_valid() else None


@dataclass
class Seite:
    """The rows of one page; `vor` and `nach` are the keys its neighbours are asked by, None where the list ends."""

    alle: QuerySet
    object_list: list
    vor: int | None
    nach: int | None

    def __iter__(self) -> Iterator:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

    @cached_property
    def anzahl(self) -> int:
        """How many rows the whole list has, counted no further than one beyond the limit."""
        return capped(self.alle).count()

    @property
    def counted(self) -> str:
        return counted(self.anzahl)


def counted(anzahl: int) -> str:
    """A number of rows in words, as it begins the head of a list: „17“, „Mehr als 1.000“."""
    zahl = number_format(min(anzahl, GRENZE), use_l10n=True, force_grouping=True)
    return f"Mehr als {zahl}" if anzahl > GRENZE else zahl


def capped(rows: QuerySet) -> QuerySet:
    """The keys of these rows, one more than a list counts: to be counted, or to be grouped by a query around it."""
    return rows.order_by().values("pk")[: GRENZE + 1]


def page_of(request, rows: QuerySet) -> Seite:
    """The page of a list that the address asks for; a key that is none, or of a row that has left, shows the first."""
    form, ordnung = SeitenForm(request.GET), Ordnung(rows)
    eine_mehr = slice(SEITENLAENGE + 1)
    if nach := ordnung.stelle(form.schluessel("nach")):
        zeilen = list(ordnung.zeilen(hinter=nach)[eine_mehr])
        if zeilen:
            return _seite(rows, zeilen[:SEITENLAENGE], davor=True, danach=len(zeilen) > SEITENLAENGE)
    elif vor := ordnung.stelle(form.schluessel("vor")):
        ordnung.umkehren()
        zeilen = list(ordnung.zeilen(hinter=vor)[eine_mehr])
        if len(zeilen) > SEITENLAENGE:
            return _seite(rows, zeilen[SEITENLAENGE - 1 :: -1], davor=True, danach=True)
        ordnung.umkehren()
    zeilen = list(ordnung.zeilen()[eine_mehr])
    return _seite(rows, zeilen[:SEITENLAENGE], davor=False, danach=len(zeilen) > SEITENLAENGE)


def _seite(rows, zeilen, *, davor: bool, danach: bool) -> Seite:
    return Seite(rows, zeilen, zeilen[0].pk if davor else None, zeilen[-1].pk if danach else None)
