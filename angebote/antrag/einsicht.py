"""The record of who opened a case or one of its files. The views call it when they show something of a case."""

from schulerfolg.akte.models import Einsicht
from schulerfolg.konten.einsicht import einsehen, wer_sieht

Art = Einsicht.Art


def antrag_eingesehen(request, antrag) -> None:
    """Somebody reads the case, whole or in part."""
    _festhalten(request, antrag, Art.ANTRAG, antrag.pk, f"{antrag.nummer or 'Entwurf'}: {antrag.anzeigetitel}")


def datei_eingesehen(request, antrag, art: Art, datei) -> None:
    """Somebody opens a file of the case, one that was sent in or one that the portal made."""
    _festhalten(request, antrag, art, datei.pk, datei.dokument.name)


def _festhalten(request, antrag, art, nummer, was):
    """Whoever writes a draft looks at their own paper: that leaves no row until it is submitted."""
    if antrag.nummer is None and wer_sieht(request).pk == antrag.verfasst_durch_id:
        return
    stelle = antrag.netzwerkstelle
    einsehen(request, art=art, nummer=nummer, was=was, stelle=stelle.kuerzel, orte=(antrag.schule.name, stelle.name))
