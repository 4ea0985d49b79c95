from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from angebote.antrag.models import Antrag


class Mitschreibende(models.Model):
    """Somebody of the school who was asked to write on a draft beside its author."""

    antrag = models.ForeignKey(Antrag, models.CASCADE, verbose_name="Antrag", related_name="mitschreibende")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="Person", related_name="mitgeschriebene_antraege"
    )
    eingeladen_am = models.DateTimeField("eingeladen am", default=timezone.now)

    class Meta:
        verbose_name = "Mitschreibende Person"
        verbose_name_plural = "Mitschreibende Personen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "person"], name="mitschreibende_einmal_je_antrag"),
        ]

    def __str__(self):
        return f"{self.person} schreibt mit an {self.antrag}"


class Entwurfsuebergabe(models.Model):
    """A draft is offered to a colleague of the same school, who takes it or not; unanswered, it ends by itself."""

    class Ausgang(models.TextChoices):
        OFFEN = "offen", "offen"
        ANGENOMMEN = "angenommen", "angenommen"
        ABGELEHNT = "abgelehnt", "abgelehnt"
        ZURUECKGENOMMEN = "zurueckgenommen", "zurückgenommen"
        VERFALLEN = "verfallen", "verfallen"

    antrag = models.ForeignKey(Antrag, models.CASCADE, verbose_name="Antrag", related_name="uebergaben")
    von = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="von", related_name="+")
    an = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="an", related_name="angebotene_entwuerfe"
    )
    angeboten_am = models.DateTimeField("angeboten am", default=timezone.now)
    bis = models.DateField("Antwort bis")
    ausgang = models.CharField("Ausgang", max_length=20, choices=Ausgang, default=Ausgang.OFFEN)

    class Meta:
        verbose_name = "Übergabe eines Entwurfs"
        verbose_name_plural = "Übergaben von Entwürfen"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["antrag"], condition=Q(ausgang="offen"), name="entwurfsuebergabe_eine_offene_je_antrag"
            ),
            models.CheckConstraint(
                name="entwurfsuebergabe_ausgang_ist_bekannt",
                condition=Q(ausgang__in=["offen", "angenommen", "abgelehnt", "zurueckgenommen", "verfallen"]),
            ),
        ]

    def __str__(self):
        return f"{self.antrag}: von {self.von} an {self.an}"
