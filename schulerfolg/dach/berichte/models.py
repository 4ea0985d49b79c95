from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from schulerfolg.akte.models import APPEND_ONLY, Dokument, Schrittereignis
from schulerfolg.dach.berichte.queries import BerichtQuerySet
from schulerfolg.dach.berichte.workflow import ABLAUF, OEFFENTLICH, Status


class Bericht(models.Model):
    """A report of the coordination office: a text and figures over a period, both days included.

    While it is an Entwurf its figures are counted live; at publication they become Kennzahl rows for good.
    `version` counts every save (two people, one draft). `dokument` is the PDF, made once by the worker.
    """

    titel = models.CharField("Titel", max_length=150)
    slug = models.SlugField("Adresse", max_length=80, unique=True, editable=False)
    von = models.DateField("Zeitraum von")
    bis = models.DateField("Zeitraum bis")
    text = models.TextField("Text", max_length=20_000, blank=True)
    status = models.CharField("Stand", max_length=20, choices=Status, default=ABLAUF.initial, editable=False)
    version = models.PositiveIntegerField("Fassung", default=1, editable=False)
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)
    geaendert_am = models.DateTimeField("geändert am", auto_now=True)
    verfasst_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="verfasst durch", editable=False, related_name="+"
    )
    veroeffentlicht_am = models.DateTimeField("veröffentlicht am", null=True, editable=False)
    dokument = models.OneToOneField(
        Dokument, models.PROTECT, verbose_name="PDF", null=True, editable=False, related_name="+"
    )

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "Bericht"
        verbose_name_plural = "Berichte"
        ordering = ["-bis", "-von", "-pk"]
        constraints = [
            models.CheckConstraint(name="bericht_status_ist_bekannt", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="bericht_ende_nach_beginn",
                condition=Q(bis__gte=F("von")),
                violation_error_message="Das Ende liegt vor dem Beginn. Bitte prüfen Sie die beiden Tage.",
            ),
            models.CheckConstraint(
                name="bericht_veroeffentlicht_hat_zeitpunkt",
                condition=Q(status=Status.ENTWURF, veroeffentlicht_am=None)
                | Q(~Q(status=Status.ENTWURF), veroeffentlicht_am__isnull=False),
            ),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("berichte:bericht", args=[self.slug])

    @property
    def arbeitsadresse(self) -> str:
        return reverse("berichte:entwurf", args=[self.pk])

    @property
    def ist_oeffentlich(self) -> bool:
        return self.status in OEFFENTLICH


class Kennzahl(models.Model):
    """One figure of a published report, with its source and all it takes to show it again. Never changed.

    `gruppe` and `reihe` name the table and its row; `spalte` what is counted; `wert` is a number or euros. Tables and
    rows stand in the order of `reihenfolge`, under the titles of that day.
    """

    class Einheit(models.TextChoices):
        ANZAHL = "anzahl", "Anzahl"
        EURO = "euro", "Euro"

    bericht = models.ForeignKey(Bericht, models.PROTECT, verbose_name="Bericht", related_name="kennzahlen")
    gruppe = models.SlugField("Gruppe", max_length=30)
    titel = models.CharField("Titel der Tabelle", max_length=120)
    reihe = models.CharField("Reihe", max_length=120)
    spalte = models.CharField("Spalte", max_length=60)
    wert = models.DecimalField("Wert", max_digits=14, decimal_places=2)
    einheit = models.CharField("Einheit", max_length=10, choices=Einheit, default=Einheit.ANZAHL)
    quelle = models.CharField("Quelle", max_length=300)
    im_diagramm = models.BooleanField("im Diagramm", default=False)
    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge")

    class Meta:
        verbose_name = "Kennzahl"
        verbose_name_plural = "Kennzahlen"
        ordering = ["reihenfolge"]
        triggers = APPEND_ONLY
        constraints = [
            models.UniqueConstraint(fields=["bericht", "gruppe", "reihe", "spalte"], name="kennzahl_einmal_je_bericht"),
        ]

    def __str__(self):
        return f"{self.reihe}, {self.spalte}"


class Berichtsereignis(Schrittereignis):
    """What happened to a report."""

    bericht = models.ForeignKey(Bericht, models.PROTECT, verbose_name="Bericht", related_name="ereignisse")

    class Meta(Schrittereignis.Meta):
        verbose_name = "Ereignis des Berichts"
        verbose_name_plural = "Ereignisse des Berichts"
