from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from angebote.antrag.entschieden_bleibt import ENTSCHIEDEN_BLEIBT, JEDER_SCHRITT_STEHT_IN_DER_GESCHICHTE
from angebote.antrag.folgefragen import JA, NEIN, betrag, gefragt
from angebote.antrag.queries import AntragQuerySet
from angebote.antrag.workflow import ABLAUF, NIE_EINGEREICHT, Status
from angebote.beratung.models import Beratung
from angebote.foerderung.models import (
    Betragsband,
    Foerderregel,
    Format,
    Thema,
    Zahlweg,
    Zielgruppe,
)
from angebote.runde.models import Foerderrunde
from netzwerkstellen.models import Netzwerkstelle, Organisation, Schule
from schulerfolg.akte.models import KEIN_LEEREN
from schulerfolg.kalender import naechster_werktag

NULL_EURO = Decimal("0.00")
JA_ODER_NEIN = [(JA, "ja"), (NEIN, "nein")]
AB_NULL = [MinValueValidator(NULL_EURO, "Bitte geben Sie einen Betrag ab 0,00 € an.")]


def _euro(label, **kwargs):
    kwargs |= {"max_digits": 10, "decimal_places": 2, "default": NULL_EURO, "validators": AB_NULL}
    return models.DecimalField(label, **kwargs)


