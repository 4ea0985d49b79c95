"""What the frame of every page needs: who is here, in which hats."""

from dataclasses import dataclass
from functools import cache, partial

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gremien.models import Mitgliedschaft
from schulerfolg.konten.permissions import LANDESROLLEN, MIT_ZWEITEM_FAKTOR, SCHULROLLEN, Rolle
from schulerfolg.pdf import fehlende_pakete


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
    """The rows it comes from and the number of the place, as `getragene` asks: `("mitarbeiten", 7)`."""

    def __str__(self):
        return f"{self.name}, {self.ort}" if self.ort else self.name

    @property
    def name(self) -> str:
        return self.amt or self.rolle.label

    @property
    def zweiter_faktor(self) -> bool:
        """Whether this hat asks for a second factor when signing in."""
        return self.leitet or self.rolle in MIT_ZWEITEM_FAKTOR


# One question for every page of everybody who is signed in: a union, since a hat may stand in any of four tables.
GILT = "person_id = %(person)s AND daterange(von, bis, '[]') @> %(tag)s::date"
HUETE = f"""
    SELECT 1 AS art, rolle, '' AS ort, '' AS wort, '' AS reihe, NULL AS nummer FROM konten_landesrolle WHERE {GILT}
    UNION ALL
    SELECT 2, rolle, name, slug, kurzname, n.id FROM netzwerkstellen_mitarbeit m
      JOIN netzwerkstellen_netzwerkstelle n ON n.id = m.netzwerkstelle_id WHERE {GILT}
    UNION ALL
    SELECT 3, rolle, name, '', name, s.id FROM netzwerkstellen_schulzugehoerigkeit z
      JOIN netzwerkstellen_schule s ON s.id = z.schule_id WHERE {GILT}
    UNION ALL
    SELECT 4, rolle, name, '', name, g.id FROM gremien_mitgliedschaft m
      JOIN gremien_gremium g ON g.id = m.gremium_id WHERE {GILT}
    ORDER BY art, reihe, rolle
"""


def huete(person) -> list[Hut]:
    """Every hat this person wears today, offices first, committees last. One query, none for a visitor."""
    if not person.is_authenticated:
        return []
    with connection.cursor() as cursor:
        cursor.execute(HUETE, {"person": person.pk, "tag": timezone.localdate()})
        return [_hut(*zeile) for zeile in cursor.fetchall()]


def _hut(art, rolle, ort, wort, _reihe, nummer) -> Hut:
    if art == 4:
        amt = Mitgliedschaft.Rolle(rolle)
        adresse = reverse("gremien:gremium", args=[nummer])
        leitet = amt in Mitgliedschaft.LEITEN
        return Hut(Rolle.GREMIUM, ort, adresse, amt=amt.label, leitet=leitet, wo=("mitgliedschaften", nummer))
    if art == 3:
        return Hut(Rolle(rolle), ort, wo=("schulzugehoerigkeiten", nummer))
    if art == 2:
        return Hut(Rolle(rolle), ort, reverse("netzwerkstellen:verwaltung", args=[wort]), wo=("mitarbeiten", nummer))
    return Hut(Rolle(rolle), ort, reverse("netzwerkstellen:stelle_liste"), wo=("landesrollen",))


def mitgeben(request) -> None:
    """Whoever asks for a page has their hats along: for the frame, and for everything that asks what they may do.

    They hold for this request. The one question is asked when something wants to know.
    """
    person, fragen = request.user, cache(huete)
    request.huete = SimpleLazyObject(lambda: fragen(request.user))
    if person.is_authenticated:
        person.getragen = SimpleLazyObject(lambda: _getragen(fragen(person)))


def _getragen(huete) -> dict[tuple, set[Rolle]]:
    """What `getragene` looks up: the hats at each place, and those at all places of a kind."""
    getragen: dict[tuple, set[Rolle]] = {}
    for hut in huete:
        for wo in {hut.wo, hut.wo[:1]}:
            getragen.setdefault(wo, set()).add(hut.rolle)
    return getragen


# Pages about people in the menu of the account: for which hats, whether only where they hold in the whole Land.
WEGE = [
    ((Rolle.SCHULE_LEITUNG, Rolle.SCHULE_STELLVERTRETUNG), False, "Menschen an unserer Schule", "kollegium:kollegien"),
    (SCHULROLLEN, False, "Zugang zu einer weiteren Schule", "registrieren"),
    ((Rolle.KOORDINATION,), True, "Personen und Konten", "personen:liste"),
    ((Rolle.KOORDINATION,), True, "Prüfrechte", "pruefrechte:liste"),
    (LANDESROLLEN, True, "Ansichten als andere Person", "ansicht:liste"),
]


def wege_der_rollen(huete) -> list[tuple[str, str]]:
    """Title and address of the pages that belong to these hats."""
    return [
        (titel, reverse(name))
        for rollen, landesweit, titel, name in WEGE
        if any(hut.rolle in rollen and not (landesweit and hut.ort) for hut in huete)
    ]


def rahmen(request) -> dict:
    """Context of every template. What is missing for PDFs is looked up only where a template asks, the hats too."""
    huete_ = getattr(request, "huete", [])
    return {
        "demo": settings.DEMO,
        "huete": huete_,
        "wege_der_rollen": partial(wege_der_rollen, huete_),
        "fehlende_pakete": fehlende_pakete,
    }
