from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, TextChoices
from django.urls import reverse

from angebote.beratung.queries import BeratungQuerySet
from angebote.beratung.workflow import ABLAUF, Status
from netzwerkstellen.models import Netzwerkstelle, Schule
from schulerfolg.akte.models import Schrittereignis


class Weg(TextChoices):
    TELEFON = "telefon", "am Telefon"
    VOR_ORT = "vor_ort", "vor Ort"
    VIDEO = "video", "per Video"
    MAIL = "mail", "per E-Mail"


class Beratung(models.Model):
    """The advice before every Antrag (fachdossier 3.2): asked for in three sentences, or noted by the office."""

    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="beratungen"
    )
    schule = models.ForeignKey(Schule, models.PROTECT, verbose_name="Schule", related_name="beratungen")
    status = models.CharField("Stand", max_length=20, choices=Status, default=ABLAUF.initial, editable=False)
    titel = models.CharField("Worum geht es", max_length=150)
    was = models.TextField("Was haben Sie vor?", max_length=1000, blank=True)
    fuer_wen = models.TextField("Für wen ist es?", max_length=1000, blank=True)
    warum = models.TextField("Was soll sich verändern?", max_length=1000, blank=True)
    wie = models.CharField("Wie möchten Sie sprechen?", max_length=20, choices=Weg, default=Weg.TELEFON)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    zeiten = ArrayField(models.DateTimeField(), verbose_name="Terminvorschläge", default=list, blank=True, size=3)
    wunsch = models.CharField("Wann erreichen wir Sie am besten?", max_length=200, blank=True)
    angefragt_am = models.DateTimeField("angefragt am", auto_now_add=True)
    angefragt_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="angefragt durch", related_name="beratungen"
    )
    termin = models.DateTimeField("vereinbarter Termin", null=True, editable=False)
    treffpunkt = models.CharField("Ort, Nummer oder Link", max_length=200, blank=True)
    tag = models.DateField("Tag der Beratung", null=True, blank=True)
    weg = models.CharField("Weg", max_length=20, choices=Weg, blank=True)
    ergebnis = models.TextField("Ergebnis und Empfehlung", max_length=4000, blank=True)
    beraten_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="beraten durch",
        null=True,
        related_name="gefuehrte_beratungen",
    )

    objects = BeratungQuerySet.as_manager()

    class Meta:
        verbose_name = "Beratung"
        verbose_name_plural = "Beratungen"
        ordering = ["-angefragt_am", "-pk"]
        indexes = [
            models.Index(fields=["netzwerkstelle", "status", "-angefragt_am"], name="beratung_je_stelle"),
            models.Index(fields=["schule", "status"], name="beratung_je_schule"),
        ]
        constraints = [
            models.CheckConstraint(name="beratung_stand_ist_bekannt", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="beratung_verabredet_hat_termin",
                condition=~Q(status="verabredet") | Q(termin__isnull=False),
            ),
            models.CheckConstraint(
                name="beratung_beraten_hat_tag_und_person",
                condition=~Q(status="beraten") | Q(tag__isnull=False, beraten_durch__isnull=False),
            ),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self):
        return reverse("beratungen:beratung", args=[self.pk])


class Beratungsereignis(Schrittereignis):
    """One step of a Beratung."""

    beratung = models.ForeignKey(Beratung, models.PROTECT, verbose_name="Beratung", related_name="ereignisse")

    class Meta(Schrittereignis.Meta):
        verbose_name = "Ereignis der Beratung"
        verbose_name_plural = "Ereignisse der Beratung"
