"""What everybody may see of the offices, and how people find theirs."""

from dataclasses import dataclass

from django.contrib.postgres.lookups import Unaccent
from django.db.models import Case, Prefetch, Value, When
from django.db.models.functions import Lower
from django.utils import timezone

from netzwerkstellen.schule.models import Schule
from netzwerkstellen.stelle.models import Gemeinde, Netzwerkstelle, Traegerschaft
from schulerfolg.liste import suche

HOECHSTENS = 20


@dataclass(frozen=True, slots=True)
class Fund:
    """What a search found: offices by their own name, places and schools, each kind at most HOECHSTENS rows."""

    stellen: list[Netzwerkstelle]
    gemeinden: list[Gemeinde]
    schulen: list[Schule]

    def __bool__(self):
        return bool(self.stellen or self.gemeinden or self.schulen)

    @property
    def ist_gekuerzt(self) -> bool:
        return HOECHSTENS in (len(self.gemeinden), len(self.schulen))


def stellen_liste():
    """All offices with their Standorte, in two queries."""
    return Netzwerkstelle.objects.prefetch_related("standorte").order_by(Lower(Unaccent("kurzname")), "pk")


def stellen_seite():
    """Offices with everything their public page shows: also the Träger of earlier years, latest first."""
    frueher = Traegerschaft.objects.filter(oeffentlich=True, bis__lt=timezone.localdate())
    return Netzwerkstelle.objects.for_page().prefetch_related(
        Prefetch(
            "traegerschaften",
            frueher.with_organisation().order_by("-bis", "rolle", "pk"),
            to_attr="fruehere_traegerschaften",
        )
    )


def finden(worte: str) -> Fund:
    """Offices, places and schools in whose name every word occurs, in three queries; names that begin so come first."""
    gemeinden = _mit_jedem_wort(Gemeinde.objects.select_related("netzwerkstelle"), worte, "name")
    stellen = _mit_jedem_wort(Netzwerkstelle.objects.all(), worte, "region", "eigenname")
    beginnt_so = Case(When(name__unaccent__istartswith=worte, then=Value(0)), default=Value(1))
    return Fund(
        stellen=list(stellen.order_by(Lower(Unaccent("kurzname")), "pk")),
        gemeinden=list(gemeinden.order_by(beginnt_so, Lower(Unaccent("name")), "pk")[:HOECHSTENS]),
        schulen=list(
            Schule.objects.in_betrieb()
            .search(worte)
            .select_related("netzwerkstelle", "schulform")
            .sorted_german()[:HOECHSTENS]
        ),
    )


def _mit_jedem_wort(rows, worte: str, *fields: str):
    for wort in suche.worte(worte):
        rows = rows.filter(suche.enthaelt(wort, *fields))
    return rows
