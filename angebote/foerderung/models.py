from django.db import models


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
