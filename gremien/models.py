"""Gathers the models of all subjects for Django."""

from gremien.abstimmung.models import Beschluss, Beschlussvorschlag, Stimme
from gremien.befangenheit.models import Befangenheit
from gremien.gremium.models import Gremium, Mitgliedschaft
from gremien.sitzung.models import (
    Anwesenheit,
    Beschlussvorlage,
    Ladung,
    Punktleitung,
    Sitzung,
    Sitzungsereignis,
    Tagesordnungspunkt,
)

__all__ = [
    "Anwesenheit",
    "Befangenheit",
    "Beschluss",
    "Beschlussvorlage",
    "Beschlussvorschlag",
    "Gremium",
    "Ladung",
    "Mitgliedschaft",
    "Punktleitung",
    "Sitzung",
    "Sitzungsereignis",
    "Stimme",
    "Tagesordnungspunkt",
]
