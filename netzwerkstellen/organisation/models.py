from django.conf import settings
from django.db import models
from django.db.models import Q


class Stammdatum(models.Model):
    """A row that comes with the portal and is then looked after by people.

    `schluessel` names it in the data files of `stammdaten/`. Once a person has edited the row
    (`bearbeitet_am` is set), the command `stammdaten` leaves it alone for good.
    """

    schluessel = models.CharField("Schlüssel", max_length=80, unique=True, null=True, editable=False)  # noqa: DJ001 -- unique where given
    bearbeitet_am = models.DateTimeField("bearbeitet am", null=True, editable=False)
    bearbeitet_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="bearbeitet durch",
        null=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True


class Organisationsart(models.TextChoices):
    OEFFENTLICH = "oeffentlich", "öffentlicher Träger"
    FREI = "frei", "freier Träger"
    KIRCHLICH = "kirchlich", "kirchlicher Träger"
    FOERDERVEREIN = "foerderverein", "Schulförderverein"
    VEREIN = "verein", "Verein oder Verband"
    UNTERNEHMEN = "unternehmen", "Unternehmen"
    HOCHSCHULE = "hochschule", "Hochschule"
    BEHOERDE = "behoerde", "Behörde"
    PERSON = "person", "Einzelperson (Honorarkraft)"
    SONSTIGE = "sonstige", "sonstige Organisation"


class Organisation(Stammdatum):
    """Any body that can be Träger, Schulträger, partner, employer or sender of a member: one table for all.

    Proposals of Befangenheit compare foreign keys to this table, never texts.
    """

    name = models.CharField("Name", max_length=200)
    einheit = models.CharField("Amt oder Fachbereich", max_length=200, blank=True)
    art = models.CharField("Art", max_length=20, choices=Organisationsart)
    strasse = models.CharField("Straße und Hausnummer", max_length=200, blank=True)
    plz = models.CharField("Postleitzahl", max_length=5, blank=True)
    ort = models.CharField("Ort", max_length=100, blank=True)
    website = models.URLField("Internetseite", blank=True)

    class Meta:
        verbose_name = "Organisation"
        verbose_name_plural = "Organisationen"
        ordering = ["name", "einheit"]
        constraints = [
            models.UniqueConstraint(fields=["name", "einheit"], name="organisation_name_und_einheit_einmal"),
            models.CheckConstraint(name="organisation_art_ist_bekannt", condition=Q(art__in=Organisationsart.values)),
        ]

    def __str__(self):
        return f"{self.name}, {self.einheit}" if self.einheit else self.name


class Leistungsfeld(Stammdatum):
    """One of the eight fields in which every Netzwerkstelle works (brochure of the offices)."""

    nummer = models.PositiveSmallIntegerField("Nummer", unique=True)
    name = models.CharField("Name", max_length=100)
    text = models.TextField("Beschreibung")

    class Meta:
        verbose_name = "Leistungsfeld"
        verbose_name_plural = "Leistungsfelder"
        ordering = ["nummer"]

    def __str__(self):
        return self.name
