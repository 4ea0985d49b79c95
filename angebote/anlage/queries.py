from datetime import timedelta

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

BEDENKZEIT = timedelta(days=7)
"""For how long a file that was taken out can be put back; then it is deleted."""


class AnlageQuerySet(models.QuerySet):
    def geltend(self):
        """The files that count: those not taken out, without their bytes."""
        return self.filter(entfernt_am=None).select_related("dokument").defer("dokument__inhalt")

    def entfernt(self):
        """The files that were taken out and can be put back, the last one first."""
        weg = self.filter(entfernt_am__gte=timezone.now() - BEDENKZEIT)
        return weg.order_by("-entfernt_am", "-pk").select_related("dokument").defer("dokument__inhalt")


def schriftstuecke_von(antrag) -> list:
    """The documents the portal made of one case, the last one first; read once for all parts of its page."""
    stuecke = antrag.schriftstuecke.model.objects.select_related("dokument").defer("dokument__inhalt")
    prefetch_related_objects([antrag], Prefetch("schriftstuecke", stuecke, to_attr="stuecke"))
    return antrag.stuecke


def dateien_von(antrag) -> list:
    """The same of one case as a list, read once for all parts of its page."""
    geltend = antrag.anlagen.model.objects.geltend()
    prefetch_related_objects([antrag], Prefetch("anlagen", geltend, to_attr="dateien"))
    return antrag.dateien
