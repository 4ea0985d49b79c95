"""What is kept of an application for good: its versions, its documents, its steps."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from angebote.antrag.models import Antrag
from schulerfolg.akte.models import APPEND_ONLY, Dokument, Schrittereignis


class Antragsfassung(models.Model):
    """What was submitted, word for word: an immutable snapshot. The first is the Antrag, later ones its answers."""

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="fassungen")
    nummer = models.PositiveSmallIntegerField("Fassung")
    inhalt = models.JSONField("Inhalt")
    erstellt_am = models.DateTimeField("erstellt am", default=timezone.now)
    durch = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="durch", related_name="+")
    zeichnung = models.CharField("unterschrieben als", max_length=200)

    class Meta:
        verbose_name = "Fassung des Antrags"
        verbose_name_plural = "Fassungen des Antrags"
        ordering = ["-nummer"]
        triggers = APPEND_ONLY
        constraints = [
            models.UniqueConstraint(fields=["antrag", "nummer"], name="antragsfassung_nummer_einmal"),
        ]

    def __str__(self):
        return f"{self.antrag}, Fassung {self.nummer}"

    @property
    def unterschrift(self) -> str:
        """Who signed and in which hat; the name is the one this person carries today."""
        return f"{self.durch.damals_und_heute}, {self.zeichnung}"


class Schriftstueck(models.Model):
    """A document the portal made of an Antrag: rendered once by the worker, stored, and never again."""

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="schriftstuecke")
    art = models.CharField("Art", max_length=30)
    titel = models.CharField("Titel", max_length=150)
    dokument = models.OneToOneField(Dokument, models.PROTECT, verbose_name="Dokument", related_name="+")
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)

    class Meta:
        verbose_name = "Schriftstück"
        verbose_name_plural = "Schriftstücke"
        ordering = ["-erstellt_am", "-pk"]
        triggers = APPEND_ONLY

    def __str__(self):
        return self.titel


class Antragsereignis(Schrittereignis):
    """One step of an Antrag, from one status to another."""

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="ereignisse")

    class Meta(Schrittereignis.Meta):
        verbose_name = "Ereignis des Antrags"
        verbose_name_plural = "Ereignisse des Antrags"
