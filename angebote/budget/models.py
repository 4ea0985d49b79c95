from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.urls import reverse
from django.utils import timezone

from angebote.budget.queries import BuchungQuerySet, BudgetQuerySet
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.akte.models import APPEND_ONLY
from schulerfolg.formular.konflikt import fingerprint

KEIN_BETRAG = 0


class Budget(models.Model):
    """The money of one office for one year. Columns move with the ledger; the database guards the limit.

    `reserviert`: resolved, not yet released. `gebunden`: awarded. `ausgezahlt`: paid of what is awarded.
    """

    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="budgets"
    )
    jahr = models.PositiveSmallIntegerField("Jahr", help_text="Bei Schuljahren: das Jahr, in dem es beginnt.")
    ansatz = models.DecimalField("Ansatz", max_digits=12, decimal_places=2)
    sperre = models.DecimalField("Haushaltssperre", max_digits=12, decimal_places=2, default=KEIN_BETRAG)
    reserviert = models.DecimalField("reserviert", max_digits=12, decimal_places=2, default=KEIN_BETRAG, editable=False)
    gebunden = models.DecimalField("gebunden", max_digits=12, decimal_places=2, default=KEIN_BETRAG, editable=False)
    ausgezahlt = models.DecimalField("ausgezahlt", max_digits=12, decimal_places=2, default=KEIN_BETRAG, editable=False)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        verbose_name = "Budget"
        verbose_name_plural = "Budgets"
        ordering = ["netzwerkstelle", "-jahr"]
        constraints = [
            models.UniqueConstraint(fields=["netzwerkstelle", "jahr"], name="budget_eines_je_stelle_und_jahr"),
            models.CheckConstraint(
                name="budget_spalten_nicht_negativ",
                condition=Q(ansatz__gte=0, sperre__gte=0, reserviert__gte=0, gebunden__gte=0, ausgezahlt__gte=0),
            ),
            models.CheckConstraint(
                name="budget_reicht",
                condition=Q(reserviert__lte=F("ansatz") - F("sperre") - F("gebunden")),
                violation_error_message="So viel Geld ist nicht mehr frei.",
            ),
            models.CheckConstraint(
                name="budget_ausgezahlt_hoechstens_gebunden", condition=Q(ausgezahlt__lte=F("gebunden"))
            ),
        ]

    def __str__(self):
        return f"Budget {self.jahr}, {self.netzwerkstelle.kurzname}"

    def get_absolute_url(self):
        return reverse("budget:budget", args=[self.pk])

    @property
    def kurztitel(self) -> str:
        return f"{self.netzwerkstelle.kurzname} {self.jahr}"

    @property
    def version(self) -> str:
        """What somebody who changes it has before their eyes, as a form carries it."""
        return fingerprint([f"{self.ansatz:.2f}", f"{self.sperre:.2f}"])

    @property
    def verfuegbar(self):
        """Euros that a resolution can still give away."""
        return self.ansatz - self.sperre - self.reserviert - self.gebunden

    @property
    def offen(self):
        """Euros that are awarded and not yet paid."""
        return self.gebunden - self.ausgezahlt

    @property
    def anteile(self) -> list[tuple[str, str, str]]:
        """The Ansatz as parts of a bar: name, beginning and width, both in percent as SVG writes them."""
        breiten = {
            "ausgezahlt": self.ausgezahlt,
            "offen": self.offen,
            "reserviert": self.reserviert,
            "frei": self.verfuegbar,
            "sperre": self.sperre,
        }
        teile, x = [], 0.0
        for name, betrag in breiten.items():
            breite = float(betrag * 100 / self.ansatz) if self.ansatz else 0.0
            if breite:
                teile.append((name, f"{x:.2f}", f"{breite:.2f}"))
            x += breite
        return teile


class Buchung(models.Model):
    """One movement of a Budget. Never changed: a mistake is mended by a counter-booking."""

    class Art(TextChoices):
        ANSATZ = "ansatz", "Ansatz"
        SPERRE = "sperre", "Haushaltssperre"
        RESERVIERUNG = "reservierung", "Reservierung"
        BINDUNG = "bindung", "Bewilligung"
        AUSZAHLUNG = "auszahlung", "Auszahlung"

    budget = models.ForeignKey(Budget, models.PROTECT, verbose_name="Budget", related_name="buchungen")
    art = models.CharField("Art", max_length=20, choices=Art)
    betrag = models.DecimalField("Betrag", max_digits=12, decimal_places=2)
    antrag = models.ForeignKey(
        "angebote.Antrag", models.PROTECT, verbose_name="Antrag", null=True, related_name="buchungen"
    )
    text = models.CharField("Text", max_length=300)
    beschluss_nummer = models.CharField("Beschluss", max_length=40, blank=True)
    beschluss_am = models.DateField("Beschluss vom", null=True)
    am = models.DateTimeField("gebucht am", default=timezone.now)
    durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="gebucht durch", null=True, related_name="+"
    )

    objects = BuchungQuerySet.as_manager()

    class Meta:
        verbose_name = "Buchung"
        verbose_name_plural = "Buchungen"
        ordering = ["-am", "-pk"]
        triggers = APPEND_ONLY
        indexes = [models.Index(fields=["budget", "-am"], name="buchung_je_budget")]
        constraints = [models.CheckConstraint(name="buchung_nicht_null", condition=~Q(betrag=0))]

    def __str__(self):
        return self.text
