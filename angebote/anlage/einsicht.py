"""Files that were sent in are part of the case: who opened one stands on its page."""

from django.db.models import TextChoices

from schulerfolg.konten.einsicht import Arten


class Art(TextChoices):
    ANLAGE = "anlage", "Anlage"


def zum_antrag(antrag) -> Arten:
    return {Art.ANLAGE: antrag.anlagen.values("pk")}


EINSICHTEN = {"antrag": zum_antrag}
