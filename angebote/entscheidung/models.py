from django.conf import settings
from django.db import models
from django.urls import reverse

from angebote.antrag.models import Antrag
from angebote.entscheidung.queries import BriefvorschauQuerySet
from schulerfolg.akte.models import Dokument


class Briefvorschau(models.Model):
    """The letter as one person has it before them on one day, before they sign it.

    `text` is what is rendered, word for word. The letter is signed only as long as rendering it anew gives the same;
    then `dokument` is the letter. Each person has one preview of a case at a time, and none stays once it is decided.
    """

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="briefvorschauen")
    schritt = models.CharField("Schritt", max_length=60)
    fuer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="für", related_name="+")
    begruendung = models.TextField("Begründung", blank=True)
    art = models.CharField("Art", max_length=30)
    titel = models.CharField("Titel", max_length=150)
    text = models.TextField("Text des Schreibens")
    dokument = models.OneToOneField(Dokument, models.PROTECT, verbose_name="Dokument", null=True, related_name="+")
    bestellt_am = models.DateTimeField("bestellt am", auto_now_add=True)

    objects = BriefvorschauQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorschau eines Schreibens"
        verbose_name_plural = "Vorschauen von Schreiben"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "fuer"], name="briefvorschau_eine_je_person_und_antrag"),
        ]

    def __str__(self):
        return f"Vorschau zu {self.antrag}"

    def get_absolute_url(self):
        """The page on which it is looked at and signed."""
        return reverse("antraege:schritt", args=[self.antrag_id, self.schritt])
