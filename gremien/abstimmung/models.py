import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone

from angebote.models import Antrag
from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.models import Tagesordnungspunkt
from schulerfolg.akte.models import APPEND_ONLY


class Stimme(models.Model):
    """One vote of one member on one item. The database refuses one of somebody excluded or absent."""

    class Wert(TextChoices):
        JA = "ja", "Ja"
        NEIN = "nein", "Nein"
        ENTHALTUNG = "enthaltung", "Enthaltung"

    punkt = models.ForeignKey(
        Tagesordnungspunkt, models.PROTECT, verbose_name="Tagesordnungspunkt", related_name="stimmen"
    )
    mitgliedschaft = models.ForeignKey(Mitgliedschaft, models.PROTECT, verbose_name="Mitglied", related_name="stimmen")
    wert = models.CharField("Stimme", max_length=12, choices=Wert)
    am = models.DateTimeField("am", default=timezone.now)

    class Meta:
        verbose_name = "Stimme"
        verbose_name_plural = "Stimmen"
        ordering = ["punkt", "mitgliedschaft"]
        constraints = [
            models.UniqueConstraint(fields=["punkt", "mitgliedschaft"], name="stimme_einmal_je_punkt"),
            models.CheckConstraint(name="stimme_wert_ist_bekannt", condition=Q(wert__in=["ja", "nein", "enthaltung"])),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stimmt_mit",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT 1 FROM gremien_befangenheit b WHERE b.punkt_id = NEW.punkt_id
                        AND b.mitgliedschaft_id = NEW.mitgliedschaft_id AND b.entscheidung <> 'nicht_befangen') THEN
                        RAISE EXCEPTION 'stimme_nicht_von_befangenen' USING ERRCODE = 'check_violation';
                    END IF;
                    IF NOT EXISTS (SELECT 1 FROM gremien_anwesenheit a
                        JOIN gremien_tagesordnungspunkt t ON t.sitzung_id = a.sitzung_id
                        WHERE t.id = NEW.punkt_id AND a.mitgliedschaft_id = NEW.mitgliedschaft_id
                        AND a.bis IS NULL) THEN
                        RAISE EXCEPTION 'stimme_nur_von_anwesenden' USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (SELECT 1 FROM gremien_beschluss x WHERE x.punkt_id = NEW.punkt_id) THEN
                        RAISE EXCEPTION 'stimme_nicht_nach_beschluss' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="keine_loeschung", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.mitgliedschaft}: {self.get_wert_display()}"


class Beschluss(models.Model):
    """What the Gremium resolved on one item, with the count. Never changed; a later one refers to it."""

    class Ausgang(TextChoices):
        BEWILLIGEN = "bewilligen", "bewilligt"
        ABLEHNEN = "ablehnen", "abgelehnt"
        ZURUECKSTELLEN = "zurueckstellen", "zurückgestellt"

    punkt = models.OneToOneField(
        Tagesordnungspunkt, models.PROTECT, verbose_name="Tagesordnungspunkt", related_name="beschluss"
    )
    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="beschluesse")
    nummer = models.CharField("Nummer", max_length=30, unique=True)
    ausgang = models.CharField("Ausgang", max_length=20, choices=Ausgang)
    wortlaut = models.TextField("Wortlaut")
    betrag = models.DecimalField("Betrag", max_digits=10, decimal_places=2, null=True)
    auflagen = models.TextField("Auflagen", blank=True)
    gruende = models.TextField("Gründe", blank=True)
    ja = models.PositiveSmallIntegerField("Ja")
    nein = models.PositiveSmallIntegerField("Nein")
    enthaltung = models.PositiveSmallIntegerField("Enthaltung")
    stimmberechtigt = models.PositiveSmallIntegerField("stimmberechtigt")
    anwesend = models.PositiveSmallIntegerField("anwesend und nicht befangen")
    ausgeschlossen = models.PositiveSmallIntegerField("ausgeschlossen")
    beschlussfaehigkeit = models.CharField("Beschlussfähigkeit", max_length=300)
    am = models.DateTimeField("beschlossen am", default=timezone.now)
    festgestellt_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="festgestellt durch", related_name="+"
    )

    class Meta:
        verbose_name = "Beschluss"
        verbose_name_plural = "Beschlüsse"
        ordering = ["-am", "-pk"]
        triggers = APPEND_ONLY
        constraints = [
            models.CheckConstraint(
                name="beschluss_bewilligung_hat_betrag",
                condition=~Q(ausgang="bewilligen") | Q(betrag__isnull=False, betrag__gt=0),
            ),
            models.CheckConstraint(
                name="beschluss_stimmen_hoechstens_anwesende",
                condition=Q(anwesend__gte=F("ja") + F("nein") + F("enthaltung")),
            ),
        ]

    def __str__(self):
        return f"Beschluss {self.nummer}"

    def get_absolute_url(self):
        return self.punkt.get_absolute_url()
