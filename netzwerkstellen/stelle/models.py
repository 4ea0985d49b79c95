from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from netzwerkstellen.organisation.models import Organisation, Stammdatum
from netzwerkstellen.stelle.leitung_bleibt import KONTO_DER_LEITUNG_BLEIBT, LEITUNG_BLEIBT
from netzwerkstellen.stelle.queries import MitarbeitQuerySet, NetzwerkstelleQuerySet, OeffentlichQuerySet
from schulerfolg.akte.models import Ereignis, verweis
from schulerfolg.konten.models import Befristet, Person, einmal_zur_selben_zeit, pruefung_ist_befristet
from schulerfolg.konten.permissions import STELLENROLLEN, choices


class Netzwerkstelle(Stammdatum):
    """One of the 14 regional offices. It looks after the schools of its Landkreis or kreisfreie Stadt."""

    class Art(models.TextChoices):
        LANDKREIS = "LK", "Landkreis"
        STADT = "KS", "kreisfreie Stadt"

    name = models.CharField("Name", max_length=200, unique=True)
    region = models.CharField("Landkreis oder Stadt", max_length=100, unique=True)
    kurzname = models.CharField("Kurzname", max_length=60, unique=True)
    eigenname = models.CharField(
        "eigener Name", max_length=120, blank=True, help_text="Wenn die Stelle in der Region anders genannt wird."
    )
    kuerzel = models.CharField("Kürzel", max_length=3, unique=True)
    slug = models.SlugField("Adresse", unique=True)
    art = models.CharField("Art", max_length=2, choices=Art)
    ags = models.CharField("Gemeindeschlüssel", max_length=5, unique=True)
    nuts3 = models.CharField("NUTS-3", max_length=5, unique=True)
    email = models.EmailField("E-Mail-Adresse der Stelle", blank=True)
    email_oeffentlich = models.BooleanField("Adresse öffentlich zeigen", default=False)
    email_zu_bestaetigen = models.BooleanField("Adresse ist zu bestätigen", default=False)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    website = models.URLField("Internetseite", blank=True)
    beschreibung = models.TextField("Über uns", blank=True)
    bba_name = models.CharField("Name der bildungsbezogenen Angebote vor Ort", max_length=120, blank=True)
    bba_hinweis = models.TextField("Was vor Ort gilt", blank=True)

    teilt_inhalte = models.BooleanField(
        "Die Koordinierungsstelle darf unsere Anträge lesen",
        default=False,
        help_text="Zahlen und Stände sieht sie immer, Inhalte nur mit dieser Erlaubnis, bis Sie sie abwählen.",
    )

    objects = NetzwerkstelleQuerySet.as_manager()

    class Meta:
        verbose_name = "Netzwerkstelle"
        verbose_name_plural = "Netzwerkstellen"
        ordering = ["kurzname"]
        constraints = [
            models.CheckConstraint(name="netzwerkstelle_ags_in_sachsen_anhalt", condition=Q(ags__regex=r"^15\d{3}$")),
            models.CheckConstraint(name="netzwerkstelle_nuts3_in_dee0", condition=Q(nuts3__regex=r"^DEE0[0-9A-E]$")),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("netzwerkstellen:stelle_seite", args=[self.slug])


class Gemeinde(models.Model):
    """A municipality and the office it belongs to: lets people find their office by place."""

    name = models.CharField("Name", max_length=100)
    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="gemeinden"
    )

    class Meta:
        verbose_name = "Gemeinde"
        verbose_name_plural = "Gemeinden"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "netzwerkstelle"], name="gemeinde_einmal_je_stelle"),
        ]

    def __str__(self):
        return self.name


class Standort(Stammdatum):
    """A place where the office can be found. One of them is the Hauptsitz."""

    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="standorte"
    )
    ort = models.CharField("Ort", max_length=100)
    strasse = models.CharField("Straße und Hausnummer", max_length=200, blank=True)
    plz = models.CharField("Postleitzahl", max_length=5, blank=True)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    hauptsitz = models.BooleanField("Hauptsitz", default=False)
    zu_bestaetigen = models.BooleanField("Anschrift ist zu bestätigen", default=False)

    class Meta:
        verbose_name = "Standort"
        verbose_name_plural = "Standorte"
        ordering = ["-hauptsitz", "ort"]
        constraints = [
            models.UniqueConstraint(
                fields=["netzwerkstelle"],
                condition=Q(hauptsitz=True),
                name="standort_ein_hauptsitz_je_stelle",
                violation_error_message="Diese Netzwerkstelle hat schon einen Hauptsitz.",
            ),
            models.UniqueConstraint(
                fields=["netzwerkstelle", "ort", "strasse", "plz"],
                name="standort_einmal_je_stelle",
                violation_error_message="Diesen Standort gibt es schon. Sie können ihn in der Liste bearbeiten.",
            ),
            models.CheckConstraint(
                name="standort_plz_fuenfstellig",
                condition=Q(plz="") | Q(plz__regex=r"^\d{5}$"),
                violation_error_message="Eine Postleitzahl hat fünf Ziffern, zum Beispiel 39576.",
            ),
        ]

    def __str__(self):
        return self.ort


