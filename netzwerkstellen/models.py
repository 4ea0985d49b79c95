"""Gathers the models of all subjects for Django."""

from netzwerkstellen.einladung.models import Einladung
from netzwerkstellen.organisation.models import Leistungsfeld, Organisation
from netzwerkstellen.registrierung.models import Registrierung
from netzwerkstellen.schule.models import Schule, Schulform, Schulsozialarbeit, Schulzugehoerigkeit
from netzwerkstellen.stelle.models import (
    Ansprechperson,
    Gemeinde,
    Leitungskonto,
    Mitarbeit,
    Netzwerkstelle,
    Standort,
    Stellenereignis,
    Traegerschaft,
)

__all__ = [
    "Ansprechperson",
    "Einladung",
    "Gemeinde",
    "Leistungsfeld",
    "Leitungskonto",
    "Mitarbeit",
    "Netzwerkstelle",
    "Organisation",
    "Registrierung",
    "Schule",
    "Schulform",
    "Schulsozialarbeit",
    "Schulzugehoerigkeit",
    "Standort",
    "Stellenereignis",
    "Traegerschaft",
]
