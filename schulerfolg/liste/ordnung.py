"""The order of a list, column by column: where a row stands in it, and which rows come behind it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

NIEMAND = Q(pk__in=[])


@dataclass(frozen=True)
class Spalte:
    """One column of an order: its name in the query, its direction, and where rows without a value stand."""

    name: str
    absteigend: bool
    leere_zuletzt: bool

    def hinter(self, wert) -> Q:
        """Rows that this column alone puts behind the value."""
        if wert is None:
            return NIEMAND if self.leere_zuletzt else Q(**{f"{self.name}__isnull": False})
        dahinter = Q(**{f"{self.name}__{'lt' if self.absteigend else 'gt'}": wert})
        return dahinter | Q(**{f"{self.name}__isnull": True}) if self.leere_zuletzt else dahinter

    def gleich(self, wert) -> Q:
        return Q(**{f"{self.name}__isnull": True} if wert is None else {self.name: wert})

    def umgekehrt(self) -> "Spalte":
        return Spalte(self.name, not self.absteigend, not self.leere_zuletzt)

    def als_ordnung(self) -> OrderBy:
        leere: Any = {"nulls_last": True} if self.leere_zuletzt else {"nulls_first": True}
        return OrderBy(F(self.name), descending=self.absteigend, **leere)


class Ordnung:
    """What a queryset says about its order, with the primary key as last column: no two rows stand at one place."""

    def __init__(self, rows: QuerySet):
        angaben = rows.query.order_by or rows.model._meta.ordering
        teile = {f"spalte_{nummer}": _teil(angabe) for nummer, angabe in enumerate((*angaben, "pk"))}
        self.spalten = [Spalte(name, teil.descending, _leere_zuletzt(teil)) for name, teil in teile.items()]
        self.rows = rows.annotate(**{name: teil.expression for name, teil in teile.items()})

    def stelle(self, pk: int | None) -> tuple | None:
        """The values of the columns for one row of this list."""
        return self.rows.filter(pk=pk).order_by().values_list(*(s.name for s in self.spalten)).first() if pk else None

    def zeilen(self, hinter: tuple | None = None) -> QuerySet:
        """The rows in this order, all of them or those behind a place."""
        rows = self.rows if hinter is None else self.rows.filter(self._dahinter(hinter))
        return rows.order_by(*(spalte.als_ordnung() for spalte in self.spalten))

    def umkehren(self) -> None:
        self.spalten = [spalte.umgekehrt() for spalte in self.spalten]

    def _dahinter(self, stelle) -> Q:
        dahinter, gleich = NIEMAND, Q()
        for spalte, wert in zip(self.spalten, stelle, strict=True):
            dahinter |= gleich & spalte.hinter(wert)
            gleich &= spalte.gleich(wert)
        return dahinter


def _teil(angabe) -> OrderBy:
    if isinstance(angabe, str):
        return OrderBy(F(angabe.removeprefix("-")), descending=angabe.startswith("-"))
    return angabe if isinstance(angabe, OrderBy) else angabe.asc()


def _leere_zuletzt(teil: OrderBy) -> bool:
    """PostgreSQL takes nothing for more than anything, where the order does not say otherwise."""
    return bool(teil.nulls_last or not (teil.nulls_first or teil.descending))
