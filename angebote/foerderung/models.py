from decimal import Decimal

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.functional import cached_property

from angebote.foerderung.queries import FoerderregelQuerySet
from angebote.foerderung.waechter import BENUTZTE_ANLAGEN_BLEIBEN, BENUTZTE_BAENDER_BLEIBEN, BENUTZTE_REGEL_BLEIBT
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.geld import euro
from schulerfolg.konten.models import Befristet, einmal_zur_selben_zeit


class Bezug(TextChoices):
    SCHULE = "schule", "Schule"
    ANTRAG = "antrag", "Antrag"


class Bezugszeit(TextChoices):
    KALENDERJAHR = "kalenderjahr", "Kalenderjahr"
    SCHULJAHR = "schuljahr", "Schuljahr"


class Budgetachse(TextChoices):
    KALENDERJAHR = "kalenderjahr", "Kalenderjahr"
    SCHULJAHR = "schuljahr", "Schuljahr (1. August bis 31. Juli)"


class Entscheidungsweg(TextChoices):
    GREMIUM = "gremium", "das Gremium in einer Sitzung"
    UMLAUF = "umlauf", "das Gremium im Umlaufverfahren"
    STELLE = "stelle", "die Netzwerkstelle bis zu einem Betrag, sonst das Gremium"


DURCHFUEHRBAR = (Entscheidungsweg.GREMIUM, Entscheidungsweg.STELLE)
"""The ways that pages carry out; no form offers another one."""


class Bandentscheidung(TextChoices):
    GREMIUM = "gremium", "das Gremium in einer Sitzung"
    STELLE = "stelle", "die Netzwerkstelle, kein Gremium"


class Umfang(TextChoices):
    KURZ = "kurz", "nur eine Seite"
    VOLL = "voll", "alle Abschnitte"


class Anlagenart(TextChoices):
    KOOPERATION = "kooperation", "Kooperationsvereinbarung"
    GESAMTKONFERENZ = "gesamtkonferenz", "Beschluss der Gesamtkonferenz"
    ANERKENNUNG = "anerkennung", "Anerkennung nach § 75 SGB VIII"
    GEMEINNUETZIGKEIT = "gemeinnuetzigkeit", "Nachweis der Gemeinnützigkeit"
    ANGEBOT = "angebot", "Angebot oder Honorarvereinbarung"
    KONZEPT = "konzept", "ausführliches Konzept"
    SONSTIGES = "sonstiges", "sonstige Anlage"


class Format(TextChoices):
    PROJEKTTAG = "projekttag", "Projekttag"
    PROJEKTWOCHE = "projektwoche", "Projektwoche"
    FERIEN = "ferien", "Ferienwerkstatt"
    TRAINING = "training", "Training oder Kurs"
    ELTERNABEND = "elternabend", "Elternabend"
    FORTBILDUNG = "fortbildung", "Fortbildung"
    EXKURSION = "exkursion", "Exkursion"
    REIHE = "reihe", "Reihe über mehrere Wochen"


class Zahlweg(TextChoices):
    SCHULTRAEGER = "schultraeger", "an den Schulträger"
    FOERDERVEREIN = "foerderverein", "an den Förderverein der Schule"
    PARTNER = "partner", "an einen Kooperationspartner"
    STELLE = "stelle", "die Netzwerkstelle bezahlt die Rechnungen selbst"


class Zeitpunkt(TextChoices):
    EINREICHUNG = "einreichung", "bei der Einreichung"
    ENTSCHEIDUNG = "entscheidung", "vor der Entscheidung"
    AUSZAHLUNG = "auszahlung", "vor der Auszahlung"
    OPTIONAL = "optional", "freiwillig"


