"""Files of messages are part of the case: who opened one stands on its page."""

from django.db.models import TextChoices

from schulerfolg.konten.einsicht import Arten


class Art(TextChoices):
    NACHRICHT = "nachricht", "Datei einer Nachricht"


def zum_antrag(antrag) -> Arten:
    return {Art.NACHRICHT: antrag.nachrichten.exclude(dokument=None).values("pk")}


EINSICHTEN = {"antrag": zum_antrag}
