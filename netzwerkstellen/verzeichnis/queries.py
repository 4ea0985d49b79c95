"""What everybody may see of the offices, and how people find theirs."""

import re
from dataclasses import dataclass, replace

from django.contrib.postgres.lookups import Unaccent
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, Prefetch, Q, Value, When
from django.db.models.functions import Greatest, Lower
from django.utils import timezone

from netzwerkstellen.schule.models import Schule
from netzwerkstellen.stelle.models import Gemeinde, Netzwerkstelle, Standort, Traegerschaft
from schulerfolg.liste import suche

HOECHSTENS, HOECHSTENS_NAH = 20, 5
PLZ = re.compile(r"\d{5}")
NAH_GENUG = 0.5
"""How alike two names are, from 0 to 1 (pg_trgm): „Quedlinbug“ is 0.7 of „Quedlinburg“, „Thale“ 0 of „Halle“."""


@dataclass(frozen=True, slots=True)
class Fund:
    """What a search found: offices, places and schools, each kind at most HOECHSTENS rows.

    `aehnlich`: nothing is called so; these are called nearly so, or lie nearby by their postcode.
    """

    stellen: list[Netzwerkstelle]
    gemeinden: list[Gemeinde]
    schulen: list[Schule]
    aehnlich: bool = False

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
    """Every word is in the name or place, or begins the postcode; else what is called nearly so, or lies nearby."""
    fund = _genau(worte)
    if fund:
        return fund
    plz = worte if PLZ.fullmatch(worte) else ""
    return replace(_genau(plz[:3]) if plz else _aehnlich(worte), aehnlich=True)


def _genau(worte: str) -> Fund:
    """Three queries; names that begin so come first."""
    stellen, gemeinden = Netzwerkstelle.objects.all(), Gemeinde.objects.select_related("netzwerkstelle")
    for wort in suche.worte(worte):
        am_ort = Standort.objects.filter(suche.enthaelt(wort, "ort", "strasse") | Q(plz__startswith=wort))
        stellen = stellen.filter(suche.enthaelt(wort, "region", "eigenname") | Q(standorte__in=am_ort)).distinct()
        gemeinden = gemeinden.filter(suche.enthaelt(wort, "name"))
    beginnt_so = Case(When(name__unaccent__istartswith=worte, then=Value(0)), default=Value(1))
    return Fund(
        stellen=list(Netzwerkstelle.objects.filter(pk__in=stellen).order_by(Lower(Unaccent("kurzname")), "pk")),
        gemeinden=list(gemeinden.order_by(beginnt_so, Lower(Unaccent("name")), "pk")[:HOECHSTENS]),
        schulen=list(_schulen().search(worte).sorted_german()[:HOECHSTENS]),
    )


def _aehnlich(worte: str) -> Fund:
    """By trigrams: a letter missing, doubled or mixed up still leaves most of them."""

    def nah(rows, *felder):
        naehe = Greatest(*(TrigramWordSimilarity(worte, Unaccent(feld)) for feld in felder), Value(0.0))
        return list(rows.annotate(naehe=naehe).filter(naehe__gte=NAH_GENUG).order_by("-naehe", "pk")[:HOECHSTENS_NAH])

    return Fund(
        stellen=nah(Netzwerkstelle.objects.all(), "region", "kurzname"),
        gemeinden=nah(Gemeinde.objects.select_related("netzwerkstelle"), "name"),
        schulen=nah(_schulen(), "name", "ort"),
    )


def _schulen():
    return Schule.objects.in_betrieb().select_related("netzwerkstelle", "schulform")
