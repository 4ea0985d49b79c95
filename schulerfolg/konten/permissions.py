"""The hats a person can wear in the portal, and which of them ask for a second factor.

Where a person wears which hat is told by Mitarbeit, Schulzugehoerigkeit, Landesrolle (and later Mitgliedschaft);
what a hat may do towards an object stands in that object's own permissions.py.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import TextChoices


class Rolle(TextChoices):
    SCHULE_MITARBEIT = "schule_mitarbeit", "Lehrkraft"
    SCHULE_LEITUNG = "schule_leitung", "Schulleitung"
    SCHULE_STELLVERTRETUNG = "schule_stellvertretung", "stellvertretende Schulleitung"
    SCHULSOZIALARBEIT = "schulsozialarbeit", "Schulsozialarbeit"
    SACHBEARBEITUNG = "sachbearbeitung", "Sachbearbeitung"
    LEITUNG = "leitung", "Leitung der Netzwerkstelle"
    TRAEGER_FREIGABE = "traeger_freigabe", "Freigabe beim Träger"
    KOORDINATION = "koordination", "Koordinierungsstelle"
    PRUEFUNG = "pruefung", "Prüfung"
    GREMIUM = "gremium", "Gremium"
    SYSTEM = "system", "Portal"


SCHULROLLEN = (
    Rolle.SCHULE_MITARBEIT,
    Rolle.SCHULE_LEITUNG,
    Rolle.SCHULE_STELLVERTRETUNG,
    Rolle.SCHULSOZIALARBEIT,
)
STELLENROLLEN = (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE, Rolle.PRUEFUNG)
LANDESROLLEN = (Rolle.KOORDINATION, Rolle.PRUEFUNG)
VERTRETBAR = frozenset({*STELLENROLLEN, *SCHULROLLEN} - {Rolle.PRUEFUNG})
"""Hats that colleagues at the same place may stand in for; an auditor has none."""

MIT_ZWEITEM_FAKTOR = frozenset(
    {Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE, Rolle.KOORDINATION, Rolle.PRUEFUNG}
)


def choices(rollen) -> list[tuple[str, str]]:
    """These hats as choices of a form or a model field."""
    return [(rolle.value, rolle.label) for rolle in rollen]


def getragene(person, reihe: str, **wo: int) -> Iterable[str]:
    """The hats this person wears there today: `getragene(person, "mitarbeiten", netzwerkstelle=7)`.

    Whoever asks for a page has them along (`schulerfolg.dach.kontext`): one question for all. Of everybody else the rows
    are asked, and only when somebody looks.
    """
    if (dabei := getattr(person, "getragen", None)) is not None:
        return dabei.get((reihe, *wo.values()), frozenset())
    return getattr(person, reihe).gueltig().filter(**wo).values_list("rolle", flat=True)


def orte(person, reihe: str, ort: str) -> Any:
    """Where this person wears such a hat today, for a filter: `netzwerkstelle__in=orte(person, "mitarbeiten", …)`.

    The numbers of the places, where the person has them along; else the query for them.
    """
    if (dabei := getattr(person, "getragen", None)) is not None:
        return [wo[1] for wo in dabei if wo[0] == reihe and len(wo) == 2]
    return getattr(person, reihe).gueltig().values(ort)


def landesrollen(person) -> set[Rolle]:
    """The hats this person wears for the whole Land today."""
    return {Rolle(rolle) for rolle in getragene(person, "landesrollen")}


def ist_koordination(person) -> bool:
    return Rolle.KOORDINATION in landesrollen(person)
