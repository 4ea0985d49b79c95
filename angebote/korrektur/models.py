from django.conf import settings
from django.db import models
from django.db.models import Q

from schulerfolg.akte.models import Dokument
from schulerfolg.formular.konflikt import fingerprint

LAENGSTE_ANTWORT = 1000


class Markierung(models.Model):
    """One place of a submitted Antrag that the office asks the school to correct, with the reason and one sentence.

    Exactly this place opens. What the school writes waits in `eingabe` (as it was typed, name of the input → values),
    `antwort` and `dokument`; the Antrag itself changes when everything is sent.
    """

    class Grund(models.TextChoices):
        FALSCH = "falsch", "falsch"
        UNVOLLSTAENDIG = "unvollstaendig", "unvollständig"
        VERALTET = "veraltet", "veraltet"

    nachforderung = models.ForeignKey(
        "angebote.Nachforderung", models.CASCADE, verbose_name="Nachforderung", related_name="markierungen"
    )
    abschnitt = models.SlugField("Abschnitt")
    stelle = models.SlugField("Stelle", max_length=80)
    titel = models.CharField("Angabe", max_length=300)
    grund = models.CharField("Grund", max_length=20, choices=Grund)
    bemerkung = models.CharField("Bemerkung", max_length=300)
    vorher = models.TextField("steht im Antrag", blank=True)

    eingabe = models.JSONField("neue Eingabe", null=True)
    dokument = models.OneToOneField(Dokument, models.PROTECT, verbose_name="neue Datei", null=True, related_name="+")
    antwort = models.TextField("Bemerkung der Schule", max_length=LAENGSTE_ANTWORT, blank=True)
    gespeichert_am = models.DateTimeField("gespeichert am", null=True)
    gespeichert_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="gespeichert durch", null=True, related_name="+"
    )
    nachher = models.TextField("nach der Korrektur", null=True)  # noqa: DJ001 -- empty is a value too: taken out

    class Meta:
        verbose_name = "Markierung"
        verbose_name_plural = "Markierungen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["nachforderung", "stelle"], name="markierung_einmal_je_stelle"),
            models.CheckConstraint(
                name="markierung_hat_grund_und_bemerkung",
                condition=Q(grund__in=["falsch", "unvollstaendig", "veraltet"]) & ~Q(bemerkung=""),
            ),
        ]

    def __str__(self):
        return self.titel

    @property
    def zeichen(self) -> str:
        """By which what waits here is known again."""
        return self.zeichen_mit(self.eingabe, self.antwort)

    def zeichen_mit(self, eingabe, antwort) -> str:
        """The same for other words beside the file that waits here."""
        return fingerprint([eingabe, antwort, self.dokument_id])[:8]

    @property
    def ist_bearbeitet(self) -> bool:
        return self.eingabe is not None or self.dokument_id is not None

    @property
    def ist_fertig(self) -> bool:
        """Whether it can be sent: something is corrected, or a sentence says why it stays."""
        return self.ist_bearbeitet or bool(self.antwort)
