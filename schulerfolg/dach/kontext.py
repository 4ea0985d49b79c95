"""What the frame of every page needs: who is here, in which hats, and what they may open."""

from functools import cache

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gremien.models import Mitgliedschaft
from netzwerkstellen.registrierung.aufgaben import wartezimmer
from schulerfolg.dach.gegenstaende import modules_named
from schulerfolg.konten.permissions import Hut, Rolle
from schulerfolg.menue import Eintrag, Konto, Kopf, am_platz
from schulerfolg.pdf import fehlende_pakete

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
    """What `hats_worn` looks up: the hats at each place, and those at all places of a kind."""
    getragen: dict[tuple, set[Rolle]] = {}
    for hut in huete:
        for wo in {hut.wo, hut.wo[:1]}:
            getragen.setdefault(wo, set()).add(hut.rolle)
    return getragen


def menues(person, huete) -> dict[str, list[Eintrag]]:
    """What the subjects offer this person: the navigation, and the menu of the account."""
    eintraege = [eintrag for subject in modules_named("menue") for eintrag in subject.menue(person, huete)]
    return {"kopf": am_platz(Kopf, eintraege), "konto": am_platz(Konto, eintraege)}


def rahmen(request) -> dict:
    """Context of every template. What is missing for PDFs is looked up only where a template asks, the hats too."""
    person, huete_ = getattr(request, "user", AnonymousUser()), getattr(request, "huete", [])
    return {
        "demo": settings.DEMO,
        "huete": huete_,
        "menues": SimpleLazyObject(lambda: menues(person, huete_)),
        "fehlende_pakete": fehlende_pakete,
        "wartezimmer": SimpleLazyObject(lambda: wartezimmer(person, huete_)),
    }
