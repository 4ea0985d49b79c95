"""The record of who opened the paper of an item, an invitation or the minutes of a meeting."""

from django.db.models import TextChoices

from schulerfolg.konten.einsicht import Arten, record_look


class Art(TextChoices):
    VORLAGE = "vorlage", "Beschlussvorlage"
    EINLADUNG = "einladung", "Einladung"
    NIEDERSCHRIFT = "niederschrift", "Niederschrift"


def vorlage_eingesehen(request, punkt) -> None:
    _festhalten(request, punkt.sitzung, Art.VORLAGE, punkt.pk, f"{punkt.sitzung}, {punkt.top}")


def dokument_eingesehen(request, sitzung, art: str, dokument) -> None:
    """`art`: the column of the meeting in which this document stands."""
    _festhalten(request, sitzung, Art(art), sitzung.pk, dokument.name)


def _festhalten(request, sitzung, art, nummer, was):
    gremium = sitzung.gremium
    record_look(request, art=art, nummer=nummer, was=was, stelle=gremium.netzwerkstelle.kuerzel, orte=gremium.orte)


def zum_antrag(antrag) -> Arten:
    return {Art.VORLAGE: antrag.tagesordnungspunkte.values("pk")}


def zur_sitzung(sitzung) -> Arten:
    vorlagen = sitzung.punkte.filter(antrag__isnull=False).values("pk")
    return {Art.VORLAGE: vorlagen, Art.EINLADUNG: [sitzung.pk], Art.NIEDERSCHRIFT: [sitzung.pk]}


EINSICHTEN = {"antrag": zum_antrag, "sitzung": zur_sitzung}
