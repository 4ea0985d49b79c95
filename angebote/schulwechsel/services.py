"""A school moves to another office, is renamed, closed, or becomes part of another one: what is open follows it.

Drafts and open Beratungen follow with an entry in their history, and the people concerned get a mail. What was
submitted stays with the office that received it. Lock order: Antrag → Beratung → Schule.
"""

from dataclasses import dataclass

from django.db import transaction

from angebote.antrag.entwurf import offene_runde
from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.beratung.machine import BERATUNG
from angebote.beratung.models import Beratung
from angebote.beratung.permissions import BERATENDE
from angebote.beratung.workflow import OFFEN
from angebote.beratung.workflow import Status as Beratungsstand
from netzwerkstellen.models import Schule
from netzwerkstellen.schule import services as schulen
from netzwerkstellen.schule.permissions import KOPF
from netzwerkstellen.stelle.permissions import RECHTE, rollen
from schulerfolg.konten.models_post import Postart
from schulerfolg.konten.permissions import SCHULROLLEN
from schulerfolg.konten.services import notify

LAENGSTER_TEXT = 500


@dataclass(frozen=True, slots=True)
class Offenes:
    """What is open at a school, as far as somebody may read it: `folgt` with it, or `bleibt` with the office."""

    entwuerfe: list[Antrag]
    beratungen: list[Beratung]
    bleiben: list[Antrag]


def offenes(schule, *, fuer) -> Offenes:
    antraege = Antrag.objects.visible_to(fuer).filter(schule=schule).for_list()
    return Offenes(
        list(antraege.entwuerfe()),
        list(_offene_beratungen(schule).visible_to(fuer).for_list()),
        list(antraege.filter(nummer__isnull=False).laufend()),
    )


@transaction.atomic
def schule_aendern(schule: Schule, *, by, version: str) -> Schule:
    """Save the master data; what this means for the school's open work is told there and to its people."""
    bisher = Schule.objects.select_related("netzwerkstelle").get(pk=schule.pk)
    _sperren(bisher)
    schule = schulen.schule_aendern(schule, by=by, version=version)
    if geschehen := _was_geschah(bisher, schule):
        _nachziehen(bisher, schule, f"hat die Schule {'; '.join(geschehen)}", by=by)
    return schule


@transaction.atomic
def zusammenlegen(schule: Schule, *, nachfolgerin: Schule, by) -> Schule:
    """The school becomes part of another one, with its people and with what is open."""
    _sperren(schule)
    alt = schulen.zusammenlegen(schule, nachfolgerin, by=by)
    _nachziehen(alt, alt.nachfolgerin, f"hat die Schule „{alt}“ mit „{alt.nachfolgerin}“ zusammengelegt", by=by)
    return alt


def _sperren(schule):
    list(_entwuerfe(schule).select_for_update(of=("self",)))
    list(_offene_beratungen(schule).select_for_update(of=("self",)))


def _entwuerfe(schule):
    return Antrag.objects.filter(schule=schule).entwuerfe().order_by("pk")


def _offene_beratungen(schule):
    """Not answered yet, or answered and not yet part of anything submitted."""
    eingereicht = Antrag.objects.filter(schule=schule, nummer__isnull=False, beratung__isnull=False).values("beratung")
    offen = Beratung.objects.filter(schule=schule).exclude(
        status__in=[Beratungsstand.ABGESAGT, Beratungsstand.ZURUECKGEZOGEN]
    )
    return offen.exclude(pk__in=eingereicht).order_by("pk")


def _was_geschah(bisher, schule) -> list[str]:
    """The same facts in words, named as they were and as they are; empty where only a detail was mended."""
    worte = []
    if bisher.netzwerkstelle_id != schule.netzwerkstelle_id:
        worte.append(f"einer anderen Stelle zugeordnet: bisher {bisher.netzwerkstelle}, jetzt {schule.netzwerkstelle}")
    if str(bisher) != str(schule):
        worte.append(f"umbenannt: bisher „{bisher}“, jetzt „{schule}“")
    if bisher.aktiv != schule.aktiv:
        worte.append("wieder geöffnet" if schule.aktiv else "geschlossen")
    return worte


def _nachziehen(alt, neu, text, *, by):
    """Let drafts and open Beratungen follow from `alt` to `neu` (the same school, where it only moved), and say so."""
    umzug = alt.netzwerkstelle_id != neu.netzwerkstelle_id
    hut = {RECHTE.hat(rollen(by, alt.netzwerkstelle), "schulen_pflegen")}
    entwuerfe, beratungen = list(_entwuerfe(alt)), list(_offene_beratungen(alt))
    for antrag in entwuerfe:
        antrag.schule, antrag.netzwerkstelle, antrag.version = neu, neu.netzwerkstelle, antrag.version + 1
        antrag.sicherung = None
        if umzug:
            antrag.runde, antrag.geteilt = offene_runde(neu.netzwerkstelle), False
        antrag.save(update_fields=["schule", "netzwerkstelle", "runde", "geteilt", "version", "sicherung"])
        antrag.weitere_schulen.remove(neu)
        ANTRAG.note(antrag, "schule_geaendert", text[:LAENGSTER_TEXT], by=by, hats=hut)
    for beratung in beratungen:
        beratung.schule, beratung.netzwerkstelle = neu, neu.netzwerkstelle
        beratung.save(update_fields=["schule", "netzwerkstelle"])
        ereignis = BERATUNG.note(beratung, "schule_geaendert", text[:LAENGSTER_TEXT], by=by, hats=hut)
        if umzug and beratung.status in OFFEN:
            BERATUNG.write(_beratende(neu.netzwerkstelle), "uebernehmen", beratung, ereignis)
    if alt != neu:
        _ersetzen(alt, neu)
    _schreiben(alt, neu, text, entwuerfe, beratungen, by)


def _ersetzen(alt, neu):
    """In the drafts of other schools that name the closed one as a partner school."""
    for antrag in Antrag.objects.entwuerfe().filter(weitere_schulen=alt).exclude(schule=neu):
        antrag.weitere_schulen.remove(alt)
        antrag.weitere_schulen.add(neu)


def _beratende(stelle):
    zeilen = stelle.mitarbeiten.to_notify().filter(rolle__in=BERATENDE).select_related("person")
    return {zeile.person for zeile in zeilen}


def _schreiben(alt, neu, text, entwuerfe, beratungen, by):
    """To everybody of the school who has something open, and to those who lead it."""
    zeilen = neu.zugehoerigkeiten.am_platz().filter(rolle__in=SCHULROLLEN).select_related("person")
    betroffen = {a.verfasst_durch_id for a in entwuerfe} | {b.angefragt_durch_id for b in beratungen}
    notify(
        [person for person in dict.fromkeys(z.person for z in zeilen if _hoert_davon(z, betroffen)) if person != by],
        "angebote/mail/schule_geaendert.txt",
        {"schule": neu, "durch": by, "geschehen": text, "entwuerfe": entwuerfe, "beratungen": beratungen},
        ereignis=f"schule:{alt.pk}:{neu.bearbeitet_am or alt.bearbeitet_am:%Y%m%d%H%M%S%f}",
        art=Postart.FORTGANG,
    )


def _hoert_davon(zeile, betroffen) -> bool:
    return zeile.person_id in betroffen or zeile.rolle in KOPF