class Antrag(models.Model):
    """A school's application for money for one BbA. Amounts are euros with two places.

    `status` is the services' alone (workflow.py). `beantragt`: costs less what others pay. `version` counts saves.
    """

    nummer = models.CharField("Antragsnummer", max_length=20, unique=True, null=True, editable=False)  # noqa: DJ001 -- unique where given
    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="antraege"
    )
    schule = models.ForeignKey(Schule, models.PROTECT, verbose_name="Schule", related_name="antraege")
    weitere_schulen = models.ManyToManyField(
        Schule, verbose_name="weitere beteiligte Schulen", blank=True, related_name="mitantraege"
    )
    beratung = models.ForeignKey(
        Beratung, models.PROTECT, verbose_name="Beratung", null=True, blank=True, related_name="antraege"
    )
    vorlage = models.ForeignKey(
        "self", models.PROTECT, verbose_name="übernommen aus", null=True, editable=False, related_name="+"
    )
    runde = models.ForeignKey(
        Foerderrunde, models.PROTECT, verbose_name="Förderrunde", null=True, blank=True, related_name="antraege"
    )
    regel = models.ForeignKey(
        Foerderregel, models.PROTECT, verbose_name="Förderregel", null=True, editable=False, related_name="antraege"
    )
    status = models.CharField("Stand", max_length=30, choices=Status, default=ABLAUF.initial, editable=False)
    version = models.PositiveIntegerField("Fassung des Entwurfs", default=1, editable=False)
    sicherung = models.UUIDField("Schlüssel der letzten Speicherung", null=True, editable=False)
    geteilt = models.BooleanField("mit der Netzwerkstelle geteilt", default=False, editable=False)
    im_auftrag = models.BooleanField("von der Netzwerkstelle angelegt", default=False, editable=False)
    verfasst_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="verfasst durch", related_name="verfasste_antraege"
    )
    zustaendig = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="zuständig",
        null=True,
        editable=False,
        related_name="zustaendige_antraege",
    )
    erinnern = models.BooleanField("an den Entwurf erinnern", default=True, editable=False)
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)
    geaendert_am = models.DateTimeField("geändert am", auto_now=True)
    eingereicht_am = models.DateTimeField("eingereicht am", null=True, editable=False)

    zahlweg = models.CharField("Wer das Geld erhält", max_length=20, choices=Zahlweg, blank=True)
    foerderverein = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Förderverein", null=True, blank=True, related_name="+"
    )
    zahlung_an = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Welcher Partner", null=True, blank=True, related_name="+"
    )
    mit_anderen_schulen = models.BooleanField("Weitere Schulen sind dabei", default=False)

    projektleitung = models.CharField("Projektleitung", max_length=120, blank=True)
    projektleitung_email = models.EmailField("E-Mail-Adresse der Projektleitung", blank=True)
    projektleitung_telefon = models.CharField("Telefon der Projektleitung", max_length=40, blank=True)

    titel = models.CharField("Titel", max_length=150, blank=True)
    kurzbeschreibung = models.TextField("Kurzbeschreibung", max_length=600, blank=True)
    ausgangslage = models.TextField("Ausgangslage und Bedarf", max_length=4000, blank=True)
    ablauf = models.TextField("Inhalte und Ablauf", max_length=6000, blank=True)
    nachhaltigkeit = models.TextField("Was bleibt", max_length=3000, blank=True)
    oeffentlichkeit = models.TextField("Wie andere davon erfahren", max_length=600, blank=True)
    grundsaetze = models.TextField("Wie alle mitmachen können", max_length=1000, blank=True)
    themen = models.ManyToManyField(Thema, verbose_name="Themen", blank=True, related_name="+")
    format = models.CharField("Format", max_length=20, choices=Format, blank=True)

    beginn = models.DateField("Beginn", null=True, blank=True)
    ende = models.DateField("Ende", null=True, blank=True)
    ort = models.CharField("Ort", max_length=150, blank=True)
    zielgruppen = models.ManyToManyField(
        Zielgruppe, through="angebote.Zielgruppenzahl", verbose_name="Zielgruppen", related_name="+"
    )
    teilnehmende = models.PositiveIntegerField("Teilnehmende (geplant)", null=True, editable=False)
    klassenstufen = models.CharField("Klassenstufen", max_length=60, blank=True)

    eigenmittel = _euro("Eigenmittel der Schule oder des Trägers", blank=True)
    mit_teilnahmebeitraegen = models.BooleanField("Familien oder Teilnehmende zahlen etwas dazu", default=False)
    teilnahmebeitraege = _euro("Teilnahmebeiträge", blank=True)
    mit_drittmitteln = models.BooleanField("Es gibt Geld von anderen", default=False)
    drittmittel = _euro("Geld von anderen", blank=True)
    drittmittel_von = models.CharField("Von wem", max_length=150, blank=True)
    beantragt = _euro("beantragte Förderung", editable=False)

    externe = models.CharField("Arbeiten Externe mit Kindern?", max_length=4, choices=JA_ODER_NEIN, blank=True)
    erklaert_fuehrungszeugnis = models.BooleanField("Führungszeugnisse eingesehen", default=False)
    begonnen = models.CharField(
        "Haben Sie schon bestellt, beauftragt oder gebucht?", max_length=4, choices=JA_ODER_NEIN, blank=True
    )
    begonnen_was = models.TextField("Was schon bestellt oder gebucht ist, und seit wann", max_length=1000, blank=True)
    erklaert_beginn = models.BooleanField("noch nicht begonnen", default=False)
    erklaert_doppelt = models.BooleanField("nicht doppelt gefördert", default=False)
    erklaert_eu = models.BooleanField("Hinweis auf die Europäische Union", default=False)
    erklaert_daten = models.BooleanField("keine Namen von Kindern", default=False)
    erklaert_richtig = models.BooleanField("Angaben richtig und vollständig", default=False)
    erklaerungen_fassung = models.JSONField("Fassungen der Erklärungen", default=dict, editable=False)

    bewilligt = models.DecimalField(
        "bewilligter Betrag", max_digits=10, decimal_places=2, null=True, blank=True, editable=False
    )
    auflagen = models.TextField("Auflagen", blank=True, editable=False)

    objects = AntragQuerySet.as_manager()

    class Meta:
        verbose_name = "Antrag"
        verbose_name_plural = "Anträge"
        ordering = ["-geaendert_am", "-pk"]
        triggers = [ENTSCHIEDEN_BLEIBT, JEDER_SCHRITT_STEHT_IN_DER_GESCHICHTE, KEIN_LEEREN]
        indexes = [
            models.Index(fields=["netzwerkstelle", "status", "-eingereicht_am"], name="antrag_je_stelle"),
            models.Index(fields=["schule", "status"], name="antrag_je_schule"),
            models.Index(fields=["zustaendig", "status"], name="antrag_je_zustaendig"),
        ]
        constraints = [
            models.CheckConstraint(name="antrag_status_ist_bekannt", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="antrag_ende_nach_beginn",
                condition=Q(beginn=None) | Q(ende=None) | Q(ende__gte=F("beginn")),
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                name="antrag_betraege_nicht_negativ",
                condition=Q(beantragt__gte=0, eigenmittel__gte=0, teilnahmebeitraege__gte=0, drittmittel__gte=0),
            ),
            models.CheckConstraint(
                name="antrag_eingereicht_hat_nummer_und_regel",
                condition=Q(status__in=NIE_EINGEREICHT, nummer=None)
                | Q(nummer__isnull=False, eingereicht_am__isnull=False, regel__isnull=False)
                & ~Q(status__in=NIE_EINGEREICHT),
            ),
            models.CheckConstraint(
                name="antrag_bewilligt_hoechstens_beantragt",
                condition=Q(bewilligt=None) | Q(bewilligt__gt=0, bewilligt__lte=F("beantragt")),
            ),
            models.CheckConstraint(
                name="antrag_bewilligt_hat_betrag",
                condition=~Q(status__in=[Status.BESCHLOSSEN, Status.BEWILLIGT]) | Q(bewilligt__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.nummer} {self.anzeigetitel}" if self.nummer else self.anzeigetitel

    def get_absolute_url(self):
        return reverse("antraege:antrag", args=[self.pk])

    @property
    def anzeigetitel(self) -> str:
        return self.titel or "Noch ohne Titel"

    @property
    def stelle_sieht_entwurf(self) -> bool:
        return self.geteilt or self.im_auftrag

    @cached_property
    def regel_heute(self) -> Foerderregel | None:
        """The rule in force at its office today, asked once; the one that counts for good is frozen on submission."""
        gelesen = getattr(self.netzwerkstelle, "regeln_von_heute", None)
        if gelesen is not None:
            return next(iter(gelesen), None)
        return Foerderregel.objects.filter(netzwerkstelle=self.netzwerkstelle_id).gueltig().first()

    @property
    def band(self) -> Betragsband | None:
        """What the rule says of a sum like this one; None: nothing beside the rule itself."""
        regel = self.regel or self.regel_heute
        return regel.band(self.beantragt) if regel else None

    @property
    def wer_entscheidet(self) -> str:
        regel = self.regel or self.regel_heute
        return regel.wer_entscheidet(self.beantragt) if regel else ""

    @property
    def stelle_entscheidet_bis(self) -> Decimal | None:
        """Up to which award the office decides on it by itself, by the frozen rule; None: the Gremium does."""
        return self.regel.stelle_entscheidet_bis(self.beantragt) if self.regel else None

    @property
    def kurz(self) -> bool:
        """Whether one page is enough for this sum."""
        return bool(self.band and self.band.kurz)

    @property
    def steht_auf_tagesordnung(self) -> bool:
        return self.status == Status.IM_GREMIUM

    def beginnt_vor(self, tag) -> bool:
        """Whether the project is to begin before this day, or on it."""
        return self.beginn is not None and self.beginn <= tag

    @property
    def nachweis_bis(self) -> date | None:
        """The last day of the proof of use, by the rule that was frozen: a working day."""
        if self.regel is None or self.ende is None:
            return None
        return naechster_werktag(self.ende + timedelta(days=self.regel.nachweis_tage))

    @property
    def andere_mittel(self) -> Decimal:
        return self.eigenmittel + betrag(self, "teilnahmebeitraege") + betrag(self, "drittmittel")

    @property
    def geld_an(self) -> Organisation | None:
        """The Förderverein or partner that receives the money; with a single partner it need not be named."""
        if gefragt(self, "foerderverein"):
            return self.foerderverein
        if not gefragt(self, "zahlung_an"):
            return None
        partner = [] if self.zahlung_an else list(self.partner.select_related("organisation")[:2])
        return partner[0].organisation if len(partner) == 1 else self.zahlung_an

    @property
    def schulen_dabei(self) -> models.QuerySet[Schule]:
        """The other schools that take part."""
        return self.weitere_schulen.all() if gefragt(self, "weitere_schulen") else self.weitere_schulen.none()
