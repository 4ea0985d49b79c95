import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from angebote.models import Antrag
from gremien.gremium.models import Gremium, Mitgliedschaft
from gremien.sitzung.queries import PunktQuerySet, SitzungQuerySet
from gremien.sitzung.waechter import BESCHLOSSEN_BLEIBT, IST_IM_RAUM, LADUNG_BLEIBT, NICHT_RUECKWIRKEND
from gremien.sitzung.workflow import ABLAUF, Status
from schulerfolg.akte.models import APPEND_ONLY, KEIN_LEEREN, Dokument, Schrittereignis
from schulerfolg.konten.models import Mail


class Sitzung(models.Model):
    """A meeting of a Gremium."""

    gremium = models.ForeignKey(Gremium, models.PROTECT, verbose_name="Gremium", related_name="sitzungen")
    nummer = models.CharField("Nummer", max_length=20)
    beginn = models.DateTimeField("Beginn")
    ort = models.CharField("Ort", max_length=200)
    status = models.CharField("Stand", max_length=20, choices=Status, default=ABLAUF.initial, editable=False)
    zweite_ladung = models.BooleanField(
        "zweite Ladung",
        default=False,
        help_text="Wurde ein Punkt mangels Beschlussfähigkeit vertagt und weist die Ladung darauf hin, ist das Gremium "
        "ohne Mindestzahl beschlussfähig (§ 90 Abs. 2 VwVfG).",
    )
    ladung = models.PositiveSmallIntegerField("Ladung", default=1, editable=False)
    """The number of the invitation that holds: another one with every move of the meeting."""
    eroeffnet_am = models.DateTimeField("eröffnet am", null=True, editable=False)
    geschlossen_am = models.DateTimeField("geschlossen am", null=True, editable=False)
    einladung = models.ForeignKey(
        Dokument, models.PROTECT, verbose_name="Einladung", null=True, editable=False, related_name="+"
    )
    niederschrift = models.ForeignKey(
        Dokument, models.PROTECT, verbose_name="Niederschrift", null=True, editable=False, related_name="+"
    )

    objects = SitzungQuerySet.as_manager()

    class Meta:
        verbose_name = "Sitzung"
        verbose_name_plural = "Sitzungen"
        ordering = ["-beginn", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["gremium", "nummer"], name="sitzung_nummer_einmal_je_gremium"),
            models.UniqueConstraint(
                fields=["gremium", "beginn"],
                condition=~Q(status="abgesagt"),
                name="sitzung_einmal_zur_selben_zeit",
                violation_error_message="Zu dieser Zeit ist für das Gremium schon eine Sitzung geplant.",
            ),
            models.CheckConstraint(name="sitzung_stand_ist_bekannt", condition=Q(status__in=Status.values)),
        ]

    def __str__(self):
        return f"{self.gremium}, Sitzung {self.nummer}"

    def get_absolute_url(self):
        return reverse("sitzungen:sitzung", args=[self.pk])

    @property
    def laeuft(self) -> bool:
        return self.status == Status.LAUFEND

    @cached_property
    def hat_antraege(self) -> bool:
        """Whether a case stands on its agenda; a Gremium that funds nothing never reads of any."""
        return self.punkte.filter(antrag__isnull=False).exists()

    def ist_am_tag_von(self, moment) -> bool:
        """Whether this moment falls on the day of the meeting, in the time of the Land."""
        return timezone.localdate(self.beginn) == timezone.localdate(moment)

    @property
    def geltende_ladungen(self) -> "models.QuerySet[Ladung]":
        """The invitations to the day that holds now; those to an earlier one are kept beside them."""
        return self.ladungen.filter(nummer=self.ladung)

    @property
    def gehalten_am(self):
        """The moment it is to be held; one that was opened on another day was held then."""
        return self.beginn if self.eroeffnet_am is None or self.ist_am_tag_von(self.eroeffnet_am) else self.eroeffnet_am

    def mitglieder(self) -> models.QuerySet[Mitgliedschaft]:
        """Everybody who is a member on the day of the meeting and has an account."""
        tag = timezone.localdate(self.eroeffnet_am or self.beginn)
        return self.gremium.mitgliedschaften.gueltig(tag).filter(person__is_active=True).for_list()


