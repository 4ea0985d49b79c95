"""The coordination office looks at the portal as somebody else: the record of it, which only grows."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from schulerfolg.akte.models import APPEND_ONLY
from schulerfolg.dach.ansicht.queries import AnsichtQuerySet

DAUER = timedelta(minutes=30)


class Ansicht(models.Model):
    """Somebody looks at the portal as another person: who, as whom, why, from when and until when at most.

    It reads only. It ends by an Ansichtsende, or by itself at `hoechstens_bis`.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="Person", related_name="+")
    durch = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="durch", related_name="+")
    begruendung = models.TextField("Begründung", max_length=1000)
    begonnen_am = models.DateTimeField("begonnen am", default=timezone.now)
    hoechstens_bis = models.DateTimeField("höchstens bis")

    objects = AnsichtQuerySet.as_manager()

    class Meta:
        verbose_name = "Ansicht als andere Person"
        verbose_name_plural = "Ansichten als andere Person"
        ordering = ["-begonnen_am", "-pk"]
        triggers = APPEND_ONLY
        constraints = [
            models.CheckConstraint(name="ansicht_als_jemand_anderes", condition=~Q(person=F("durch"))),
            models.CheckConstraint(name="ansicht_hat_begruendung", condition=~Q(begruendung="")),
            models.CheckConstraint(
                name="ansicht_dauert_hoechstens_30_minuten",
                condition=Q(hoechstens_bis__gt=F("begonnen_am"), hoechstens_bis__lte=F("begonnen_am") + DAUER),
            ),
        ]

    def __str__(self):
        return f"{self.durch} als {self.person}"

    @property
    def laeuft(self) -> bool:
        return self.schluss is None and self.hoechstens_bis > timezone.now()

    @property
    def schluss(self) -> "Ansichtsende | None":
        """How it ended before its time; None where the clock ends it."""
        return getattr(self, "ende", None)


class Ansichtsende(models.Model):
    """A look ended before its time: by hand, at sign-out, or because it was not allowed any more."""

    ansicht = models.OneToOneField(Ansicht, models.PROTECT, verbose_name="Ansicht", related_name="ende")
    anlass = models.CharField("Anlass", max_length=60)
    am = models.DateTimeField("am", default=timezone.now)

    class Meta:
        verbose_name = "Ende einer Ansicht"
        verbose_name_plural = "Enden von Ansichten"
        triggers = APPEND_ONLY

    def __str__(self):
        return self.anlass


class Ansichtsseite(models.Model):
    """One page that was opened during a look, without what stood behind the question mark of its address."""

    ansicht = models.ForeignKey(Ansicht, models.PROTECT, verbose_name="Ansicht", related_name="seiten")
    adresse = models.CharField("Adresse", max_length=500)
    status = models.PositiveSmallIntegerField("Status der Antwort")
    am = models.DateTimeField("am", default=timezone.now)

    class Meta:
        verbose_name = "Seite einer Ansicht"
        verbose_name_plural = "Seiten von Ansichten"
        ordering = ["am", "pk"]
        triggers = APPEND_ONLY

    def __str__(self):
        return self.adresse

    @property
    def gezeigt(self) -> bool:
        return self.status < 400
