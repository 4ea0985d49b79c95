from django.conf import settings
from django.db import models
from django.db.models import Q

from netzwerkstellen.organisation.models import Organisation, Stammdatum
from netzwerkstellen.schule.queries import SchuleQuerySet, ZugehoerigkeitQuerySet
from netzwerkstellen.stelle.models import Netzwerkstelle
from schulerfolg.konten.models import Befristet, einmal_zur_selben_zeit
from schulerfolg.konten.permissions import SCHULROLLEN, choices


class Schulform(Stammdatum):
    name = models.CharField("Name", max_length=100, unique=True)
    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Schulform"
        verbose_name_plural = "Schulformen"
        ordering = ["reihenfolge", "name"]

    def __str__(self):
        return self.name


class Schule(Stammdatum):
    """A school. The office of its district is responsible for it.

    One that became part of another is closed and names it; what was submitted before stays with it.
    """

    schulnummer = models.CharField("Schulnummer", max_length=20, unique=True)
    name = models.CharField("Name", max_length=200)
    schulform = models.ForeignKey(Schulform, models.PROTECT, verbose_name="Schulform", related_name="schulen")
    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="zuständige Netzwerkstelle", related_name="schulen"
    )
    schultraeger = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Schulträger", null=True, blank=True, related_name="schulen"
    )
    strasse = models.CharField("Straße und Hausnummer", max_length=200, blank=True)
    plz = models.CharField("Postleitzahl", max_length=5, blank=True)
    ort = models.CharField("Ort", max_length=100)
    email = models.EmailField("E-Mail-Adresse", blank=True)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    aktiv = models.BooleanField("in Betrieb", default=True)
    nachfolgerin = models.ForeignKey(
        "self", models.PROTECT, verbose_name="ist jetzt", null=True, editable=False, related_name="vorgaengerinnen"
    )

    objects = SchuleQuerySet.as_manager()

    class Meta:
        verbose_name = "Schule"
        verbose_name_plural = "Schulen"
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["netzwerkstelle", "name"], name="schule_je_stelle")]
        constraints = [
            models.CheckConstraint(
                name="schule_plz_fuenfstellig",
                condition=Q(plz="") | Q(plz__regex=r"^\d{5}$"),
                violation_error_message="Eine Postleitzahl hat fünf Ziffern, zum Beispiel 39576.",
            ),
            models.CheckConstraint(
                name="schule_mit_nachfolgerin_ist_geschlossen",
                condition=Q(nachfolgerin=None) | Q(aktiv=False),
                violation_error_message="Diese Schule ist in einer anderen aufgegangen und bleibt geschlossen.",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.ort}"


class Schulsozialarbeit(Befristet):
    """Which Träger runs the Schulsozialarbeit at a school, from when to when."""

    schule = models.ForeignKey(Schule, models.PROTECT, verbose_name="Schule", related_name="schulsozialarbeiten")
    traeger = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Träger der Schulsozialarbeit", related_name="schulsozialarbeiten"
    )

    class Meta(Befristet.Meta):
        verbose_name = "Schulsozialarbeit"
        verbose_name_plural = "Schulsozialarbeiten"
        ordering = ["-von", "pk"]
        constraints = [
            *Befristet.Meta.constraints,
            einmal_zur_selben_zeit(
                "schulsozialarbeit_einmal_je_traeger",
                "schule",
                "traeger",
                message="Dieser Träger ist für diese Zeit schon eingetragen.",
            ),
        ]

    def __str__(self):
        return f"{self.schule}: {self.traeger}"


class Schulzugehoerigkeit(Befristet):
    """A person acts for a school in one role, from one day to another.

    `arbeitgeber` is named where it is not the school itself: Schulsozialarbeit is employed by a Träger.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="Person", related_name="schulzugehoerigkeiten"
    )
    schule = models.ForeignKey(Schule, models.PROTECT, verbose_name="Schule", related_name="zugehoerigkeiten")
    rolle = models.CharField("Rolle", max_length=30, choices=choices(SCHULROLLEN))
    arbeitgeber = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Arbeitgeber", null=True, blank=True, related_name="+"
    )

    objects = ZugehoerigkeitQuerySet.as_manager()

    class Meta(Befristet.Meta):
        verbose_name = "Zugehörigkeit zu einer Schule"
        verbose_name_plural = "Zugehörigkeiten zu Schulen"
        ordering = ["person__nachname", "person__vorname", "pk"]
        constraints = [
            *Befristet.Meta.constraints,
            models.CheckConstraint(
                name="schulzugehoerigkeit_rolle_ist_bekannt",
                condition=Q(rolle__in=[rolle.value for rolle in SCHULROLLEN]),
            ),
            einmal_zur_selben_zeit(
                "schulzugehoerigkeit_einmal_zur_selben_zeit",
                "person",
                "schule",
                "rolle",
                message="Diese Person hat die Rolle in dieser Zeit schon.",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_rolle_display()}, {self.schule}"