class Tagesordnungspunkt(models.Model):
    """One item of the agenda. A case stands on at most one agenda that is still open."""

    class Art(TextChoices):
        ANTRAG = "antrag", "Antrag"
        KENNTNISNAHME = "kenntnisnahme", "Kenntnisnahme"
        SONSTIGES = "sonstiges", "Sonstiges"

    class Ausgang(TextChoices):
        OFFEN = "offen", "offen"
        BESCHLOSSEN = "beschlossen", "beschlossen"
        VERTAGT = "vertagt", "vertagt"
        ZUR_KENNTNIS = "zur_kenntnis", "zur Kenntnis genommen"
        ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"
        NICHT_BEHANDELT = "nicht_behandelt", "nicht behandelt"

    sitzung = models.ForeignKey(Sitzung, models.PROTECT, verbose_name="Sitzung", related_name="punkte")
    position = models.PositiveSmallIntegerField("Punkt")
    art = models.CharField("Art", max_length=20, choices=Art, default=Art.ANTRAG)
    titel = models.CharField("Titel", max_length=200)
    antrag = models.ForeignKey(
        Antrag, models.PROTECT, verbose_name="Antrag", null=True, blank=True, related_name="tagesordnungspunkte"
    )
    ausgang = models.CharField("Ausgang", max_length=20, choices=Ausgang, default=Ausgang.OFFEN, editable=False)
    warum = models.CharField("warum vertagt", max_length=500, blank=True, editable=False)
    beschlussunfaehig = models.BooleanField("blieb mangels Beschlussfähigkeit offen", default=False, editable=False)

    objects = PunktQuerySet.as_manager()

    class Meta:
        verbose_name = "Tagesordnungspunkt"
        verbose_name_plural = "Tagesordnungspunkte"
        ordering = ["sitzung", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitzung", "position"],
                name="tagesordnungspunkt_position_einmal",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["antrag"],
                condition=Q(ausgang="offen", art="antrag"),
                name="tagesordnungspunkt_antrag_einmal_offen",
            ),
            models.UniqueConstraint(
                fields=["sitzung", "titel"], condition=Q(art="sonstiges"), name="tagesordnungspunkt_titel_einmal"
            ),
            models.CheckConstraint(
                name="tagesordnungspunkt_antrag_hat_antrag", condition=~Q(art="antrag") | Q(antrag__isnull=False)
            ),
        ]
        triggers = [BESCHLOSSEN_BLEIBT, KEIN_LEEREN]

    def __str__(self):
        return f"{self.position}. {self.titel}"

    def get_absolute_url(self):
        return reverse("sitzungen:punkt", args=[self.sitzung_id, self.pk])

    @property
    def top(self) -> str:
        return f"TOP {self.position}"

    @property
    def ohne_inhalt(self) -> str:
        """Its title for those with whom the office does not share its contents."""
        return f"{self.get_art_display()} {self.antrag.nummer}" if self.antrag else self.get_art_display()

    @property
    def beginnt_vorher(self) -> bool:
        """The project is to begin before this meeting: a hint, no hindrance."""
        return bool(self.antrag and self.antrag.beginnt_vor(timezone.localdate(self.sitzung.beginn)))

    @property
    def zurueckgezogen(self) -> bool:
        """The case was taken back while it stood on the agenda: nobody votes on it any more."""
        weg = self.art == self.Art.ANTRAG and self.antrag and not self.antrag.steht_auf_tagesordnung
        return bool(self.offen and weg) or self.ausgang == self.Ausgang.ZURUECKGEZOGEN

    @property
    def offen(self) -> bool:
        return self.ausgang == self.Ausgang.OFFEN

    @property
    def zu_behandeln(self) -> bool:
        """To be dealt with before the meeting closes, of whatever kind."""
        return self.offen and not self.zurueckgezogen


