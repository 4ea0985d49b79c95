"""What the first page of an office's administration brings together."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from netzwerkstellen.stelle.models import Netzwerkstelle
from schulerfolg.konten.permissions import Rolle

# What may be marked as uncertain, and which invitations wait: the column or count → the right it takes.
UNSICHER = {
    "email_zu_bestaetigen": "angaben_pflegen",
    "standorte_zu_bestaetigen": "kontakte_pflegen",
    "ansprechpersonen_zu_bestaetigen": "kontakte_pflegen",
    "traegerschaften_zu_bestaetigen": "traeger_pflegen",
}
EINLADUNGEN = {
    "einladungen_ins_team": "team_pflegen",
    "einladungen_an_schulen": "schule_einladen",
    "einladungen_ins_gremium": "gremium_einladen",
}


@dataclass(frozen=True, slots=True)
class Offen:
    """A fact somebody still has to confirm: what kind it is, what it says, where to do it and which right it takes."""

    art: str
    text: str
    adresse: str
    recht: str


def mit_offenem(stellen):
    """With the number of each, in the same query."""
    unsicher = {
        f"{feld}_zu_bestaetigen": Count(feld, filter=Q(**{f"{feld}__zu_bestaetigen": True}), distinct=True)
        for feld in ("standorte", "ansprechpersonen", "traegerschaften")
    }
    offen = Q(einladungen__angenommen_am=None, einladungen__zurueckgenommen_am=None)
    schule, gremium = Q(einladungen__schule__isnull=False), Q(einladungen__rolle=Rolle.GREMIUM)
    wohin = {"ins_team": ~schule & ~gremium, "an_schulen": schule, "ins_gremium": ~schule & gremium}
    einladungen = {
        f"einladungen_{wort}": Count("einladungen", filter=offen & welche, distinct=True)
        for wort, welche in wohin.items()
    }
    return stellen.annotate(**unsicher, **einladungen)


def zu_bestaetigen(stelle: Netzwerkstelle) -> list[Offen]:
    """Everything at this office that is marked as uncertain, in four queries."""

    def adresse(name, *args):
        return reverse(f"netzwerkstellen:{name}", args=[stelle.slug, *args])

    der_stelle, standorte, ansprechpersonen, traegerschaften = UNSICHER.values()
    email = [Offen("E-Mail-Adresse der Stelle", stelle.email, adresse("angaben"), der_stelle)]
    return [
        *(email if stelle.email_zu_bestaetigen else []),
        *(
            Offen("Standort", str(ort), adresse("standort_bearbeiten", ort.pk), standorte)
            for ort in stelle.standorte.filter(zu_bestaetigen=True)
        ),
        *(
            Offen("Ansprechperson", str(person), adresse("ansprechperson_bearbeiten", person.pk), ansprechpersonen)
            for person in stelle.ansprechpersonen.filter(zu_bestaetigen=True)
        ),
        *(
            Offen("Trägerschaft", str(traeger), adresse("traegerschaft_bearbeiten", traeger.pk), traegerschaften)
            for traeger in stelle.traegerschaften.filter(zu_bestaetigen=True).select_related("organisation")
        ),
    ]


def kennzahlen(stelle: Netzwerkstelle) -> list[tuple[int, str, str]]:
    """(number, what it counts, where to see it): each number leads to its rows."""

    def adresse(name, query=""):
        return reverse(f"netzwerkstellen:{name}", args=[stelle.slug]) + query

    in_betrieb = stelle.schulen.in_betrieb()
    return [
        (in_betrieb.count(), "Schulen in Betrieb", adresse("schulen", "?betrieb=True")),
        (
            in_betrieb.ohne_schulleitung().count(),
            "Schulen ohne Schulleitung im Portal",
            adresse("schulen", "?betrieb=True&ohne_schulleitung=on"),
        ),
        (
            stelle.mitarbeiten.to_notify().values("person").distinct().count(),
            "Menschen im Team",
            adresse("team"),
        ),
        (stelle.ansprechpersonen.oeffentlich().count(), "öffentliche Ansprechpersonen", adresse("ansprechpersonen")),
    ]
