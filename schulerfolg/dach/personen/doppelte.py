"""Who may be the same person twice: found by name and place, or by address. Proposals only; people decide."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from netzwerkstellen.models import Mitarbeit, Schulzugehoerigkeit
from schulerfolg.konten.models import Person

HOECHSTENS = 50


@dataclass(frozen=True, slots=True)
class Paar:
    """Two accounts and why they look like one person; the older account comes first."""

    eine: Person
    andere: Person
    grund: str
    am_selben_ort: bool = False


def vorschlaege() -> list[Paar]:
    """Pairs of open accounts, the strongest hint first. Three queries, however many people there are."""
    personen = list(Person.objects.filter(is_active=True, zusammengefuehrt_mit=None).order_by("pk"))
    orte = _orte()
    gleicher_name = _gruppen(personen, lambda person: _schlicht(f"{person.vorname} {person.nachname}"))
    gleiche_adresse = _gruppen(personen, lambda person: _schlicht(person.email.partition("@")[0]))
    paare: dict[tuple[int, int], Paar] = {}
    for eine, andere in gleicher_name:
        am_ort = orte[eine.pk] & orte[andere.pk]
        grund = f"gleicher Name, beide: {', '.join(sorted(am_ort))}" if am_ort else "gleicher Name"
        paare[eine.pk, andere.pk] = Paar(eine, andere, grund, bool(am_ort))
    for eine, andere in gleiche_adresse:
        if _schlicht(eine.nachname) == _schlicht(andere.nachname):
            paare.setdefault((eine.pk, andere.pk), Paar(eine, andere, "ähnliche Adresse, gleicher Nachname"))
    return sorted(paare.values(), key=lambda paar: (not paar.am_selben_ort, paar.eine.nachname))[:HOECHSTENS]


def _orte() -> dict[int, set[str]]:
    orte: dict[int, set[str]] = defaultdict(set)
    for person, ort in Mitarbeit.objects.values_list("person", "netzwerkstelle__kurzname"):
        orte[person].add(ort)
    for person, ort in Schulzugehoerigkeit.objects.values_list("person", "schule__name"):
        orte[person].add(ort)
    return orte


def _gruppen(personen, merkmal):
    gruppen = defaultdict(list)
    for person in personen:
        gruppen[merkmal(person)].append(person)
    for gruppe in gruppen.values():
        yield from combinations(gruppe[:5], 2)


def _schlicht(text: str) -> str:
    """Without accents, case and signs: „J. Öztürk-Meyer“ and „j.oeztuerk“ differ, „Jan Özer“ and „jan ozer“ do not."""
    ohne = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return re.sub(r"[^a-z]", "", ohne)
