from django.conf import settings
from django.db import models
from django.db.models import Q

from angebote.anlage.queries import BEDENKZEIT, AnlageQuerySet
from angebote.antrag.models import Antrag
from angebote.foerderung.models import Anlagenart
from schulerfolg.akte.models import Dokument


class Anlage(models.Model):
    """A file that belongs to an Antrag; nothing is taken out after the submission.

    With `nachforderung` it came later, together with the answers to it.
    """

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="anlagen")
    art = models.CharField("Art", max_length=30, choices=Anlagenart)
    dokument = models.OneToOneField(Dokument, models.PROTECT, verbose_name="Dokument", related_name="+")
    hochgeladen_am = models.DateTimeField("hochgeladen am", auto_now_add=True)
    hochgeladen_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="hochgeladen durch", related_name="+"
    )
    entfernt_am = models.DateTimeField("entfernt am", null=True, editable=False)
    nachforderung = models.ForeignKey(
        "angebote.Nachforderung",
        models.PROTECT,
        verbose_name="Nachforderung",
        null=True,
        editable=False,
        related_name="anlagen",
    )
    ersetzt_durch = models.OneToOneField(
        "self", models.PROTECT, verbose_name="ersetzt durch", null=True, editable=False, related_name="ersetzt"
    )

    objects = AnlageQuerySet.as_manager()

    class Meta:
        verbose_name = "Anlage"
        verbose_name_plural = "Anlagen"
        ordering = ["art", "pk"]
        indexes = [models.Index(fields=["entfernt_am"], name="anlage_entfernt", condition=Q(entfernt_am__isnull=False))]

    def __str__(self):
        return self.dokument.name

    @property
    def zurueck_bis(self):
        """Until when it can be put back, once it was taken out."""
        return self.entfernt_am + BEDENKZEIT