class Vokabel(models.Model):
    """A word of a controlled list. Words are retired (`aktiv`), never deleted."""

    schluessel = models.SlugField("Schlüssel", unique=True)
    name = models.CharField("Bezeichnung", max_length=120)
    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    aktiv = models.BooleanField("in Gebrauch", default=True)
    bearbeitet_am = models.DateTimeField("bearbeitet am", null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["reihenfolge", "name"]

    def __str__(self):
        return self.name


class Zielgruppe(Vokabel):
    """Whom a BbA is for: pupils, Sorgeberechtigte, teachers and others."""

    class Meta(Vokabel.Meta):
        verbose_name = "Zielgruppe"
        verbose_name_plural = "Zielgruppen"


class Thema(Vokabel):
    """What a BbA is about, from anti-mobbing to Übergänge."""

    class Meta(Vokabel.Meta):
        verbose_name = "Thema"
        verbose_name_plural = "Themen"


class Kostenart(Vokabel):
    """A category of the cost plan, with the questions it raises."""

    foerderfaehig = models.BooleanField("förderfähig", default=True)
    begruendung_pflicht = models.BooleanField("Begründung nötig", default=False)
    hinweis = models.CharField("Hinweis", max_length=300, blank=True)

    class Meta(Vokabel.Meta):
        verbose_name = "Kostenart"
        verbose_name_plural = "Kostenarten"


class Foerderregel(Befristet):
    """What holds for applications at one office from one day to another (fachdossier 3.7).

    The rule of the day of submission is frozen into the application. A rule that an application refers to is
    ended and followed by a new row, never edited: the pages offer nothing else, and the database refuses it.
    """

    netzwerkstelle = models.ForeignKey(
        Netzwerkstelle, models.PROTECT, verbose_name="Netzwerkstelle", related_name="foerderregeln"
    )
    hoechstbetrag = models.DecimalField("Höchstbetrag", max_digits=9, decimal_places=2)
    hoechstbetrag_je = models.CharField("je", max_length=20, choices=Bezug, default=Bezug.SCHULE)
    hoechstbetrag_im = models.CharField("im", max_length=20, choices=Bezugszeit, default=Bezugszeit.KALENDERJAHR)
    hoechstbetrag_hart = models.BooleanField(
        "Höchstbetrag ist verbindlich",
        default=True,
        help_text="Sonst ist er eine Empfehlung, von der das Gremium abweicht.",
    )
    vorlauf_tage = models.PositiveSmallIntegerField("Vorlauf vor Projektbeginn in Tagen", default=28)
    nachweis_tage = models.PositiveSmallIntegerField("Verwendungsnachweis nach Projektende in Tagen", default=56)
    eigenanteil_prozent = models.DecimalField("Eigenanteil in Prozent", max_digits=5, decimal_places=2, default=0)
    mitzeichnung = models.BooleanField("Schulleitung zeichnet mit", default=True)
    vertretung_bei_eigenem = models.BooleanField(
        "Stellvertretung zeichnet, wenn die Schulleitung selbst schreibt", default=False
    )
    entscheidungsweg = models.CharField(
        "Entscheidungsweg", max_length=20, choices=Entscheidungsweg, default=Entscheidungsweg.GREMIUM
    )
    stelle_bis = models.DecimalField(
        "Stelle entscheidet selbst bis", max_digits=9, decimal_places=2, null=True, blank=True
    )
    angebote_ab = models.DecimalField(
        "Vergleichsangebote für Ausgaben über", max_digits=9, decimal_places=2, null=True, blank=True
    )
    angebote_anzahl = models.PositiveSmallIntegerField("Zahl der Vergleichsangebote", default=3)
    angebote_hart = models.BooleanField("Vergleichsangebote sind verbindlich", default=False)
    vorzeitig = models.BooleanField("vorzeitiger Beginn kann zugelassen werden", default=False)
    budgetachse = models.CharField("Budgetjahr", max_length=20, choices=Budgetachse, default=Budgetachse.KALENDERJAHR)
    grundlage = models.CharField("Grundlage", max_length=300, blank=True)
    beispiel = models.BooleanField("Beispielregel der Demo", default=False)

    objects = FoerderregelQuerySet.as_manager()

    class Meta(Befristet.Meta):
        verbose_name = "Förderregel"
        verbose_name_plural = "Förderregeln"
        ordering = ["netzwerkstelle", "-von"]
        constraints = [
            *Befristet.Meta.constraints,
            einmal_zur_selben_zeit(
                "foerderregel_eine_zur_selben_zeit",
                "netzwerkstelle",
                message="In dieser Zeit gilt schon eine andere Regel. Bitte beenden Sie diese zuerst.",
            ),
            models.CheckConstraint(name="foerderregel_hoechstbetrag_positiv", condition=Q(hoechstbetrag__gt=0)),
            models.CheckConstraint(
                name="foerderregel_eigenanteil_ist_prozent",
                condition=Q(eigenanteil_prozent__gte=0, eigenanteil_prozent__lte=100),
            ),
            models.CheckConstraint(
                name="foerderregel_angebote_ueber_null",
                condition=(Q(angebote_ab=None) | Q(angebote_ab__gt=0)) & Q(angebote_anzahl__gte=1),
            ),
            models.CheckConstraint(
                name="foerderregel_stelle_hat_grenze",
                condition=~Q(entscheidungsweg="stelle") | Q(stelle_bis__isnull=False, stelle_bis__gt=0),
                violation_error_message="Bitte nennen Sie den Betrag, bis zu dem die Stelle selbst entscheidet.",
            ),
        ]
        triggers = [BENUTZTE_REGEL_BLEIBT]

    @property
    def angebote_in_worten(self) -> str:
        """„3 Vergleichsangebote“"""
        return "ein Vergleichsangebot" if self.angebote_anzahl == 1 else f"{self.angebote_anzahl} Vergleichsangebote"

    def __str__(self):
        return f"Förderregel {self.netzwerkstelle.kurzname} ab {self.von:%d.%m.%Y}" if self.von else "Förderregel"

    @cached_property
    def stufen(self) -> list["Betragsband"]:
        """Its bands, the lowest first, read once."""
        return list(self.baender.all())

    def band(self, betrag: Decimal) -> "Betragsband | None":
        """The lowest band that reaches up to this sum; None above all of them and before a sum is known."""
        return next((band for band in self.stufen if 0 < betrag <= band.bis), None)

    def verlangt(self, betrag: Decimal) -> list["Anlagenanforderung"]:
        """The documents that go with an application for this sum."""
        band = self.band(betrag)
        return list(self.anlagen.all()) if band is None or band.mit_anlagen else []

    def stelle_entscheidet_bis(self, betrag: Decimal) -> Decimal | None:
        """Up to which award the office decides on an application for this sum by itself; None: the Gremium does."""
        if band := self.band(betrag):
            return band.bis if band.entscheidung == Bandentscheidung.STELLE else None
        return self.stelle_bis if self.entscheidungsweg == Entscheidungsweg.STELLE else None

    def wer_entscheidet(self, betrag: Decimal) -> str:
        band = self.band(betrag)
        return band.get_entscheidung_display() if band else self.get_entscheidungsweg_display()


class Anlagenanforderung(models.Model):
    """Which document a rule asks for, and when it must be there."""

    regel = models.ForeignKey(Foerderregel, models.CASCADE, verbose_name="Förderregel", related_name="anlagen")
    art = models.CharField("Anlage", max_length=30, choices=Anlagenart)
    pflicht_bei = models.CharField("nötig bei", max_length=20, choices=Zeitpunkt, default=Zeitpunkt.EINREICHUNG)

    class Meta:
        verbose_name = "verlangte Anlage"
        verbose_name_plural = "verlangte Anlagen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["regel", "art"], name="anlagenanforderung_art_einmal_je_regel"),
        ]
        triggers = [BENUTZTE_ANLAGEN_BLEIBEN]

    def __str__(self):
        return f"{self.get_art_display()} ({self.get_pflicht_bei_display()})"


