import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.nachricht.queries import NachrichtQuerySet
from schulerfolg.akte.models import APPEND_ONLY, KEIN_LEEREN, Dokument

# A message is written once. Taken back or settled it is once, and nothing that was read is taken back.
NACHRICHT_BLEIBT = pgtrigger.Trigger(
    name="nachricht_bleibt",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    declare=[("ausgang", "text[]")],
    func="""
        ausgang := ARRAY['erledigt_am', 'erledigt_durch_id', 'zurueckgenommen_am'];
        IF OLD.erledigt_am IS NOT NULL OR OLD.zurueckgenommen_am IS NOT NULL
           OR to_jsonb(NEW) - ausgang <> to_jsonb(OLD) - ausgang THEN
            RAISE EXCEPTION 'append-only: a message never changes';
        END IF;
        IF NEW.zurueckgenommen_am IS NOT NULL
           AND EXISTS (SELECT FROM angebote_lesevermerk WHERE nachricht_id = NEW.id) THEN
            RAISE EXCEPTION 'nachricht_gelesen_bleibt: somebody has read it'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    """,
)


class Nachricht(models.Model):
    """What school and office write to each other in a case, or a note that stays inside the office."""

    class Art(models.TextChoices):
        AN_STELLE = "an_stelle", "an die Netzwerkstelle"
        AN_SCHULE = "an_schule", "an die Schule"
        INTERN = "intern", "nur für Ihre Netzwerkstelle"

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="nachrichten")
    art = models.CharField("Art", max_length=20, choices=Art)
    text = models.TextField("Nachricht", max_length=4000)
    am = models.DateTimeField("geschrieben am", default=timezone.now)
    durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="geschrieben durch", related_name="+"
    )
    rolle = models.CharField("Rolle", max_length=120)
    dokument = models.OneToOneField(Dokument, models.PROTECT, verbose_name="Datei", null=True, related_name="+")
    erbeten = models.BooleanField("Antwort erbeten", default=False)
    frist = models.DateField("Antwort bis", null=True)
    erledigt_am = models.DateTimeField("ohne Antwort erledigt am", null=True)
    erledigt_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="erledigt durch", null=True, related_name="+"
    )
    zurueckgenommen_am = models.DateTimeField("zurückgenommen am", null=True)

    objects = NachrichtQuerySet.as_manager()

    class Meta:
        verbose_name = "Nachricht"
        verbose_name_plural = "Nachrichten"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="nachricht_hat_frist_wo_jemand_antwortet",
                condition=Q(art="an_stelle", frist__isnull=False)
                | Q(art="an_schule", erbeten=True, frist__isnull=False)
                | Q(art="an_schule", erbeten=False, frist=None)
                | Q(art="intern", erbeten=False, frist=None, dokument=None),
            ),
            models.CheckConstraint(
                name="nachricht_erledigt_hat_person",
                condition=Q(erledigt_am=None, erledigt_durch=None)
                | Q(erledigt_am__isnull=False, erledigt_durch__isnull=False),
            ),
        ]
        triggers = [
            NACHRICHT_BLEIBT,
            pgtrigger.Protect(name="keine_loeschung", operation=pgtrigger.Delete),
            KEIN_LEEREN,
        ]

    def __str__(self):
        return f"Nachricht vom {timezone.localtime(self.am):%d.%m.%Y}"

    @property
    def ist_ueberfaellig(self) -> bool:
        """Whether the last day to answer is over; whether it still waits, `NachrichtQuerySet.offen` says."""
        return self.frist is not None and self.frist < timezone.localdate()


class Lesevermerk(models.Model):
    """Who of the side a message was written to opened it, and when first."""

    nachricht = models.ForeignKey(Nachricht, models.PROTECT, verbose_name="Nachricht", related_name="vermerke")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="Person", related_name="+")
    am = models.DateTimeField("gelesen am", default=timezone.now)

    class Meta:
        verbose_name = "Lesevermerk"
        verbose_name_plural = "Lesevermerke"
        ordering = ["am", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["nachricht", "person"], name="lesevermerk_einmal_je_person"),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"gelesen von {self.person}"
