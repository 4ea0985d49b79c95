"""Everything that changes a report. Publishing counts once more and keeps what it counted."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from schulerfolg.akte.services import auftrag_anlegen
from schulerfolg.berichte.kennzahlen import zaehlen
from schulerfolg.berichte.models import Bericht, Berichtsereignis, Kennzahl
from schulerfolg.berichte.permissions import RECHTE, rollen
from schulerfolg.berichte.workflow import ABLAUF
from schulerfolg.konten.permissions import Rolle
from schulerfolg.workflow import TransitionNotAllowed

GESPERRT = ("verwaltung", "neu")


@transaction.atomic
def anlegen(bericht, *, by) -> Bericht:
    """Save a new draft under an address of its own."""
    RECHTE.require(rollen(by), "anlegen")
    bericht.verfasst_durch, bericht.slug = by, _adresse(bericht.titel)
    bericht.save()
    _ereignis(bericht, "anlegen", "hat den Bericht angelegt", by=by, von="")
    return bericht


@transaction.atomic
def aendern(bericht, *, by, version: int) -> Bericht:
    """Save the draft, if nobody else saved since `version`."""
    jetzt = Bericht.objects.select_for_update(of=("self",)).get(pk=bericht.pk)
    if not RECHTE.may(rollen(by), "bearbeiten", jetzt):
        raise TransitionNotAllowed("Dieser Bericht ist veröffentlicht und ändert sich nicht mehr.")
    if jetzt.version != version:
        raise ValidationError(
            f"Jemand hat diesen Entwurf um {timezone.localtime(jetzt.geaendert_am):%H:%M} Uhr geändert. Ihre Eingaben "
            "stehen noch hier. Bitte vergleichen Sie in einem zweiten Fenster, und speichern Sie dann noch einmal.",
            code="veraltet",
            params={"version": jetzt.version},
        )
    bericht.version = version + 1
    bericht.save(update_fields=["titel", "von", "bis", "text", "version", "geaendert_am"])
    _ereignis(bericht, "bearbeiten", "hat am Bericht gearbeitet", by=by, von=bericht.status)
    return bericht


@transaction.atomic
def veroeffentlichen(bericht, *, by, begruendung="") -> Bericht:
    """Count for the last time, keep the figures for good, and have the worker make the PDF."""
    bericht, von = _schritt(bericht, "veroeffentlichen", by=by)
    if bericht.bis > timezone.localdate():
        raise ValidationError(
            f"Der Zeitraum endet erst am {bericht.bis:%d.%m.%Y}. Ein Bericht steht fest, wenn sein Zeitraum vorbei ist."
        )
    bericht.veroeffentlicht_am = timezone.now()
    bericht.save(update_fields=["status", "veroeffentlicht_am", "geaendert_am"])
    Kennzahl.objects.bulk_create(_festhalten(bericht, bericht.von, bericht.bis))
    _ereignis(bericht, "veroeffentlichen", "hat den Bericht veröffentlicht", by=by, von=von)
    auftrag_anlegen("bericht_pdf", f"bericht:{bericht.pk}", bericht=bericht.pk)
    return bericht


@transaction.atomic
def zurueckziehen(bericht, *, by, begruendung) -> Bericht:
    """Take it off the public pages; its address stays and tells why."""
    if not begruendung.strip():
        raise ValidationError("Bitte begründen Sie diesen Schritt.")
    bericht, von = _schritt(bericht, "zurueckziehen", by=by)
    bericht.save(update_fields=["status", "geaendert_am"])
    text = "hat den Bericht zurückgezogen"
    _ereignis(bericht, "zurueckziehen", text, by=by, von=von, begruendung=begruendung)
    return bericht


SCHRITTE = {"veroeffentlichen": veroeffentlichen, "zurueckziehen": zurueckziehen}


def _schritt(bericht, name, *, by):
    """The locked report in its new status, not yet saved, and its old status."""
    bericht = Bericht.objects.select_for_update(of=("self",)).get(pk=bericht.pk)
    step = ABLAUF.require(name, bericht.status, rollen(by))
    von, bericht.status = bericht.status, step.target
    return bericht, von


def _festhalten(bericht, von: date, bis: date) -> list[Kennzahl]:
    return [
        Kennzahl(
            bericht=bericht,
            gruppe=zahl.gruppe,
            reihe=zahl.reihe,
            spalte=zahl.spalte,
            wert=zahl.wert,
            einheit=zahl.einheit,
            quelle=zahl.quelle,
            reihenfolge=nummer,
        )
        for nummer, zahl in enumerate(zaehlen(von, bis))
    ]


def _adresse(titel: str) -> str:
    """A free address from the title; a second one of the same title gets a number."""
    for umlaut, ersatz in {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}.items():
        titel = titel.lower().replace(umlaut, ersatz)
    wort = slugify(titel)[:70] or "bericht"
    vergeben = {*Bericht.objects.filter(slug__startswith=wort).values_list("slug", flat=True), *GESPERRT}
    nummer = next(n for n in range(1, len(vergeben) + 3) if (wort if n == 1 else f"{wort}-{n}") not in vergeben)
    return wort if nummer == 1 else f"{wort}-{nummer}"


def _ereignis(bericht, schritt, text, *, by, von, begruendung=""):
    Berichtsereignis.objects.create(
        bericht=bericht,
        schritt=schritt,
        text=text,
        von=von,
        nach=bericht.status,
        durch=by,
        rolle=Rolle.KOORDINATION.label,
        begruendung=begruendung,
    )
