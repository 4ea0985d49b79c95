from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from netzwerkstellen.einladung.queries import EinladungQuerySet
from netzwerkstellen.organisation.models import Organisation
from netzwerkstellen.schule.models import Schule
from netzwerkstellen.stelle.models import Netzwerkstelle
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN, Rolle, choices


class Einladung(models.Model):
    """A mail that offers somebody a role at an office or at a school, or an account for a seat in a Gremium.

    A seat itself is kept elsewhere and holds already; `anlass` names it, the answer only opens the account.

    Only the SHA-256 of the token in the link is stored. It opens once, until `gueltig_bis`.
    """

    email = models.EmailField("E-Mail-Adresse")
    vorname = models.CharField("Vorname", max_length=100)
    nachname = models.CharField("Nachname", max_length=100)
    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="einladungen"
    )
    schule = models.ForeignKey(
        Schule, models.PROTECT, verbose_name="Schule", null=True, blank=True, related_name="einladungen"
    )
    rolle = models.CharField("Rolle", max_length=30, choices=choices((*STELLENROLLEN, *SCHULROLLEN, Rolle.GREMIUM)))
    anlass = models.CharField("Anlass", max_length=250, blank=True)
    zeichnungsbefugt = models.BooleanField("zeichnungsbefugt", default=False)
    arbeitgeber = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Arbeitgeber", null=True, blank=True, related_name="+"
    )
    pruefsumme = models.CharField("Prüfsumme des Links", max_length=64, unique=True)
    eingeladen_am = models.DateTimeField("eingeladen am", auto_now_add=True)
    eingeladen_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="eingeladen durch", related_name="+"
    )
    gueltig_bis = models.DateTimeField("gültig bis")
    angenommen_am = models.DateTimeField("angenommen am", null=True)
    angenommen_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="angenommen durch", null=True, related_name="+"
    )
    zurueckgenommen_am = models.DateTimeField("zurückgenommen am", null=True)

    objects = EinladungQuerySet.as_manager()

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ["-eingeladen_am", "-pk"]
        constraints = [
            models.CheckConstraint(name="einladung_email_kleingeschrieben", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="einladung_rolle_passt_zum_ort",
                condition=Q(schule=None, rolle__in=[rolle.value for rolle in STELLENROLLEN])
                | Q(schule__isnull=False, rolle__in=[rolle.value for rolle in SCHULROLLEN])
                | Q(schule=None, rolle=Rolle.GREMIUM.value),
            ),
            models.CheckConstraint(
                name="einladung_nur_gremium_nennt_anlass",
                condition=(Q(rolle=Rolle.GREMIUM.value) & ~Q(anlass=""))
                | (~Q(rolle=Rolle.GREMIUM.value) & Q(anlass="")),
            ),
            models.CheckConstraint(
                name="einladung_angenommen_hat_person",
                condition=Q(angenommen_am=None, angenommen_durch=None)
                | Q(angenommen_am__isnull=False, angenommen_durch__isnull=False),
            ),
            models.UniqueConstraint(
                name="einladung_offen_einmal",
                fields=["email", "netzwerkstelle", "schule", "rolle"],
                condition=Q(angenommen_am=None, zurueckgenommen_am=None),
                nulls_distinct=False,
                violation_error_message="Diese Einladung ist schon unterwegs.",
            ),
        ]

    def __str__(self):
        return f"{self.email}: {self.get_rolle_display()}"

    @property
    def damals_und_heute(self) -> str:
        """The name in a record that never changes."""
        return f"{self.vorname} {self.nachname}"

    @property
    def ort(self) -> str:
        """Where the role holds: the school, or the office."""
        return str(self.schule or self.netzwerkstelle)

    @property
    def ist_abgelaufen(self) -> bool:
        return self.gueltig_bis <= timezone.now()

    @property
    def ist_offen(self) -> bool:
        """Can be accepted now."""
        return self.angenommen_am is None and self.zurueckgenommen_am is None and not self.ist_abgelaufen
