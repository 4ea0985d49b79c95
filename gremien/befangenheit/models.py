import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone

from gremien.befangenheit.queries import BefangenheitQuerySet
from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.models import Tagesordnungspunkt
from schulerfolg.akte.models import KEIN_LEEREN


class Befangenheit(models.Model):
    """A member may be biased on an item, until the Gremium decides and after that if it says so.

    Declared by the member, proposed by the portal, or recorded by somebody who leads the meeting (`festgehalten_durch`,
    in the hat `festgehalten_als`). The member may object once to what it did not say itself. VwVfG §§ 20, 21.
    """

    class Grad(TextChoices):
        AUSGESCHLOSSEN = "p20", "ausgeschlossen (§ 20 VwVfG)"
        BESORGNIS = "p21", "Besorgnis der Befangenheit (§ 21 VwVfG)"

    class Entscheidung(TextChoices):
        OFFEN = "offen", "noch nicht entschieden"
        BEFANGEN = "befangen", "befangen: berät und stimmt nicht mit"
        NICHT_BEFANGEN = "nicht_befangen", "nicht befangen"

    punkt = models.ForeignKey(
        Tagesordnungspunkt, models.PROTECT, verbose_name="Tagesordnungspunkt", related_name="befangenheiten"
    )
    mitgliedschaft = models.ForeignKey(
        Mitgliedschaft, models.PROTECT, verbose_name="Mitglied", related_name="befangenheiten"
    )
    grad = models.CharField("Grad", max_length=5, choices=Grad)
    grund = models.CharField("Grund", max_length=300)
    selbst_erklaert = models.BooleanField("selbst erklärt", default=False)
    festgehalten_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="festgehalten durch", null=True, related_name="+"
    )
    festgehalten_als = models.CharField("festgehalten als", max_length=120, blank=True)
    einwand = models.CharField("Einwand der Person", max_length=500, blank=True)
    einwand_am = models.DateTimeField("Einwand erhoben am", null=True)
    erklaert_am = models.DateTimeField("erklärt am", default=timezone.now)
    entscheidung = models.CharField("Entscheidung", max_length=20, choices=Entscheidung, default=Entscheidung.OFFEN)
    entschieden_am = models.DateTimeField("entschieden am", null=True)
    entschieden_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="Entscheidung festgehalten durch",
        null=True,
        related_name="+",
    )
    hat_verlassen = models.BooleanField("hat den Raum verlassen", default=False)

    objects = BefangenheitQuerySet.as_manager()

    class Meta:
        verbose_name = "Befangenheit"
        verbose_name_plural = "Befangenheiten"
        ordering = ["punkt", "mitgliedschaft"]
        constraints = [
            models.UniqueConstraint(fields=["punkt", "mitgliedschaft"], name="befangenheit_einmal_je_punkt"),
            models.CheckConstraint(
                name="befangenheit_entschieden_hat_zeit",
                condition=Q(entscheidung="offen") | Q(entschieden_am__isnull=False),
            ),
            models.CheckConstraint(
                name="befangenheit_offen_hat_niemand_entschieden",
                condition=~Q(entscheidung="offen") | Q(entschieden_durch=None),
            ),
            models.CheckConstraint(
                name="befangenheit_festgehalten_nennt_hut",
                condition=Q(festgehalten_durch=None, festgehalten_als="")
                | (Q(festgehalten_durch__isnull=False, selbst_erklaert=False) & ~Q(festgehalten_als="")),
            ),
            models.CheckConstraint(
                name="befangenheit_einwand_hat_zeit",
                condition=Q(einwand="", einwand_am=None) | (~Q(einwand="") & Q(einwand_am__isnull=False)),
            ),
            models.CheckConstraint(
                name="befangenheit_kein_einwand_gegen_sich_selbst", condition=Q(selbst_erklaert=False) | Q(einwand="")
            ),
            models.CheckConstraint(
                name="befangenheit_werte_sind_bekannt",
                condition=Q(grad__in=["p20", "p21"], entscheidung__in=["offen", "befangen", "nicht_befangen"]),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="steht_fest",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT 1 FROM gremien_beschluss x WHERE x.punkt_id = NEW.punkt_id) OR EXISTS
                        (SELECT 1 FROM gremien_tagesordnungspunkt t WHERE t.id = NEW.punkt_id
                        AND t.ausgang <> 'offen') THEN
                        RAISE EXCEPTION 'befangenheit_nicht_nach_beschluss' USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (SELECT 1 FROM gremien_mitgliedschaft m WHERE m.id = NEW.mitgliedschaft_id
                        AND m.person_id IN (NEW.festgehalten_durch_id, NEW.entschieden_durch_id)) THEN
                        RAISE EXCEPTION 'befangenheit_nicht_in_eigener_sache' USING ERRCODE = 'check_violation';
                    END IF;
                    IF NOT EXISTS (SELECT 1 FROM gremien_mitgliedschaft m
                        JOIN gremien_sitzung s ON s.gremium_id = m.gremium_id
                        JOIN gremien_tagesordnungspunkt t ON t.sitzung_id = s.id
                        WHERE m.id = NEW.mitgliedschaft_id AND t.id = NEW.punkt_id) THEN
                        RAISE EXCEPTION 'befangenheit_nur_im_eigenen_gremium' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="bleibt_stehen", operation=pgtrigger.Delete),
            KEIN_LEEREN,
        ]

    def __str__(self):
        return f"{self.mitgliedschaft}: {self.get_grad_display()}"

    @property
    def schliesst_aus(self) -> bool:
        """Whether it is decided so, or still to be decided: an open question excludes."""
        return self.entscheidung != self.Entscheidung.NICHT_BEFANGEN

    @property
    def herkunft(self) -> str:
        """Who says so, in words."""
        if self.selbst_erklaert:
            return "selbst erklärt"
        if self.festgehalten_durch:
            return f"festgehalten durch {self.festgehalten_durch} ({self.festgehalten_als})"
        return "Vorschlag des Portals"

    @property
    def version(self) -> str:
        """The moment of the last word about it, as a form carries it: a decision, an objection, what was said first."""
        return max(filter(None, (self.entschieden_am, self.einwand_am, self.erklaert_am))).isoformat()

    @property
    def einwand_moeglich(self) -> bool:
        """The member may object once, to what others said; what it declared itself it takes back in the room."""
        return not self.selbst_erklaert and not self.einwand and self.schliesst_aus
