"""The ground every app stands on: events, documents, numbers, answered requests and jobs.

Other apps point to these rows; these rows point to nobody.
"""

import hashlib
import re
from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from schulerfolg.akte.queries import AuftragQuerySet, EinsichtQuerySet, EreignisQuerySet

KEIN_LEEREN = pgtrigger.Trigger(
    name="kein_leeren",
    operation=pgtrigger.Truncate,
    when=pgtrigger.Before,
    level=pgtrigger.Statement,
    func="RAISE EXCEPTION 'append-only: % is never truncated', TG_TABLE_NAME;",
)
APPEND_ONLY = [
    pgtrigger.Protect(name="keine_aenderung", operation=pgtrigger.Update | pgtrigger.Delete),
    KEIN_LEEREN,
]
GELOESCHT = "eine gelöschte Person"
PLATZHALTER = re.compile(r"\{(\w+)\}")


def verweis(verbose_name: str, ziel: str = settings.AUTH_USER_MODEL) -> models.ForeignKey:
    """Somebody of whom a text tells that never changes. Whoever is deleted leaves a number behind and no name."""
    return models.ForeignKey(
        ziel, models.DO_NOTHING, verbose_name=verbose_name, null=True, db_constraint=False, related_name="+"
    )


class Ereignis(models.Model):
    """Something that happened, told for good: who, in which hat, when, and why.

    Every workflow has its own table with a real foreign key to what it tells of; a concrete class inherits
    `Meta` from here and so the triggers that refuse UPDATE, DELETE and TRUNCATE. `text` never names people: where one
    belongs, it holds the name of a column of `NENNT` in braces, such as `{betrifft}`; see `in_worten`.
    """

    NENNT: tuple[str, ...] = ("betrifft", "betrifft_auch")

    schritt = models.CharField("Schritt", max_length=60)
    text = models.CharField("was geschah", max_length=500)
    betrifft = verweis("betrifft")
    betrifft_auch = verweis("betrifft auch")
    begruendung = models.TextField("Begründung", blank=True)
    durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="durch", null=True, related_name="+"
    )
    rolle = models.CharField("in der Rolle", max_length=120)
    am = models.DateTimeField("am", default=timezone.now)

    objects = EreignisQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-am", "-pk"]
        triggers = APPEND_ONLY

    def __str__(self):
        return self.in_worten

    @property
    def in_worten(self) -> str:
        """What happened, with everybody it tells of by the name they carry today."""
        return PLATZHALTER.sub(self._name, self.text)

    def _name(self, platzhalter: re.Match) -> str:
        if platzhalter[1] not in self.NENNT:
            return platzhalter[0]
        try:
            wer = getattr(self, platzhalter[1])
        except ObjectDoesNotExist:
            wer = None
        return wer.damals_und_heute if wer else GELOESCHT

    @property
    def wer(self) -> str:
        """Who did it: as they were called then, and who that is today. What nobody did, the portal did."""
        return self.durch.damals_und_heute if self.durch else "Das Portal"


class Schrittereignis(Ereignis):
    """One step of a workflow, from one status to another; the same twice where nothing moved, `von` empty at first."""

    von = models.CharField("von", max_length=30, blank=True)
    nach = models.CharField("nach", max_length=30)

    class Meta(Ereignis.Meta):
        abstract = True


