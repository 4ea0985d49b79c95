"""The post: mails that wait or have left, and what each person wants to get when."""

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone

from schulerfolg.akte.models import Dokument
from schulerfolg.konten.queries import MailQuerySet


class Postart(TextChoices):
    """What a mail is about, where its addressee may choose; whatever must arrive has no kind."""

    EINGANG = "eingang", "Neu eingegangen"
    FORTGANG = "fortgang", "Wie es weitergeht"
    NACHRICHT = "nachricht", "Nachrichten"
    ERINNERUNG = "erinnerung", "Erinnerungen"


class Postweg(TextChoices):
    SOFORT = "sofort", "sofort"
    TAEGLICH = "taeglich", "gesammelt am nächsten Morgen"
    WOECHENTLICH = "woechentlich", "gesammelt am Montag"
    NIE = "nie", "gar nicht"


GESAMMELT = [(weg.value, weg.label) for weg in (Postweg.TAEGLICH, Postweg.WOECHENTLICH)]


class Mail(models.Model):
    """A mail that is written with the decision it reports, and sent afterwards.

    The row is saved in the same transaction as the decision, so neither can exist without the other.
    `schluessel` names the event and the addressee: the same event never writes twice to the same person. `sammeln`:
    the addressee wants it in one mail with others (`gesammelt_in`); it never leaves by itself.
    """

    an = models.EmailField("an")
    empfaenger = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="Person", null=True, related_name="mails"
    )
    betreff = models.CharField("Betreff", max_length=200)
    text = models.TextField("Text")
    anlagen = models.ManyToManyField(Dokument, verbose_name="Anlagen", blank=True, related_name="+")
    schluessel = models.CharField("Schlüssel", max_length=200, unique=True)
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)
    naechster_versuch_am = models.DateTimeField("nächster Versuch am", default=timezone.now)
    versuche = models.PositiveSmallIntegerField("Versuche", default=0)
    letzter_fehler = models.TextField("letzter Fehler", blank=True)
    versandt_am = models.DateTimeField("versandt am", null=True)
    aufgegeben_am = models.DateTimeField("aufgegeben am", null=True)

    sammeln = models.CharField("gesammelt", max_length=20, choices=GESAMMELT, blank=True)
    gesammelt_in = models.ForeignKey(
        "self", models.CASCADE, verbose_name="gesammelt in", null=True, related_name="gesammelte"
    )

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "Mail"
        verbose_name_plural = "Mails"
        ordering = ["-erstellt_am", "-pk"]
        indexes = [
            models.Index(
                fields=["naechster_versuch_am"],
                name="mail_zu_senden",
                condition=Q(versandt_am=None, aufgegeben_am=None, sammeln=""),
            ),
            models.Index(
                fields=["empfaenger"], name="mail_zu_sammeln", condition=Q(gesammelt_in=None) & ~Q(sammeln="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="mail_gesammelte_geht_nicht_einzeln", condition=Q(sammeln="") | Q(versandt_am=None)
            ),
            models.CheckConstraint(
                name="mail_gesammelte_hat_empfaenger",
                condition=Q(sammeln="", gesammelt_in=None) | ~Q(sammeln="") & Q(empfaenger__isnull=False),
            ),
        ]

    def __str__(self):
        return self.betreff


class Postwunsch(models.Model):
    """How somebody wants to get mails of one kind; without a row at once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="Person", related_name="postwuensche"
    )
    art = models.CharField("Art", max_length=20, choices=Postart)
    weg = models.CharField("Weg", max_length=20, choices=Postweg)

    class Meta:
        verbose_name = "Wunsch zu Mails"
        verbose_name_plural = "Wünsche zu Mails"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "art"], name="postwunsch_einer_je_art"),
            models.CheckConstraint(name="postwunsch_art_ist_bekannt", condition=Q(art__in=Postart.values)),
            models.CheckConstraint(name="postwunsch_weg_ist_bekannt", condition=Q(weg__in=Postweg.values)),
        ]

    def __str__(self):
        return f"{self.get_art_display()}: {self.get_weg_display()}"
