"""The hats a person can wear in the portal, and which of them ask for a second factor.

Where a person wears which hat is told by Mitarbeit, Schulzugehoerigkeit, Landesrolle (and later Mitgliedschaft);
what a hat may do towards an object stands in that object's own permissions.py.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Hut:
    """One hat of one person: the role, where it holds, and the page that belongs to it (may be empty)."""

    rolle: Rolle
    ort: str
    adresse: str = ""
    amt: str = ""
    """What the hat is called where the role alone says too little: „Vorsitz“ of a Gremium."""
    leitet: bool = False
    """Leads a Gremium."""
    wo: tuple[str | int, ...] = ()
    """The rows it comes from and the number of the place, as `hats_worn` asks: `("mitarbeiten", 7)`."""

    def __str__(self):
        return f"{self.name}, {self.ort}" if self.ort else self.name

    @property
    def name(self) -> str:
        return self.amt or self.rolle.label

    @property
    def zweiter_faktor(self) -> bool:
        """Whether this hat asks for a second factor when signing in."""
        return self.leitet or self.rolle in MIT_ZWEITEM_FAKTOR

    @property
    def reihe(self) -> str:
        """Where it comes from: `landesrollen`, `mitarbeiten`, `schulzugehoerigkeiten` or `mitgliedschaften`."""
        return str(self.wo[0])


def traegt(huete: Iterable[Hut], rollen: Collection[Rolle], reihe: str = "") -> bool:
    """Whether one of these hats is among those of this person, where it matters from one kind of place alone."""
    return any(hut.rolle in rollen and reihe in ("", hut.reihe) for hut in huete)


def choices(rollen) -> list[tuple[str, str]]:
    """These hats as choices of a form or a model field."""
    return [(rolle.value, rolle.label) for rolle in rollen]


def hats_worn(person, reihe: str, **wo: int) -> Iterable[str]:
    """The hats this person wears there today: `hats_worn(person, "mitarbeiten", netzwerkstelle=7)`.

    Whoever asks for a page has them along (`schulerfolg.dach.kontext`): one question for all. Of everybody else the rows
    are asked, and only when somebody looks.
    """
    if (dabei := getattr(person, "getragen", None)) is not None:
        return dabei.get((reihe, *wo.values()), frozenset())
    return getattr(person, reihe).gueltig().filter(**wo).values_list("rolle", flat=True)


def orte(person, reihe: str, ort: str, rollen: Collection[Rolle] | None = None) -> Any:
    """Where this person wears such a hat today, for a filter: `netzwerkstelle__in=orte(person, "mitarbeiten", …)`.

    The numbers of the places, where the person has them along; else the query for them. `rollen`: one of these hats.
    """
    if (dabei := getattr(person, "getragen", None)) is not None:
        hier = [(wo[1], hats) for wo, hats in dabei.items() if wo[0] == reihe and len(wo) == 2]
        return [nummer for nummer, hats in hier if rollen is None or not hats.isdisjoint(rollen)]
    zeilen = getattr(person, reihe).gueltig()
    return (zeilen if rollen is None else zeilen.filter(rolle__in=rollen)).values(ort)


def landesrollen(person) -> set[Rolle]:
    """The hats this person wears for the whole Land today."""
    return {Rolle(rolle) for rolle in hats_worn(person, "landesrollen")}


def ist_koordination(person) -> bool:
    return Rolle.KOORDINATION in landesrollen(person)