class Dokument(models.Model):
    """A file as it was sent or received. Its bytes are never rendered again and never change.

    `inhalt` holds at most some 10 MB; `sha256` is 64 hexadecimal digits and checked by the database.
    """

    art = models.CharField("Art", max_length=40)
    name = models.CharField("Dateiname", max_length=200)
    medientyp = models.CharField("Medientyp", max_length=100)
    inhalt = models.BinaryField("Inhalt")
    groesse = models.PositiveIntegerField("Größe in Byte")
    sha256 = models.CharField("Prüfsumme", max_length=64)
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)

    class Meta:
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"
        ordering = ["-erstellt_am"]
        triggers = [
            pgtrigger.Protect(name="keine_aenderung", operation=pgtrigger.Update),
            KEIN_LEEREN,
        ]
        constraints = [
            models.CheckConstraint(
                name="dokument_pruefsumme_stimmt",
                condition=Q(sha256=Func(Func(F("inhalt"), function="sha256"), Value("hex"), function="encode")),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sha256 = hashlib.sha256(self.inhalt).hexdigest()
        self.groesse = len(self.inhalt)
        super().save(*args, **kwargs)


class Zaehler(models.Model):
    """The last number given out under a key such as `antrag:HZ:2027`; see `services.next_number`."""

    schluessel = models.CharField("Schlüssel", max_length=80, unique=True)
    letzte = models.PositiveIntegerField("letzte Nummer")

    class Meta:
        verbose_name = "Zähler"
        verbose_name_plural = "Zähler"

    def __str__(self):
        return f"{self.schluessel}: {self.letzte}"


class Idempotenz(models.Model):
    """A form that was already answered. Sent a second time, it gets the first answer again."""

    person = models.BigIntegerField("Person")
    schluessel = models.UUIDField("Schlüssel des Formulars")
    antwort = models.CharField("Adresse der Antwort", max_length=500, blank=True)
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)

    class Meta:
        verbose_name = "beantwortetes Formular"
        verbose_name_plural = "beantwortete Formulare"
        constraints = [
            models.UniqueConstraint(fields=["person", "schluessel"], name="idempotenz_einmal_je_person"),
        ]

    def __str__(self):
        return str(self.schluessel)


class Auftrag(models.Model):
    """Work for the worker: written with the change that asks for it, done after that change is certain.

    `art` names an entry of `auftraege` in the `apps.py` of an app; `nutzlast` holds ids only.
    """

    art = models.CharField("Art", max_length=40)
    nutzlast = models.JSONField("Nutzlast", default=dict)
    schluessel = models.CharField("Schlüssel", max_length=120, unique=True)
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)
    faellig_am = models.DateTimeField("fällig am", default=timezone.now)
    versuche = models.PositiveSmallIntegerField("Versuche", default=0)
    letzter_fehler = models.TextField("letzter Fehler", blank=True)
    erledigt_am = models.DateTimeField("erledigt am", null=True)
    aufgegeben_am = models.DateTimeField("aufgegeben am", null=True)

    objects = AuftragQuerySet.as_manager()

    class Meta:
        verbose_name = "Auftrag"
        verbose_name_plural = "Aufträge"
        ordering = ["faellig_am", "pk"]
        indexes = [
            models.Index(fields=["faellig_am"], name="auftrag_offen", condition=Q(erledigt_am=None, aufgegeben_am=None))
        ]

    def __str__(self):
        return f"{self.art} ({self.schluessel})"


class Lebenszeichen(models.Model):
    """When a helper last did its round to the end: one row each, written over. See `/status/`."""

    class Helfer(models.TextChoices):
        ARBEIT = "arbeit", "Dienst im Hintergrund"
        TAGESLAUF = "tageslauf", "täglicher Lauf"
        SICHERUNG = "sicherung", "Sicherung"

    helfer = models.CharField("Helfer", max_length=20, unique=True, choices=Helfer.choices)
    am = models.DateTimeField("zuletzt")
    notiz = models.CharField("Notiz", max_length=200, blank=True)

    class Meta:
        verbose_name = "Lebenszeichen"
        verbose_name_plural = "Lebenszeichen"

    def __str__(self):
        return f"{self.get_helfer_display()}: {self.am:%d.%m.%Y %H:%M}"


class Einsicht(models.Model):
    """Somebody opened a case, a paper or a private file: who, when and in which hat.

    Once per person, object and hour, so that reloading a page tells nothing. The object is named by its kind, its
    number and what it was called that day: these rows point to people only. The kinds are those of the subjects.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="Person", related_name="+")
    art = models.CharField("Art", max_length=20)
    nummer = models.BigIntegerField("Nummer")
    was = models.CharField("was geöffnet wurde", max_length=200)
    rolle = models.CharField("in der Rolle", max_length=200)
    stelle = models.CharField("Kürzel der Netzwerkstelle", max_length=3)
    am = models.DateTimeField("am", default=timezone.now)
    stunde = models.DateTimeField("Stunde")

    objects = EinsichtQuerySet.as_manager()

    class Meta:
        verbose_name = "Einsicht"
        verbose_name_plural = "Einsichten"
        ordering = ["-am", "-pk"]
        triggers = APPEND_ONLY
        constraints = [
            models.UniqueConstraint(
                fields=["art", "nummer", "person", "stunde"], name="einsicht_einmal_je_person_und_stunde"
            ),
            models.CheckConstraint(
                name="einsicht_stunde_passt", condition=Q(am__gte=F("stunde"), am__lt=F("stunde") + timedelta(hours=1))
            ),
        ]
        indexes = [models.Index(fields=["stelle", "-am"], name="einsicht_je_stelle")]

    def __str__(self):
        return f"{self.person}: {self.was}"
