from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils import timezone

from schulerfolg.akte.models import GELOESCHT, Ereignis
from schulerfolg.konten.models_post import Mail as Mail
from schulerfolg.konten.models_post import Postwunsch as Postwunsch
from schulerfolg.konten.permissions import LANDESROLLEN, choices
from schulerfolg.konten.queries import (
    AbwesenheitQuerySet,
    BefristetQuerySet,
    EingabeQuerySet,
    PersonManager,
)
from schulerfolg.zeit import zeitraum


class Zeitraum(Func):
    """The days from `von` to `bis`, both included, for constraints that forbid an overlap."""

    function = "daterange"
    output_field = models.Field()

    def __init__(self):
        super().__init__(F("von"), F("bis"), RangeBoundary(inclusive_lower=True, inclusive_upper=True))


def einmal_zur_selben_zeit(name: str, *fields: str, condition: Q | None = None, message: str) -> ExclusionConstraint:
    """No two rows with these same fields may hold on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[(field, RangeOperators.EQUAL) for field in fields] + [(Zeitraum(), RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )


def pruefung_ist_befristet(name: str) -> models.CheckConstraint:
    """Whoever audits has a first and a last day, and twelve months at most lie between them."""
    zwoelf_monate = Func(
        F("von"), template="(%(expressions)s + interval '1 year')", output_field=models.DateTimeField()
    )
    return models.CheckConstraint(
        name=name,
        condition=~Q(rolle="pruefung") | Q(von__isnull=False, bis__isnull=False, bis__lt=zwoelf_monate),
        violation_error_message="Eine Prüfung hat einen ersten und einen letzten Tag und dauert höchstens 12 Monate.",
    )


class Befristet(models.Model):
    """Something that holds from one day to another, both included. Empty means: not limited, or not known."""

    von = models.DateField("von", null=True, blank=True)
    bis = models.DateField("bis", null=True, blank=True)

    objects = BefristetQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ende_nach_beginn",
                condition=Q(von=None) | Q(bis=None) | Q(bis__gte=F("von")),
                violation_error_message="Das Ende liegt vor dem Beginn. Bitte prüfen Sie die beiden Tage.",
            )
        ]

    def clean(self):
        """Say it at the field, and before a constraint builds a range that ends before it begins."""
        if self.von and self.bis and self.bis < self.von:
            raise ValidationError({"bis": "Das Ende liegt vor dem Beginn. Bitte prüfen Sie die beiden Tage."})

    @property
    def ist_gueltig(self) -> bool:
        tag = timezone.localdate()
        return (self.von is None or self.von <= tag) and (self.bis is None or self.bis >= tag)


class Person(AbstractBaseUser):
    """Somebody who can sign in. What they may do follows from where they belong, never from this row.

    No pupils and no parents: only people who act for a school, an office, a Träger, a Gremium or the Land.
    """

    email = models.EmailField("E-Mail-Adresse", unique=True)
    vorname = models.CharField("Vorname", max_length=100)
    nachname = models.CharField("Nachname", max_length=100)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    funktion = models.CharField("Funktion", max_length=100, blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    zusammengefuehrt_mit = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="zusammengeführt mit",
        null=True,
        editable=False,
        related_name="zusammengefuehrte",
    )
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)

    objects = PersonManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["vorname", "nachname"]

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        ordering = ["nachname", "vorname", "pk"]
        constraints = [
            models.CheckConstraint(name="person_email_kleingeschrieben", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="person_zusammengefuehrt_ist_gesperrt",
                condition=Q(zusammengefuehrt_mit=None) | Q(is_active=False),
            ),
        ]

    def __str__(self):
        return f"{self.vorname} {self.nachname}".strip() or GELOESCHT

    def get_full_name(self):
        return str(self)

    @property
    def damals_und_heute(self) -> str:
        """The name in a record that never changes, and who that is today where two accounts have become one."""
        heute = self.zusammengefuehrt_mit
        return f"{self} (heute: {heute})" if heute is not None and str(heute) != str(self) else str(self)

    @property
    def ohne_konto(self) -> bool:
        """Has no password: never invited in, or it was taken away when the account was closed."""
        return not self.has_usable_password()

    @property
    def wartet_auf_anmeldung(self) -> bool:
        """Known by name, but has not signed in yet: the password comes with the answer to an invitation."""
        return self.is_active and self.ohne_konto and self.last_login is None


class Kontoereignis(Ereignis):
    """What happened to an account: closed, opened again, joined with another one, looked through, a right to audit.

    Absences too, entered or ended by oneself or by others.
    """

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="Person", related_name="kontoereignisse")

    class Meta(Ereignis.Meta):
        verbose_name = "Ereignis des Kontos"
        verbose_name_plural = "Ereignisse des Kontos"


class Abwesenheit(Befristet):
    """Somebody is away from one day to another, both included, and a colleague stands in.

    The colleague hears and sees what waits; what they may do follows from their own hats alone.
    """

    von = models.DateField("von")
    bis = models.DateField("bis")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="Person", related_name="abwesenheiten")
    vertretung = models.ForeignKey(Person, models.PROTECT, verbose_name="Vertretung", related_name="vertretungen")
    notiz = models.CharField("Hinweis für die Vertretung", max_length=300, blank=True)
    eingetragen_am = models.DateTimeField("eingetragen am", auto_now_add=True)
    eingetragen_durch = models.ForeignKey(
        Person, models.PROTECT, verbose_name="eingetragen durch", editable=False, related_name="+"
    )

    objects = AbwesenheitQuerySet.as_manager()

    class Meta(Befristet.Meta):
        verbose_name = "Abwesenheit"
        verbose_name_plural = "Abwesenheiten"
        ordering = ["von", "pk"]
        constraints = [
            *Befristet.Meta.constraints,
            models.CheckConstraint(
                name="abwesenheit_vertritt_jemand_anderes",
                condition=~Q(person=F("vertretung")),
                violation_error_message="Die Vertretung ist eine andere Person.",
            ),
            einmal_zur_selben_zeit(
                "abwesenheit_einmal_zur_selben_zeit",
                "person",
                message="In dieser Zeit ist schon eine Abwesenheit eingetragen.",
            ),
        ]

    def __str__(self):
        return f"{self.person}, {zeitraum(self.von, self.bis)}"

    @property
    def in_worten(self) -> str:
        """Beside a name: „abwesend bis 12.03.2027, vertreten durch Anja Kern“."""
        return f"abwesend bis {self.bis:%d.%m.%Y}, vertreten durch {self.vertretung}"


class Landesrolle(Befristet):
    """A hat that is not tied to one office: the coordination office, or an auditor for the whole Land."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="Person", related_name="landesrollen")
    rolle = models.CharField("Rolle", max_length=30, choices=choices(LANDESROLLEN))

    class Meta(Befristet.Meta):
        verbose_name = "Landesrolle"
        verbose_name_plural = "Landesrollen"
        constraints = [
            *Befristet.Meta.constraints,
            models.CheckConstraint(
                name="landesrolle_ist_bekannt", condition=Q(rolle__in=[rolle.value for rolle in LANDESROLLEN])
            ),
            einmal_zur_selben_zeit(
                "landesrolle_einmal_zur_selben_zeit",
                "person",
                "rolle",
                message="Diese Person hat die Rolle in dieser Zeit schon.",
            ),
            pruefung_ist_befristet("landesrolle_pruefung_ist_befristet"),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_rolle_display()}"


class Eingabe(models.Model):
    """What somebody typed into a form that came too late, kept for this person for twenty hours.

    `seite` is the page of the form, `felder` maps its names to their values; passwords, codes and files are never among
    them.
    """

    person = models.ForeignKey(Person, models.CASCADE, verbose_name="Person", related_name="eingaben")
    seite = models.TextField("Seite des Formulars")
    ziel = models.TextField("Adresse, an die das Formular ging")
    felder = models.JSONField("Felder")
    mit_dateien = models.BooleanField("mit Dateien", default=False)
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True, db_index=True)

    objects = EingabeQuerySet.as_manager()

    class Meta:
        verbose_name = "aufgehobene Eingabe"
        verbose_name_plural = "aufgehobene Eingaben"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.person}: {self.ziel}"

    @property
    def getippt(self) -> bool:
        """Whether there is anything beside what a form brings along by itself."""
        eigene = ("schluessel", "version", "gesehen")
        return self.mit_dateien or any(any(werte) for name, werte in self.felder.items() if name not in eigene)