class Betragsband(models.Model):
    """What holds for applications up to a sum instead of the rule itself: questions, documents, who decides, proof.

    Above the highest band the rule holds.
    """

    regel = models.ForeignKey(Foerderregel, models.CASCADE, verbose_name="Förderregel", related_name="baender")
    bis = models.DecimalField("bis zu einer beantragten Summe von", max_digits=9, decimal_places=2)
    umfang = models.CharField("Gefragt wird", max_length=20, choices=Umfang, default=Umfang.VOLL)
    entscheidung = models.CharField(
        "Es entscheidet", max_length=20, choices=Bandentscheidung, default=Bandentscheidung.GREMIUM
    )
    mit_anlagen = models.BooleanField("mit den Anlagen der Regel", default=True)
    nachweis = models.CharField("Nachweis", max_length=200, blank=True)

    class Meta:
        verbose_name = "Betragsband"
        verbose_name_plural = "Betragsbänder"
        ordering = ["bis"]
        constraints = [
            models.UniqueConstraint(fields=["regel", "bis"], name="betragsband_grenze_einmal_je_regel"),
            models.CheckConstraint(name="betragsband_grenze_positiv", condition=Q(bis__gt=0)),
            models.CheckConstraint(
                name="betragsband_worte_bekannt",
                condition=Q(umfang__in=Umfang.values, entscheidung__in=Bandentscheidung.values),
            ),
        ]
        triggers = [BENUTZTE_BAENDER_BLEIBEN]

    def __str__(self):
        return f"Bis {euro(self.bis)}: {self.in_worten}"

    @property
    def kurz(self) -> bool:
        return self.umfang == Umfang.KURZ

    @property
    def in_worten(self) -> str:
        """„nur eine Seite; es entscheidet die Netzwerkstelle, kein Gremium; keine Anlagen; Nachweis: …“"""
        teile = [
            self.get_umfang_display(),
            f"es entscheidet {self.get_entscheidung_display()}",
            "" if self.mit_anlagen else "keine Anlagen",
            self.nachweis and f"Nachweis: {self.nachweis}",
        ]
        return "; ".join(filter(None, teile))
