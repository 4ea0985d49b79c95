"""The rows of an application: its goals, for whom it is, who carries it out, what it costs, and in which year."""

from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format

from angebote.antrag.models import Antrag
from angebote.foerderung.models import Kostenart, Zielgruppe
from netzwerkstellen.models import Organisation
from schulerfolg.geld import euro, rounded

HOECHSTENS_ZIELE = 3
MEISTE_TEILNEHMENDE = 100_000


class Projektziel(models.Model):
    """What is to be different afterwards, by what it is noticed, and what shows it. In a draft it may have gaps."""

    antrag = models.ForeignKey(Antrag, models.CASCADE, verbose_name="Antrag", related_name="ziele")
    nummer = models.PositiveSmallIntegerField("Nummer")
    ziel = models.TextField("Ziel", max_length=1000, blank=True)
    indikator = models.TextField("Woran Sie es merken", max_length=500, blank=True)
    nachweis = models.TextField("Womit Sie es zeigen", max_length=500, blank=True)

    class Meta:
        verbose_name = "Ziel"
        verbose_name_plural = "Ziele"
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "nummer"], name="projektziel_einmal_je_nummer"),
            models.CheckConstraint(
                name="projektziel_nummer_bis_drei", condition=Q(nummer__gte=1, nummer__lte=HOECHSTENS_ZIELE)
            ),
        ]

    def __str__(self):
        return self.ziel

    @property
    def in_worten(self) -> str:
        rest = [("Woran wir es merken", self.indikator), ("Womit wir es zeigen", self.nachweis)]
        return "\n".join(filter(None, [self.ziel, *(f"{frage}: {text}" for frage, text in rest if text)]))


class Zielgruppenzahl(models.Model):
    """How many of a Zielgruppe are to take part, about."""

    antrag = models.ForeignKey(Antrag, models.CASCADE, verbose_name="Antrag", related_name="gruppen")
    zielgruppe = models.ForeignKey(Zielgruppe, models.PROTECT, verbose_name="Zielgruppe", related_name="+")
    anzahl = models.PositiveIntegerField("Anzahl")

    class Meta:
        verbose_name = "Zielgruppe des Antrags"
        verbose_name_plural = "Zielgruppen des Antrags"
        ordering = ["zielgruppe__reihenfolge", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "zielgruppe"], name="zielgruppenzahl_einmal_je_antrag"),
            models.CheckConstraint(
                name="zielgruppenzahl_ist_eine", condition=Q(anzahl__gte=1, anzahl__lte=MEISTE_TEILNEHMENDE)
            ),
        ]

    def __str__(self):
        return f"{self.zielgruppe}: {self.anzahl}"


class Antragspartner(models.Model):
    """An Organisation that carries out the project together with the school."""

    antrag = models.ForeignKey(Antrag, models.CASCADE, verbose_name="Antrag", related_name="partner")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="Organisation", related_name="partnerschaften"
    )
    aufgabe = models.TextField("Aufgabe im Projekt", max_length=1000)

    class Meta:
        verbose_name = "Kooperationspartner"
        verbose_name_plural = "Kooperationspartner"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["antrag", "organisation"],
                name="antragspartner_einmal_je_antrag",
                violation_error_message="Diese Organisation ist schon eingetragen.",
            ),
        ]

    def __str__(self):
        return str(self.organisation)

    @property
    def in_worten(self) -> str:
        return f"{self.organisation}: {self.aufgabe}"


class Kostenposten(models.Model):
    """One row of the cost plan. The database multiplies: `betrag` = quantity × price, in euros."""

    antrag = models.ForeignKey(Antrag, models.CASCADE, verbose_name="Antrag", related_name="kostenposten")
    kostenart = models.ForeignKey(Kostenart, models.PROTECT, verbose_name="Kostenart", related_name="+")
    beschreibung = models.CharField("Wofür", max_length=200)
    menge = models.DecimalField("Menge", max_digits=8, decimal_places=2, default=1)
    einheit = models.CharField("Einheit", max_length=30, blank=True)
    einzelpreis = models.DecimalField("Einzelpreis", max_digits=9, decimal_places=2)
    begruendung = models.CharField("Begründung", max_length=300, blank=True)
    betrag = models.GeneratedField(
        expression=F("menge") * F("einzelpreis"),
        output_field=models.DecimalField("Betrag", max_digits=12, decimal_places=2),
        db_persist=True,
    )

    class Meta:
        verbose_name = "Kostenposten"
        verbose_name_plural = "Kostenposten"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="kostenposten_positiv", condition=Q(menge__gt=0, einzelpreis__gt=0)),
        ]

    def __str__(self):
        return self.beschreibung

    @property
    def menge_in_worten(self) -> str:
        """„24 Stunden“"""
        return f"{number_format(self.menge.normalize(), use_l10n=True)} {self.einheit}".strip()

    @property
    def in_worten(self) -> str:
        """„Honorare: Theaterpädagogik, 24 Stunden × 50,00 € = 1.200,00 €“"""
        preis, betrag = euro(self.einzelpreis), euro(rounded(self.menge * self.einzelpreis))
        warum = f" (Begründung: {self.begruendung})" if self.begruendung else ""
        return f"{self.kostenart}: {self.beschreibung}, {self.menge_in_worten} × {preis} = {betrag}{warum}"


class Jahresanteil(models.Model):
    """What the writer wants from the money of one budget year, in euros; the last year of a project gets the rest."""

    antrag = models.ForeignKey(Antrag, models.CASCADE, verbose_name="Antrag", related_name="jahresanteile")
    jahr = models.PositiveSmallIntegerField("Budgetjahr")
    betrag = models.DecimalField("Betrag", max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = "Jahresanteil"
        verbose_name_plural = "Jahresanteile"
        ordering = ["jahr"]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "jahr"], name="jahresanteil_einmal_je_jahr"),
            models.CheckConstraint(name="jahresanteil_nicht_negativ", condition=Q(betrag__gte=0)),
        ]

    def __str__(self):
        return str(self.jahr)
