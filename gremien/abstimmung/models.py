from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone

from angebote.models import Antrag
from gremien.abstimmung.regeln import gezaehlt
from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.models import Tagesordnungspunkt
from schulerfolg.akte.models import APPEND_ONLY, KEIN_LEEREN


class Ausgang(TextChoices):
    """What an item can end in, and what can be put to the vote."""

    BEWILLIGEN = "bewilligen", "bewilligt"
    ABLEHNEN = "ablehnen", "abgelehnt"
    ZURUECKSTELLEN = "zurueckstellen", "zurückgestellt"
    ANNEHMEN = "annehmen", "angenommen"
    VERWERFEN = "verwerfen", "nicht angenommen"


UEBER_EINEN_ANTRAG = ["bewilligen", "ablehnen", "zurueckstellen"]
FREI = ["annehmen", "verwerfen"]


class Beschlussvorschlag(models.Model):
    """What is put to the vote on one item. Another motion is another row, and the newest one is before the Gremium.

    Votes belong to the motion they were given on. Its Gründe may still be worded until somebody votes, and where it is
    lost: then they are those of the opposite.
    """

    punkt = models.ForeignKey(
        Tagesordnungspunkt, models.PROTECT, verbose_name="Tagesordnungspunkt", related_name="vorschlaege"
    )
    antrag_auf = models.CharField("Antrag auf", max_length=20, choices=Ausgang)
    betrag = models.DecimalField("Betrag", max_digits=10, decimal_places=2, null=True)
    auflagen = models.TextField("Auflagen", blank=True)
    gruende = models.TextField("Gründe", blank=True)
    text = models.TextField("Beschlusstext", blank=True)
    am = models.DateTimeField("am", default=timezone.now)
    durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="festgehalten durch", related_name="+"
    )

    class Meta:
        verbose_name = "Beschlussvorschlag"
        verbose_name_plural = "Beschlussvorschläge"
        ordering = ["punkt", "pk"]
        constraints = [
            models.CheckConstraint(
                name="beschlussvorschlag_ist_bekannt", condition=Q(antrag_auf__in=[*UEBER_EINEN_ANTRAG, "annehmen"])
            ),
            models.CheckConstraint(
                name="beschlussvorschlag_bewilligung_hat_betrag",
                condition=~Q(antrag_auf="bewilligen") | Q(betrag__isnull=False, betrag__gt=0),
            ),
            models.CheckConstraint(
                name="beschlussvorschlag_frei_hat_text", condition=~Q(antrag_auf="annehmen") | ~Q(text="")
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="bleibt_was_er_ist",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT 1 FROM gremien_tagesordnungspunkt t
                        WHERE t.id = NEW.punkt_id AND t.ausgang <> 'offen') THEN
                        RAISE EXCEPTION 'vorschlag_nicht_nach_dem_punkt' USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'UPDATE' AND ROW(NEW.punkt_id, NEW.antrag_auf, NEW.betrag, NEW.auflagen, NEW.text)
                        IS DISTINCT FROM ROW(OLD.punkt_id, OLD.antrag_auf, OLD.betrag, OLD.auflagen, OLD.text) THEN
                        RAISE EXCEPTION 'vorschlag_wird_nicht_geaendert' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="keine_loeschung", operation=pgtrigger.Delete),
            KEIN_LEEREN,
        ]

    def __str__(self):
        return f"Beschlussvorschlag zu {self.punkt}"

    def ist(self, angaben) -> bool:
        """Whether these are the same motion; the Gründe are no part of what is voted on."""
        return all(getattr(self, name) == angaben.get(name, leer) for name, leer in VORGESCHLAGEN.items())


VORGESCHLAGEN: dict[str, Any] = {"antrag_auf": "", "betrag": None, "auflagen": "", "text": ""}
"""What makes a motion, and how each part is empty."""


