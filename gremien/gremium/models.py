from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.urls import reverse

from gremien.gremium.queries import GremiumQuerySet, MitgliedschaftQuerySet
from netzwerkstellen.models import Netzwerkstelle, Organisation
from schulerfolg.konten.models import Befristet, einmal_zur_selben_zeit

GESETZ = "§§ 88 bis 93 VwVfG"


class Art(TextChoices):
    VERGABE = "vergabe", "Vergabegremium"
    BEIRAT = "beirat", "Beirat"
    STEUERGRUPPE = "steuergruppe", "Steuergruppe"
    AUSSCHUSS = "ausschuss", "Ausschuss"
    ARBEITSKREIS = "arbeitskreis", "Arbeitskreis"


class Gremium(models.Model):
    """A committee of one office, with the rules by which it resolves and their legal basis.

    Defaults are those of VwVfG §§ 88–93; who deviates cites a basis (`grundlage`), the database insists.
    """

    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="gremien"
    )
    name = models.CharField("Name", max_length=150)
    art = models.CharField("Art", max_length=20, choices=Art, default=Art.VERGABE)
    beschliesst = models.BooleanField("entscheidet über Anträge", default=True)
    ladungsfrist_tage = models.PositiveSmallIntegerField("Ladungsfrist in Tagen", default=14)
    mindestens = models.PositiveSmallIntegerField("Mindestzahl Anwesender", default=3)
    vorsitz_entscheidet = models.BooleanField("bei Gleichstand entscheidet die Stimme des Vorsitzes", default=True)
    grundlage = models.CharField(
        "Rechtsgrundlage",
        max_length=300,
        default="§§ 88 bis 93 VwVfG",
        help_text="Wer von den Regeln des Gesetzes abweicht, nennt hier die Vorschrift oder Geschäftsordnung.",
    )

    objects = GremiumQuerySet.as_manager()

    class Meta:
        verbose_name = "Gremium"
        verbose_name_plural = "Gremien"
        ordering = ["netzwerkstelle", "name"]
        constraints = [
            models.UniqueConstraint(fields=["netzwerkstelle", "name"], name="gremium_name_einmal_je_stelle"),
            models.CheckConstraint(
                name="gremium_abweichung_nennt_grundlage",
                condition=Q(mindestens__gte=3, vorsitz_entscheidet=True) | ~Q(grundlage__in=["", "§§ 88 bis 93 VwVfG"]),
                violation_error_message="Diese Regel weicht vom Gesetz ab. Bitte nennen Sie die Grundlage dafür.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("gremien:gremium", args=[self.pk])

    @property
    def orte(self) -> tuple[str, str]:
        """The places whose hats count towards it."""
        return self.netzwerkstelle.name, self.name


class Mitgliedschaft(Befristet):
    """A person sits in a Gremium, sent by an Organisation, from one day to another.

    Papers open only after the Verschwiegenheitsverpflichtung is on record (`verschwiegen_am`).
    """

    class Rolle(TextChoices):
        VORSITZ = "vorsitz", "Vorsitz"
        STELLV_VORSITZ = "stellv_vorsitz", "stellvertretender Vorsitz"
        SCHRIFTFUEHRUNG = "schriftfuehrung", "Schriftführung"
        MITGLIED = "mitglied", "Mitglied"

    LEITEN = (Rolle.VORSITZ, Rolle.STELLV_VORSITZ)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="Person", related_name="mitgliedschaften"
    )
    gremium = models.ForeignKey(Gremium, models.PROTECT, verbose_name="Gremium", related_name="mitgliedschaften")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="entsandt von", null=True, blank=True, related_name="+"
    )
    rolle = models.CharField("Rolle", max_length=20, choices=Rolle, default=Rolle.MITGLIED)
    stimmrecht = models.BooleanField("stimmberechtigt", default=True)
    vertritt = models.ForeignKey(
        "self", models.PROTECT, verbose_name="vertritt", null=True, blank=True, related_name="vertretungen"
    )
    verschwiegen_am = models.DateField("zur Verschwiegenheit verpflichtet am", null=True, blank=True)

    objects = MitgliedschaftQuerySet.as_manager()

    class Meta(Befristet.Meta):
        verbose_name = "Mitgliedschaft"
        verbose_name_plural = "Mitgliedschaften"
        ordering = ["person__nachname", "person__vorname", "pk"]
        constraints = [
            *Befristet.Meta.constraints,
            einmal_zur_selben_zeit(
                "mitgliedschaft_einmal_zur_selben_zeit",
                "person",
                "gremium",
                message="Diese Person gehört in dieser Zeit schon zum Gremium.",
            ),
            einmal_zur_selben_zeit(
                "mitgliedschaft_ein_vorsitz",
                "gremium",
                condition=Q(rolle="vorsitz"),
                message="In dieser Zeit hat schon jemand anderes den Vorsitz.",
            ),
            models.CheckConstraint(name="mitgliedschaft_vertritt_nicht_sich", condition=~Q(vertritt=F("pk"))),
        ]

    def __str__(self):
        return f"{self.person}, {self.get_rolle_display()}"

    @property
    def leitet(self) -> bool:
        """Chairs the Gremium, or stands in for the chair: that hat asks for a second factor."""
        return self.rolle in self.LEITEN
