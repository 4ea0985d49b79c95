"""The record of who opened a case or one of its files. The views call it when they show something of a case."""

from django.db.models import TextChoices

from schulerfolg.konten.einsicht import Arten, record_look, wer_sieht


class Art(TextChoices):
    ANTRAG = "antrag", "Antrag"
    SCHRIFTSTUECK = "schriftstueck", "Schriftstück"


def antrag_eingesehen(request, antrag) -> None:
    """Somebody reads the case, whole or in part."""
    _festhalten(request, antrag, Art.ANTRAG, antrag.pk, f"{antrag.nummer or 'Entwurf'}: {antrag.anzeigetitel}")


def datei_eingesehen(request, antrag, art: TextChoices, datei) -> None:
    """Somebody opens a file of the case, one that was sent in or one that the portal made."""
    _festhalten(request, antrag, art, datei.pk, datei.dokument.name)


def _festhalten(request, antrag, art, nummer, was):
    """Whoever writes a draft looks at their own paper: that leaves no row until it is submitted."""
    if antrag.nummer is None and wer_sieht(request).pk == antrag.verfasst_durch_id:
        return
    stelle = antrag.netzwerkstelle
    record_look(request, art=art, nummer=nummer, was=was, stelle=stelle.kuerzel, orte=(antrag.schule.name, stelle.name))


def zum_antrag(antrag) -> Arten:
    return {Art.ANTRAG: [antrag.pk], Art.SCHRIFTSTUECK: antrag.schriftstuecke.values("pk")}


EINSICHTEN = {"antrag": zum_antrag}