class Stimme(models.Model):
    """One vote of one member on one motion. The database refuses one of somebody excluded or absent."""

    class Wert(TextChoices):
        JA = "ja", "Ja"
        NEIN = "nein", "Nein"
        ENTHALTUNG = "enthaltung", "Enthaltung"

    vorschlag = models.ForeignKey(
        Beschlussvorschlag, models.PROTECT, verbose_name="Beschlussvorschlag", related_name="stimmen"
    )
    mitgliedschaft = models.ForeignKey(Mitgliedschaft, models.PROTECT, verbose_name="Mitglied", related_name="stimmen")
    wert = models.CharField("Stimme", max_length=12, choices=Wert)
    am = models.DateTimeField("am", default=timezone.now)

    class Meta:
        verbose_name = "Stimme"
        verbose_name_plural = "Stimmen"
        ordering = ["vorschlag", "mitgliedschaft"]
        constraints = [
            models.UniqueConstraint(fields=["vorschlag", "mitgliedschaft"], name="stimme_einmal_je_vorschlag"),
            models.CheckConstraint(name="stimme_wert_ist_bekannt", condition=Q(wert__in=["ja", "nein", "enthaltung"])),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stimmt_mit",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("der_punkt", "INT"), ("die_sitzung", "INT"), ("sein_ausgang", "TEXT")],
                func="""
                    SELECT t.id, t.sitzung_id, t.ausgang INTO der_punkt, die_sitzung, sein_ausgang
                        FROM gremien_beschlussvorschlag v JOIN gremien_tagesordnungspunkt t ON t.id = v.punkt_id
                        WHERE v.id = NEW.vorschlag_id;
                    IF TG_OP = 'UPDATE' AND ROW(NEW.vorschlag_id, NEW.mitgliedschaft_id)
                        IS DISTINCT FROM ROW(OLD.vorschlag_id, OLD.mitgliedschaft_id) THEN
                        RAISE EXCEPTION 'stimme_bleibt_bei_mitglied_und_vorschlag' USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (SELECT 1 FROM gremien_befangenheit b WHERE b.punkt_id = der_punkt
                        AND b.mitgliedschaft_id = NEW.mitgliedschaft_id AND b.entscheidung <> 'nicht_befangen') THEN
                        RAISE EXCEPTION 'stimme_nicht_von_befangenen' USING ERRCODE = 'check_violation';
                    END IF;
                    IF NOT EXISTS (SELECT 1 FROM gremien_anwesenheit a WHERE a.sitzung_id = die_sitzung
                        AND a.mitgliedschaft_id = NEW.mitgliedschaft_id AND a.bis IS NULL) THEN
                        RAISE EXCEPTION 'stimme_nur_von_anwesenden' USING ERRCODE = 'check_violation';
                    END IF;
                    IF sein_ausgang <> 'offen' OR EXISTS
                        (SELECT 1 FROM gremien_beschluss x WHERE x.punkt_id = der_punkt) THEN
                        RAISE EXCEPTION 'stimme_nicht_nach_beschluss' USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (SELECT 1 FROM gremien_beschlussvorschlag v WHERE v.punkt_id = der_punkt
                        AND v.id > NEW.vorschlag_id) THEN
                        RAISE EXCEPTION 'stimme_nur_zum_letzten_vorschlag' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="keine_loeschung", operation=pgtrigger.Delete),
            KEIN_LEEREN,
        ]

    def __str__(self):
        return f"{self.mitgliedschaft}: {self.get_wert_display()}"


class Beschluss(models.Model):
    """What the Gremium resolved on one item, with the count. Never changed; a later one refers to it."""

    punkt = models.OneToOneField(
        Tagesordnungspunkt, models.PROTECT, verbose_name="Tagesordnungspunkt", related_name="beschluss"
    )
    vorschlag = models.OneToOneField(
        Beschlussvorschlag, models.PROTECT, verbose_name="Beschlussvorschlag", related_name="beschluss"
    )
    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", null=True, related_name="beschluesse")
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
        triggers = [
            *APPEND_ONLY,
            pgtrigger.Trigger(
                name="passt_zum_punkt",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM gremien_beschlussvorschlag v
                        JOIN gremien_tagesordnungspunkt t ON t.id = v.punkt_id
                        WHERE v.id = NEW.vorschlag_id AND t.id = NEW.punkt_id
                        AND (NEW.antrag_id IS NULL OR t.antrag_id = NEW.antrag_id)) THEN
                        RAISE EXCEPTION 'beschluss_passt_zu_seinem_punkt' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="beschluss_antrag_wo_ueber_einen",
                condition=Q(ausgang__in=UEBER_EINEN_ANTRAG, antrag__isnull=False) | Q(ausgang__in=FREI, antrag=None),
            ),
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

    @property
    def stimmenzahl(self) -> str:
        return gezaehlt(self.ja, self.nein, self.enthaltung)
