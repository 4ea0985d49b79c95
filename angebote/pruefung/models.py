from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone

from angebote.antrag.models import Antrag


class Pruefpunkt(models.Model):
    """One line of the formal check list, answered by the office."""

    class Urteil(TextChoices):
        JA = "ja", "in Ordnung"
        NEIN = "nein", "nicht in Ordnung"
        ENTFAELLT = "entfaellt", "trifft nicht zu"

    antrag = models.ForeignKey(Antrag, models.CASCADE, verbose_name="Antrag", related_name="pruefpunkte")
    schluessel = models.SlugField("Punkt")
    urteil = models.CharField("Urteil", max_length=20, choices=Urteil)
    notiz = models.CharField("Notiz", max_length=300, blank=True)
    durch = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="durch", related_name="+")
    am = models.DateTimeField("am", default=timezone.now)

    class Meta:
        verbose_name = "Prüfpunkt"
        verbose_name_plural = "Prüfpunkte"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "schluessel"], name="pruefpunkt_einmal_je_antrag"),
        ]

    def __str__(self):
        return f"{self.schluessel}: {self.get_urteil_display()}"


class Nachforderung(models.Model):
    """What the office still needs from the school, why, and until when."""

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="nachforderungen")
    warum = models.TextField("Warum wir fragen", max_length=2000, blank=True)
    frist = models.DateField("bitte antworten bis")
    gestellt_am = models.DateTimeField("gestellt am", auto_now_add=True)
    gestellt_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="gestellt durch", related_name="+"
    )
    beantwortet_am = models.DateTimeField("beantwortet am", null=True)

    class Meta:
        verbose_name = "Nachforderung"
        verbose_name_plural = "Nachforderungen"
        ordering = ["-gestellt_am", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["antrag"], condition=Q(beantwortet_am=None), name="nachforderung_eine_offene_je_antrag"
            ),
        ]

    def __str__(self):
        return f"Rückfragen vom {self.gestellt_am:%d.%m.%Y}"


class Rueckfrage(models.Model):
    """One question of a Nachforderung, and the school's answer."""

    nachforderung = models.ForeignKey(
        Nachforderung, models.CASCADE, verbose_name="Nachforderung", related_name="rueckfragen"
    )
    abschnitt = models.SlugField("Abschnitt", blank=True)
    frage = models.TextField("Rückfrage", max_length=2000)
    antwort = models.TextField("Antwort", max_length=4000, blank=True)

    class Meta:
        verbose_name = "Rückfrage"
        verbose_name_plural = "Rückfragen"
        ordering = ["pk"]

    def __str__(self):
        return self.frage[:80]


class Stellungnahme(models.Model):
    """The office's professional opinion: recommendation and amount, confirmed by a second person.

    A confirmed one never changes; a new one follows it.
    """

    class Empfehlung(TextChoices):
        ZUSTIMMEN = "zustimmen", "zustimmen"
        AUFLAGEN = "auflagen", "mit Auflagen zustimmen"
        ABLEHNEN = "ablehnen", "ablehnen"

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="stellungnahmen")
    text = models.TextField("Stellungnahme", max_length=6000)
    empfehlung = models.CharField("Empfehlung", max_length=20, choices=Empfehlung)
    betrag = models.DecimalField("empfohlener Betrag", max_digits=10, decimal_places=2)
    auflagen = models.TextField("vorgeschlagene Auflagen", max_length=2000, blank=True)
    verfasst_am = models.DateTimeField("verfasst am", auto_now=True)
    verfasst_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="verfasst durch", related_name="+"
    )
    bestaetigt_am = models.DateTimeField("bestätigt am", null=True)
    bestaetigt_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="bestätigt durch", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "Stellungnahme"
        verbose_name_plural = "Stellungnahmen"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="stellungnahme_zwei_personen",
                condition=Q(bestaetigt_durch=None) | ~Q(bestaetigt_durch=F("verfasst_durch")),
            ),
            models.CheckConstraint(
                name="stellungnahme_betrag_passt_zur_empfehlung",
                condition=Q(empfehlung="ablehnen", betrag=0) | Q(~Q(empfehlung="ablehnen"), betrag__gt=0),
                violation_error_message="Bei „ablehnen“ ist der Betrag 0,00 €; sonst nennen Sie bitte einen Betrag.",
            ),
            models.UniqueConstraint(
                fields=["antrag"], condition=Q(bestaetigt_am=None), name="stellungnahme_eine_offene_je_antrag"
            ),
        ]

    def __str__(self):
        return f"Stellungnahme zu {self.antrag}"
