from datetime import date, datetime, time, timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from angebote.foerderung.models import Anlagenart, Thema
from angebote.runde.queries import FoerderrundeQuerySet
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.akte.models import APPEND_ONLY
from schulerfolg.kalender import naechster_werktag
from schulerfolg.zeit import termin

TAGESENDE = time(23, 59)
# Whoever began a draft counts on the deadline that was published.
FRIST_WIRD_NUR_LAENGER = pgtrigger.Trigger(
    name="frist_wird_nur_laenger",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
        IF (coalesce(NEW.antragsschluss + NEW.uhrzeit, 'infinity')
            < coalesce(OLD.antragsschluss + OLD.uhrzeit, 'infinity')
            OR NEW.beginn > OLD.beginn OR (OLD.geschlossen_am IS NULL AND NEW.geschlossen_am IS NOT NULL))
           AND EXISTS (SELECT FROM angebote_antrag WHERE runde_id = OLD.id AND status IN ('entwurf', 'freigabe_sl'))
        THEN
            RAISE EXCEPTION 'foerderrunde_frist_wird_nur_laenger: there are drafts in call %', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    """,
)


class Foerderrunde(models.Model):
    """A call of one office with its own window. Offices without calls have no rounds: schools apply at any time."""

    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="foerderrunden"
    )
    name = models.CharField("Name", max_length=120)
    ausschreibung = models.TextField("Ausschreibung", blank=True)
    beginn = models.DateField("Anträge möglich ab")
    antragsschluss = models.DateField("Antragsschluss", null=True, blank=True)
    uhrzeit = models.TimeField("Uhrzeit des Antragsschlusses", default=TAGESENDE)
    betrag = models.DecimalField("Betrag der Förderrunde", max_digits=10, decimal_places=2, null=True, blank=True)
    hoechstens_je_schule = models.PositiveSmallIntegerField("Anträge je Schule höchstens", null=True, blank=True)
    themen = models.ManyToManyField(Thema, verbose_name="Themen", related_name="+", blank=True)
    anlagen = ArrayField(
        models.CharField(max_length=30, choices=Anlagenart), verbose_name="nötige Anlagen", default=list, blank=True
    )
    naechste_entscheidung = models.DateField("nächste Entscheidung", null=True, blank=True)
    geschlossen_am = models.DateTimeField("geschlossen am", null=True, editable=False)
    bearbeitet_am = models.DateTimeField("bearbeitet am", null=True, editable=False)

    objects = FoerderrundeQuerySet.as_manager()

    class Meta:
        verbose_name = "Förderrunde"
        verbose_name_plural = "Förderrunden"
        ordering = ["-beginn", "pk"]
        constraints = [
            models.CheckConstraint(
                name="foerderrunde_schluss_nach_beginn",
                condition=Q(antragsschluss=None) | Q(antragsschluss__gte=F("beginn")),
                violation_error_message="Der Antragsschluss liegt vor dem Beginn.",
            ),
            models.CheckConstraint(name="foerderrunde_betrag_positiv", condition=Q(betrag=None) | Q(betrag__gt=0)),
            models.CheckConstraint(
                name="foerderrunde_mindestens_ein_antrag",
                condition=Q(hoechstens_je_schule=None) | Q(hoechstens_je_schule__gte=1),
            ),
        ]
        triggers = [FRIST_WIRD_NUR_LAENGER]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("foerderrunden:runde", args=[self.pk])

    @property
    def frist(self) -> datetime | None:
        """The last minute in which it takes applications, wherever it is said or asked; none where it stays open.

        A closing day that is no working day moves (VwVfG § 31 (3)).
        """
        if self.antragsschluss is None:
            return None
        ende = datetime.combine(naechster_werktag(self.antragsschluss), self.uhrzeit)
        return timezone.make_aware(ende)

    @property
    def bis_in_worten(self) -> str:
        """„bis Freitag, 12. März 2027, 12:00 Uhr“."""
        return f"bis {termin(self.frist)}" if self.frist else "ohne Antragsschluss"

    def offen(self, moment: datetime) -> bool:
        """Whether it takes applications at this moment; the minute that is named still counts."""
        if self.geschlossen_am and moment >= self.geschlossen_am:
            return False
        return self.beginn <= timezone.localdate(moment) and (
            self.frist is None or moment < self.frist + timedelta(minutes=1)
        )

    def offen_am(self, tag: date) -> bool:
        """The same for a day; for today it is asked for now."""
        heute = tag == timezone.localdate()
        return self.offen(timezone.now() if heute else timezone.make_aware(datetime.combine(tag, time())))

    @property
    def ist_offen(self) -> bool:
        return self.offen(timezone.now())

    @property
    def kommt(self) -> bool:
        return self.geschlossen_am is None and self.beginn > timezone.localdate()

    @property
    def vorbei(self) -> bool:
        return not self.ist_offen and not self.kommt


class Rundenfassung(models.Model):
    """What a call said from one moment on: an immutable snapshot in words, for everybody to read."""

    runde = models.ForeignKey(Foerderrunde, models.PROTECT, verbose_name="Förderrunde", related_name="fassungen")
    nummer = models.PositiveSmallIntegerField("Fassung")
    inhalt = models.JSONField("Inhalt")
    durch = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="durch", related_name="+")
    erstellt_am = models.DateTimeField("erstellt am", default=timezone.now)

    class Meta:
        verbose_name = "Fassung der Förderrunde"
        verbose_name_plural = "Fassungen der Förderrunde"
        ordering = ["-nummer"]
        triggers = APPEND_ONLY
        constraints = [
            models.UniqueConstraint(fields=["runde", "nummer"], name="rundenfassung_nummer_einmal"),
        ]

    def __str__(self):
        return f"{self.runde}, Fassung {self.nummer}"
