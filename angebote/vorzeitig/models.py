import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from angebote.antrag.models import Antrag
from angebote.vorzeitig.queries import VorzeitigQuerySet
from schulerfolg.akte.models import KEIN_LEEREN

BEANTWORTETES_BLEIBT = pgtrigger.Trigger(
    name="beantwortetes_bleibt",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__beantwortet_am__isnull=False),
    func="""
        RAISE EXCEPTION 'append-only: an answer that was sent never changes' USING ERRCODE = 'restrict_violation';
    """,
)


class VorzeitigerBeginn(models.Model):
    """A school asks to begin before the decision; one person of the office writes the answer, a second one signs it.

    `fassung` counts how often the answer was written. Allowing promises no money.
    """

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="vorzeitige")
    ab = models.DateField("möchte beginnen ab")
    grund = models.TextField("Warum nicht erst nach der Entscheidung", max_length=2000)
    beantragt_am = models.DateTimeField("beantragt am", auto_now_add=True)
    beantragt_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="beantragt durch", related_name="+"
    )
    fassung = models.PositiveSmallIntegerField("Fassung der Antwort", default=0)
    zugelassen = models.BooleanField("zugelassen", null=True)
    zugelassen_ab = models.DateField("zugelassen ab", null=True)
    antwort = models.TextField("Gründe", max_length=2000, blank=True)
    geschrieben_am = models.DateTimeField("geschrieben am", null=True)
    geschrieben_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="geschrieben durch", null=True, related_name="+"
    )
    beantwortet_am = models.DateTimeField("beantwortet am", null=True)
    beantwortet_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="unterschrieben durch", null=True, related_name="+"
    )
    schreiben = models.TextField("Text des Schreibens", blank=True)

    objects = VorzeitigQuerySet.as_manager()

    class Meta:
        verbose_name = "vorzeitiger Beginn"
        verbose_name_plural = "vorzeitige Beginne"
        ordering = ["-pk"]
        triggers = [
            BEANTWORTETES_BLEIBT,
            pgtrigger.Protect(name="keine_loeschung", operation=pgtrigger.Delete),
            KEIN_LEEREN,
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["antrag"], condition=Q(beantwortet_am=None), name="vorzeitigerbeginn_einer_offen_je_antrag"
            ),
            models.CheckConstraint(
                name="vorzeitigerbeginn_zwei_personen",
                condition=Q(beantwortet_durch=None) | ~Q(beantwortet_durch=F("geschrieben_durch")),
            ),
            models.CheckConstraint(
                name="vorzeitigerbeginn_antwort_ganz",
                condition=Q(geschrieben_am=None, geschrieben_durch=None, zugelassen=None, beantwortet_am=None)
                | Q(geschrieben_am__isnull=False, geschrieben_durch__isnull=False)
                & (Q(zugelassen=True, zugelassen_ab__isnull=False) | Q(zugelassen=False) & ~Q(antwort="")),
            ),
            models.CheckConstraint(
                name="vorzeitigerbeginn_beantwortet_mit_schreiben",
                condition=Q(beantwortet_am=None, beantwortet_durch=None)
                | Q(beantwortet_am__isnull=False, beantwortet_durch__isnull=False) & ~Q(schreiben=""),
            ),
        ]

    def __str__(self):
        return f"Vorzeitiger Beginn zu {self.antrag}"

    def get_absolute_url(self):
        return reverse("antraege:vorzeitig", args=[self.antrag_id])

    @property
    def wartet_auf_unterschrift(self) -> bool:
        return self.geschrieben_am is not None and self.beantwortet_am is None
