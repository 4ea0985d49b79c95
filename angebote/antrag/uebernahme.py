"""A draft begins with what an earlier application of the same school said: content and cost plan, no days."""

from django.db import transaction

from angebote.antrag.entwurf import offene_runde, projektleitung
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, SCHULE, rollen
from angebote.antrag.services import anlegen

# Days, declarations, files and what partners showed are of their year: they are given anew.
TEXTE = (
    "titel",
    "kurzbeschreibung",
    "ausgangslage",
    "ablauf",
    "nachhaltigkeit",
    "oeffentlichkeit",
    "grundsaetze",
    "format",
)
UMFANG = ("ort", "klassenstufen")
GELD = (
    *("eigenmittel", "mit_teilnahmebeitraegen", "teilnahmebeitraege", "mit_drittmitteln", "drittmittel"),
    *("drittmittel_von", "beantragt", "zahlweg", "foerderverein", "zahlung_an", "mit_anderen_schulen"),
)


def fruehere(schulen, person):
    """What was submitted by one of these schools and this person may read, the newest first."""
    antraege = Antrag.objects.visible_to(person).filter(schule__in=schulen, nummer__isnull=False)
    return antraege.for_list().order_by("-eingereicht_am", "-pk")


@transaction.atomic
def uebernehmen(vorlage: Antrag, *, by) -> Antrag:
    """A new draft of the same school that says from which application it comes."""
    RECHTE.require(rollen(by, vorlage) & SCHULE, "beginnen")
    antrag = anlegen(
        vorlage.schule,
        by=by,
        text="hat den Entwurf aus einem früheren Antrag angelegt",
        vorlage=vorlage,
        runde=offene_runde(vorlage.schule.netzwerkstelle),
        **projektleitung(by),
        **{name: getattr(vorlage, name) for name in (*TEXTE, *UMFANG, *GELD)},
    )
    antrag.themen.set(vorlage.themen.filter(aktiv=True))
    antrag.weitere_schulen.set(vorlage.weitere_schulen.in_betrieb())
    gruppen = vorlage.gruppen.filter(zielgruppe__aktiv=True)
    antrag.teilnehmende = sum(zeile.anzahl for zeile in gruppen) or None
    antrag.save(update_fields=["teilnehmende"])
    for zeilen in (vorlage.partner.all(), vorlage.kostenposten.all(), vorlage.ziele.all(), gruppen):
        for zeile in zeilen:
            zeile.pk, zeile.antrag = None, antrag
            zeile.save(force_insert=True)
    return antrag
