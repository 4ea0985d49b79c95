"""The record of who opened a Beschlussvorlage, an invitation or the minutes of a meeting."""

from schulerfolg.akte.models import Einsicht
from schulerfolg.konten.einsicht import einsehen

Art = Einsicht.Art


def papier_eingesehen(request, sitzung, art: Art, nummer: int, was: str) -> None:
    gremium = sitzung.gremium
    orte = (gremium.netzwerkstelle.name, gremium.name)
    einsehen(request, art=art, nummer=nummer, was=was, stelle=gremium.netzwerkstelle.kuerzel, orte=orte)