class Traegerschaft(Stammdatum, Befristet):
    """Who runs an office, and from when to when. One Organisation is federführend at a time."""

    class Rolle(models.TextChoices):
        FEDERFUEHREND = "federfuehrend", "federführend"
        PARTNER = "partner", "Partner im Bündnis"

    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="traegerschaften"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Träger", related_name="traegerschaften"
    )
    rolle = models.CharField("Rolle", max_length=20, choices=Rolle, default=Rolle.FEDERFUEHREND)
    oeffentlich = models.BooleanField("öffentlich zeigen", default=True)
    zu_bestaetigen = models.BooleanField("Angabe ist zu bestätigen", default=False)
    quelle = models.CharField("Quelle", max_length=200, blank=True)

    objects = OeffentlichQuerySet.as_manager()

    class Meta(Befristet.Meta):
        verbose_name = "Trägerschaft"
        verbose_name_plural = "Trägerschaften"
        ordering = ["rolle", "-von", "pk"]
        constraints = [
            *Befristet.Meta.constraints,
            models.CheckConstraint(
                name="traegerschaft_rolle_ist_bekannt", condition=Q(rolle__in=["federfuehrend", "partner"])
            ),
            einmal_zur_selben_zeit(
                "traegerschaft_einer_ist_federfuehrend",
                "netzwerkstelle",
                condition=Q(rolle="federfuehrend"),
                message="In dieser Zeit ist schon ein anderer Träger federführend. Bitte beenden Sie zuerst dessen "
                "Trägerschaft, oder wählen Sie „Partner im Bündnis“.",
            ),
            einmal_zur_selben_zeit(
                "traegerschaft_einmal_zur_selben_zeit",
                "netzwerkstelle",
                "organisation",
                message="Dieser Träger ist in dieser Zeit schon eingetragen. Sie können den Eintrag bearbeiten.",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} ({self.get_rolle_display()})"


class Ansprechperson(Stammdatum, Befristet):
    """Somebody to turn to. Shown to everybody only while `oeffentlich` and within the dates."""

    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="ansprechpersonen"
    )
    standort = models.ForeignKey(
        Standort, models.PROTECT, verbose_name="Standort", null=True, blank=True, related_name="ansprechpersonen"
    )
    name = models.CharField("Name", max_length=120)
    funktion = models.CharField("Aufgabe", max_length=120, blank=True)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail-Adresse", blank=True)
    oeffentlich = models.BooleanField(
        "auf der öffentlichen Seite zeigen",
        default=False,
        help_text="Nur mit Einverständnis der Person.",
    )
    zu_bestaetigen = models.BooleanField("Angabe ist zu bestätigen", default=False)

    objects = OeffentlichQuerySet.as_manager()

    class Meta(Befristet.Meta):
        verbose_name = "Ansprechperson"
        verbose_name_plural = "Ansprechpersonen"
        ordering = ["name", "pk"]
        constraints = [
            *Befristet.Meta.constraints,
            einmal_zur_selben_zeit(
                "ansprechperson_einmal_zur_selben_zeit",
                "netzwerkstelle",
                "name",
                "email",
                "telefon",
                message="Diese Ansprechperson ist in dieser Zeit schon eingetragen. Sie können den Eintrag bearbeiten.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def damals_und_heute(self) -> str:
        """The name in a record that never changes."""
        return self.name


class Mitarbeit(Befristet):
    """A person works for an office in one role, from one day to another.

    `zeichnungsbefugt`: may release decisions (a second signature). A new period is a new row.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="Person", related_name="mitarbeiten"
    )
    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="mitarbeiten"
    )
    rolle = models.CharField("Rolle", max_length=30, choices=choices(STELLENROLLEN))
    zeichnungsbefugt = models.BooleanField("zeichnungsbefugt", default=False)

    objects = MitarbeitQuerySet.as_manager()

    class Meta(Befristet.Meta):
        verbose_name = "Mitarbeit"
        verbose_name_plural = "Mitarbeiten"
        ordering = ["person__nachname", "person__vorname", "pk"]
        constraints = [
            *Befristet.Meta.constraints,
            models.CheckConstraint(
                name="mitarbeit_rolle_ist_bekannt", condition=Q(rolle__in=[rolle.value for rolle in STELLENROLLEN])
            ),
            models.CheckConstraint(
                name="mitarbeit_pruefung_zeichnet_nicht", condition=~Q(rolle="pruefung", zeichnungsbefugt=True)
            ),
            einmal_zur_selben_zeit(
                "mitarbeit_einmal_zur_selben_zeit",
                "person",
                "netzwerkstelle",
                "rolle",
                message="Diese Person hat die Rolle in dieser Zeit schon.",
            ),
            pruefung_ist_befristet("mitarbeit_pruefung_ist_befristet"),
        ]
        triggers = [LEITUNG_BLEIBT]

    def __str__(self):
        return f"{self.person}: {self.get_rolle_display()}, {self.netzwerkstelle.kurzname}"

    @property
    def version(self) -> str:
        """What somebody who changes it has before their eyes, as a form carries it."""
        return f"{self.rolle} {self.von} {self.bis} {self.zeichnungsbefugt}"


class Leitungskonto(Person):
    """The account of whoever leads an office. Only a name for the trigger: an account knows nothing of offices."""

    class Meta:
        proxy = True
        verbose_name = "Konto der Leitung"
        verbose_name_plural = "Konten der Leitung"
        default_permissions = ()
        triggers = [KONTO_DER_LEITUNG_BLEIBT]


class Stellenereignis(Ereignis):
    """What was changed in an office's own data, by whom and in which hat."""

    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="ereignisse"
    )
    ansprechperson = verweis("Ansprechperson", "netzwerkstellen.Ansprechperson")
    einladung = verweis("Einladung", "netzwerkstellen.Einladung")

    NENNT = (*Ereignis.NENNT, "ansprechperson", "einladung")

    class Meta(Ereignis.Meta):
        verbose_name = "Ereignis der Netzwerkstelle"
        verbose_name_plural = "Ereignisse der Netzwerkstelle"
