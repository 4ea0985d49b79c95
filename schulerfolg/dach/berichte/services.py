"""Everything that changes a report. Publishing counts once more and keeps what it counted."""

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.services import order_job
from schulerfolg.dach.berichte.kennzahlen import zaehlen
from schulerfolg.dach.berichte.machine import BERICHT
from schulerfolg.dach.berichte.models import Bericht, Kennzahl
from schulerfolg.dach.berichte.permissions import RECHTE, rollen
from schulerfolg.formular.konflikt import Konflikt
from schulerfolg.zeit import wann

GESPERRT = ("verwaltung", "neu")


@transaction.atomic
def anlegen(bericht, *, by) -> Bericht:
    """Save a new draft under an address of its own."""
    RECHTE.require(rollen(by), "anlegen")
    bericht.verfasst_durch, bericht.slug = by, _adresse(bericht.titel)
    bericht.save()
    BERICHT.note(bericht, "anlegen", "hat den Bericht angelegt", by=by, before="")
    return bericht


@transaction.atomic
def aendern(bericht, *, by, version: str) -> Bericht:
    """Save the draft, if nobody else saved since `version`."""
    jetzt = Bericht.objects.select_for_update(of=("self",)).get(pk=bericht.pk)
    if not RECHTE.may(rollen(by), "bearbeiten", jetzt):
        raise TransitionNotAllowed("Dieser Bericht ist veröffentlicht und ändert sich nicht mehr.")
    if version != str(jetzt.version):
        hat = f"Jemand hat diesen Entwurf {wann(jetzt.geaendert_am)} geändert."
        raise Konflikt(hat, "", str(jetzt.version), jetzt)
    bericht.version = jetzt.version + 1
    bericht.save(update_fields=["titel", "von", "bis", "text", "version", "geaendert_am"])
    BERICHT.note(bericht, "bearbeiten", "hat am Bericht gearbeitet", by=by)
    return bericht


def veroeffentlichen(bericht, *, by, begruendung="") -> Bericht:
    """Count for the last time, keep the figures for good, and have the worker make the PDF."""
    return BERICHT.take_step(
        bericht, "veroeffentlichen", by=by, meanwhile=_zahlen_festhalten, veroeffentlicht_am=timezone.now()
    )


def zurueckziehen(bericht, *, by, begruendung) -> Bericht:
    """Take it off the public pages; its address stays and tells why."""
    return BERICHT.take_step(bericht, "zurueckziehen", by=by, begruendung=begruendung)


def _zahlen_festhalten(bericht):
    Kennzahl.objects.bulk_create(_festhalten(bericht, bericht.von, bericht.bis))
    order_job("bericht_pdf", f"bericht:{bericht.pk}", bericht=bericht.pk)


def _festhalten(bericht, von: date, bis: date) -> list[Kennzahl]:
    return [
        Kennzahl(bericht=bericht, reihenfolge=nummer, **asdict(zahl)) for nummer, zahl in enumerate(zaehlen(von, bis))
    ]


def _adresse(titel: str) -> str:
    """A free address from the title; a second one of the same title gets a number."""
    for umlaut, ersatz in {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}.items():
        titel = titel.lower().replace(umlaut, ersatz)
    wort = slugify(titel)[:70] or "bericht"
    vergeben = {*Bericht.objects.filter(slug__startswith=wort).values_list("slug", flat=True), *GESPERRT}
    nummer = next(n for n in range(1, len(vergeben) + 3) if (wort if n == 1 else f"{wort}-{n}") not in vergeben)
    return wort if nummer == 1 else f"{wort}-{nummer}"
