"""What the three pages show: the offices, one answer, every question."""

from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from angebote.antrag.abbild import regel_abbild
from angebote.antrag.abschnitte import MINUTEN
from angebote.antrag.dauer import uebliche_dauer
from angebote.antrag.entwurf import zustaendige_stellen
from angebote.beratung.forms import eigene_schulen
from schulerfolg.dach.auskunft.antwort import antworten, grenze_in_worten
from schulerfolg.dach.auskunft.forms import FrageForm
from schulerfolg.dach.auskunft.fragebogen import fragebogen
from schulerfolg.dach.auskunft.queries import lage, sitzungstage
from schulerfolg.geld import euro

NICHTS = Decimal(0)
"""No sum is known yet: the rule itself, and each of its bands below it."""


def auskunftsseite(stelle, person, daten) -> dict:
    """The four questions (`daten`: a query string), their answer, and what holds at this office for everybody."""
    hier = lage(stelle, timezone.localdate())
    eigene = list(eigene_schulen(person)) if person.is_authenticated else []
    form = FrageForm(daten, stelle=stelle, eigene=eigene)
    vorhaben = form.vorhaben if form.is_valid() else None
    return {
        "stelle": stelle,
        "form": form,
        "vorhaben": vorhaben,
        "antwort": antworten(vorhaben, hier, eigene=vorhaben.schule in eigene) if vorhaben else None,
        "darf_beginnen": not person.is_authenticated or bool(eigene),
        "regel": hier.regel,
        "regelzeilen": _regelzeilen(hier.regel),
        "naechste_regel": hier.naechste_regel,
        "naechste_grenze": grenze_in_worten(hier.naechste_regel) if hier.naechste_regel else "",
        "runden": [*hier.offene, *hier.kommende],
        "sitzungstage": sitzungstage(stelle),
        "dauer": uebliche_dauer(stelle),
        **_erreichbar(stelle),
    }


def fragenseite(stelle) -> dict:
    heute = timezone.localdate()
    regel = stelle.foerderregeln.prefetch_related("anlagen", "baender").gueltig(heute).first()
    return {
        "stelle": stelle,
        "heute": heute,
        "regelzeilen": _regelzeilen(regel),
        "teile": fragebogen(stelle, regel),
        "minuten": MINUTEN,
        "kurz_bis": max((band.bis for band in regel.stufen if band.kurz), default=None) if regel else None,
    }


def eigene_stellen(person) -> set[int]:
    """The offices of this person, which come first."""
    return set(zustaendige_stellen(person).values_list("pk", flat=True)) if person.is_authenticated else set()


def _regelzeilen(regel) -> list[tuple[str, str]]:
    """The rule in words, with whoever signs and the documents it asks for."""
    if regel is None:
        return []
    anlagen = [f"{a.get_art_display()} ({a.get_pflicht_bei_display()})" for a in regel.anlagen.all()]
    return [
        *((label, text) for label, text in regel_abbild(regel, NICHTS)["zeilen"] if text != "–"),
        *((f"Bis {euro(band.bis)}", band.in_worten) for band in regel.stufen),
        ("Unterschrift", "Die Schulleitung zeichnet mit" if regel.mitzeichnung else "Auch Lehrkräfte reichen ein"),
        ("Unterlagen", ", ".join(anlagen) or "keine besonderen"),
    ]


def _erreichbar(stelle) -> dict:
    return {
        "telefon_am_standort": any(standort.telefon for standort in stelle.standorte.all()),
        "betreiber": settings.BETREIBER,
    }
