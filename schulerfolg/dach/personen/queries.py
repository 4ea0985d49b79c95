"""Whom the coordination office finds, and what it sees of them."""

from dataclasses import dataclass

from django.contrib.postgres.lookups import Unaccent
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from gremien.models import Mitgliedschaft
from netzwerkstellen.models import Mitarbeit, Schulzugehoerigkeit
from schulerfolg.konten.huete import hut_modelle
from schulerfolg.konten.models import Befristet
from schulerfolg.liste import suche


@dataclass(frozen=True, slots=True)
class Hutzeile:
    """One hat of a person, present or past: what, where, and the row that says when."""

    rolle: str
    ort: str
    zeile: Befristet


def suchen(personen, worte: str):
    """Every word is in the name or the address."""
    for wort in suche.worte(worte):
        personen = personen.filter(suche.enthaelt(wort, "vorname", "nachname") | Q(email__icontains=wort))
    return personen.order_by(Lower(Unaccent("nachname")), Lower(Unaccent("vorname")), "pk")


def bei_stelle(personen, stelle):
    """Who works for this office today, or at one of its schools, or sits in one of its Gremien."""
    return personen.filter(
        Exists(Mitarbeit.objects.gueltig().filter(person=OuterRef("pk"), netzwerkstelle=stelle))
        | Exists(Schulzugehoerigkeit.objects.gueltig().filter(person=OuterRef("pk"), schule__netzwerkstelle=stelle))
        | Exists(Mitgliedschaft.objects.gueltig().filter(person=OuterRef("pk"), gremium__netzwerkstelle=stelle))
    )


def hutzeilen(person) -> list[Hutzeile]:
    """All hats this person wears, wore or will wear; those that hold without an end first."""
    zeilen = [
        Hutzeile(zeile.get_rolle_display(), _ort(zeile), zeile)
        for modell, name in hut_modelle()
        for zeile in getattr(person, name).select_related(*_orte(modell))
    ]
    return sorted(zeilen, key=lambda hut: (hut.zeile.bis is not None, hut.ort, hut.rolle))


def _orte(modell) -> list[str]:
    felder = {feld.name for feld in modell._meta.fields}
    return [name for name in ("netzwerkstelle", "schule", "gremium") if name in felder]


def _ort(zeile) -> str:
    return next((str(getattr(zeile, name)) for name in _orte(type(zeile))), "landesweit")