class Punktleitung(models.Model):
    """Who presided over an item: named by the members where nobody has the chair (`bestimmt`), else noted with what
    became of the item. The last row counts.
    """

    punkt = models.ForeignKey(
        Tagesordnungspunkt, models.PROTECT, verbose_name="Tagesordnungspunkt", related_name="leitungen"
    )
    mitgliedschaft = models.ForeignKey(Mitgliedschaft, models.PROTECT, verbose_name="Mitglied", related_name="+")
    bestimmt = models.BooleanField("von den Mitgliedern bestimmt", default=False)
    am = models.DateTimeField("am", default=timezone.now)
    festgehalten_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="festgehalten durch", related_name="+"
    )

    class Meta:
        verbose_name = "Leitung eines Punktes"
        verbose_name_plural = "Leitungen der Punkte"
        ordering = ["am", "pk"]
        triggers = [*APPEND_ONLY, IST_IM_RAUM]

    def __str__(self):
        return f"{self.mitgliedschaft} leitet {self.punkt}"


class Beschlussvorlage(models.Model):
    """What the members read: frozen when the invitation goes out, without bank data and internal notes."""

    punkt = models.OneToOneField(
        Tagesordnungspunkt, models.PROTECT, verbose_name="Tagesordnungspunkt", related_name="vorlage"
    )
    inhalt = models.JSONField("Inhalt")
    erstellt_am = models.DateTimeField("erstellt am", auto_now_add=True)

    class Meta:
        verbose_name = "Beschlussvorlage"
        verbose_name_plural = "Beschlussvorlagen"
        triggers = APPEND_ONLY

    def __str__(self):
        return f"Vorlage zu {self.punkt}"


class Ladung(models.Model):
    """One member was invited to this day and place: proof that all were. A move of the meeting invites anew."""

    sitzung = models.ForeignKey(Sitzung, models.PROTECT, verbose_name="Sitzung", related_name="ladungen")
    mitgliedschaft = models.ForeignKey(Mitgliedschaft, models.PROTECT, verbose_name="Mitglied", related_name="ladungen")
    nummer = models.PositiveSmallIntegerField("Ladung", default=1)
    beginn = models.DateTimeField("geladen zum")
    ort = models.CharField("nach", max_length=200)
    geladen_am = models.DateTimeField("geladen am", default=timezone.now)
    mail = models.ForeignKey(Mail, models.PROTECT, verbose_name="Mail", null=True, related_name="+")
    einladung = models.ForeignKey(Dokument, models.PROTECT, verbose_name="Einladung", null=True, related_name="+")

    class Meta:
        verbose_name = "Ladung"
        verbose_name_plural = "Ladungen"
        ordering = ["mitgliedschaft", "nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitzung", "mitgliedschaft", "nummer"], name="ladung_einmal_je_mitglied_und_termin"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="keine_loeschung", operation=pgtrigger.Delete),
            KEIN_LEEREN,
            LADUNG_BLEIBT,
        ]

    def __str__(self):
        return f"{self.mitgliedschaft} zu {self.sitzung}"


class Anwesenheit(models.Model):
    """A member was in the room from one moment to another; somebody who comes back gets a second row.

    Whoever was there when something was resolved stays so: neither the past nor a closed meeting gains a row.
    """

    sitzung = models.ForeignKey(Sitzung, models.PROTECT, verbose_name="Sitzung", related_name="anwesenheiten")
    mitgliedschaft = models.ForeignKey(
        Mitgliedschaft, models.PROTECT, verbose_name="Mitglied", related_name="anwesenheiten"
    )
    von = models.DateTimeField("gekommen um")
    bis = models.DateTimeField("gegangen um", null=True)

    class Meta:
        verbose_name = "Anwesenheit"
        verbose_name_plural = "Anwesenheiten"
        ordering = ["von", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitzung", "mitgliedschaft"], condition=Q(bis=None), name="anwesenheit_eine_offene_je_mitglied"
            ),
            models.CheckConstraint(
                name="anwesenheit_geht_nach_dem_kommen", condition=Q(bis=None) | Q(bis__gte=F("von"))
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="keine_loeschung", operation=pgtrigger.Delete),
            KEIN_LEEREN,
            NICHT_RUECKWIRKEND,
        ]

    def __str__(self):
        return str(self.mitgliedschaft)


class Sitzungsereignis(Schrittereignis):
    """One step of a meeting."""

    sitzung = models.ForeignKey(Sitzung, models.PROTECT, verbose_name="Sitzung", related_name="ereignisse")

    class Meta(Schrittereignis.Meta):
        verbose_name = "Ereignis der Sitzung"
        verbose_name_plural = "Ereignisse der Sitzung"
