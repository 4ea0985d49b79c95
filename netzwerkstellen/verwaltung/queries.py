"""What the first page of an office's administration brings together."""

from dataclasses import dataclass

from django.urls import reverse

from netzwerkstellen.stelle.models import Netzwerkstelle


@dataclass(frozen=True, slots=True)
class Offen:
    """A fact somebody still has to confirm: what kind it is, what it says, where to do it and which right it takes."""

    art: str
    text: str
    adresse: str
    recht: str


def zu_bestaetigen(stelle: Netzwerkstelle) -> list[Offen]:
    """Everything at this office that is marked as uncertain, in four queries."""

    def adresse(name, *args):
        return reverse(f"netzwerkstellen:{name}", args=[stelle.slug, *args])

    email = [Offen("E-Mail-Adresse der Stelle", stelle.email, adresse("angaben"), "angaben_pflegen")]
    return [
        *(email if stelle.email_zu_bestaetigen else []),
        *(
            Offen("Standort", str(ort), adresse("standort_bearbeiten", ort.pk), "kontakte_pflegen")
            for ort in stelle.standorte.filter(zu_bestaetigen=True)
        ),
        *(
            Offen("Ansprechperson", str(person), adresse("ansprechperson_bearbeiten", person.pk), "kontakte_pflegen")
            for person in stelle.ansprechpersonen.filter(zu_bestaetigen=True)
        ),
        *(
            Offen("Trägerschaft", str(traeger), adresse("traegerschaft_bearbeiten", traeger.pk), "traeger_pflegen")
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
            stelle.mitarbeiten.zu_benachrichtigen().values("person").distinct().count(),
            "Menschen im Team",
            adresse("team"),
        ),
        (stelle.ansprechpersonen.oeffentlich().count(), "öffentliche Ansprechpersonen", adresse("ansprechpersonen")),
    ]
