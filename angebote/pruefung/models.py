import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis
from angebote.pruefung.pruefliste import PRUEFLISTE
from angebote.pruefung.queries import StellungnahmeQuerySet
from schulerfolg.akte.models import KEIN_LEEREN, Dokument

# What the formal check found is what everything after it rests on. Only a deletion has no NEW row.
GEPRUEFTES_BLEIBT = pgtrigger.Trigger(
    name="geprueftes_bleibt",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func="""
        IF EXISTS (
            SELECT FROM angebote_antrag
            WHERE status NOT IN ('entwurf', 'freigabe_sl', 'eingereicht', 'formalpruefung')
              AND ((TG_OP <> 'INSERT' AND id = OLD.antrag_id) OR (TG_OP <> 'DELETE' AND id = NEW.antrag_id))
        ) THEN
            RAISE EXCEPTION 'pruefpunkt_geprueftes_bleibt: the formal check is over'
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)
# A version is written once. The latest one is confirmed or sent back, once, and never by whoever has words in it.
FASSUNG_BLEIBT = pgtrigger.Trigger(
    name="fassung_bleibt",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    declare=[("ausgang", "text[]")],
    func="""
        ausgang := ARRAY['bestaetigt_am', 'bestaetigt_durch_id', 'zurueckgabe_id'];
        IF OLD.bestaetigt_am IS NOT NULL OR OLD.zurueckgabe_id IS NOT NULL
           OR to_jsonb(NEW) - ausgang <> to_jsonb(OLD) - ausgang THEN
            RAISE EXCEPTION 'append-only: a version of an opinion never changes';
        END IF;
        IF EXISTS (SELECT FROM angebote_stellungnahme WHERE antrag_id = NEW.antrag_id AND fassung > NEW.fassung) THEN
            RAISE EXCEPTION 'stellungnahme_neueste: only the latest version is confirmed or sent back'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    """,
)
ZWEI_PERSONEN = pgtrigger.Trigger(
    name="zwei_personen",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__bestaetigt_durch__isnull=False),
    func="""
        IF EXISTS (
            SELECT FROM angebote_stellungnahme
            WHERE antrag_id = NEW.antrag_id AND fassung BETWEEN NEW.steht_seit AND NEW.fassung
              AND verfasst_durch_id = NEW.bestaetigt_durch_id
        ) THEN
            RAISE EXCEPTION 'stellungnahme_zwei_personen: whoever has words in it does not confirm it'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class Pruefpunkt(models.Model):
    """One line of the formal check list, answered by the office."""

    class Urteil(TextChoices):
        JA = "ja", "in Ordnung"
        NEIN = "nein", "nicht in Ordnung"
        ENTFAELLT = "entfaellt", "trifft nicht zu"

    antrag = models.ForeignKey(Antrag, models.CASCADE, verbose_name="Antrag", related_name="pruefpunkte")
    schluessel = models.SlugField("Punkt")
    urteil = models.CharField("Urteil", max_length=20, choices=Urteil)
    notiz = models.CharField("Notiz", max_length=300, blank=True)
    durch = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="durch", related_name="+")
    am = models.DateTimeField("am", default=timezone.now)

    class Meta:
        verbose_name = "Prüfpunkt"
        verbose_name_plural = "Prüfpunkte"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "schluessel"], name="pruefpunkt_einmal_je_antrag"),
        ]
        triggers = [GEPRUEFTES_BLEIBT, KEIN_LEEREN]

    def __str__(self):
        return f"{self.schluessel}: {self.get_urteil_display()}"

    @property
    def in_worten(self) -> str:
        """„5. … ist genannt: nicht in Ordnung – fehlt“"""
        nummer, frage = list(PRUEFLISTE).index(self.schluessel) + 1, PRUEFLISTE[self.schluessel].rstrip(".")
        return f"{nummer}. {frage}: {self.get_urteil_display()}" + (f" – {self.notiz}" if self.notiz else "")


class Nachforderung(models.Model):
    """What the office still needs from the school, why, and until when."""

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="nachforderungen")
    warum = models.TextField("Warum wir fragen", max_length=2000, blank=True)
    frist = models.DateField("bitte antworten bis")
    gestellt_am = models.DateTimeField("gestellt am", auto_now_add=True)
    gestellt_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="gestellt durch", related_name="+"
    )
    fachlich = models.BooleanField("aus der fachlichen Prüfung", default=False)
    beantwortet_am = models.DateTimeField("beantwortet am", null=True)
    vorgelegt_am = models.DateTimeField("der Schulleitung vorgelegt am", null=True)

    class Meta:
        verbose_name = "Nachforderung"
        verbose_name_plural = "Nachforderungen"
        ordering = ["-gestellt_am", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["antrag"], condition=Q(beantwortet_am=None), name="nachforderung_eine_offene_je_antrag"
            ),
        ]

    def __str__(self):
        return f"Rückfragen vom {timezone.localtime(self.gestellt_am):%d.%m.%Y}"

    @property
    def schritt(self) -> str:
        """The step by which the school answers it."""
        return "nachreichen_fachlich" if self.fachlich else "nachreichen"

    @property
    def ist_ueberfaellig(self) -> bool:
        """Whether the last day to answer is over, here in Sachsen-Anhalt, and nobody answered."""
        return self.beantwortet_am is None and self.frist < timezone.localdate()


class Rueckfrage(models.Model):
    """One question of a Nachforderung, and the school's answer."""

    nachforderung = models.ForeignKey(
        Nachforderung, models.CASCADE, verbose_name="Nachforderung", related_name="rueckfragen"
    )
    abschnitt = models.SlugField("Abschnitt", blank=True)
    frage = models.TextField("Rückfrage", max_length=2000)
    antwort = models.TextField("Antwort", max_length=4000, blank=True)

    class Meta:
        verbose_name = "Rückfrage"
        verbose_name_plural = "Rückfragen"
        ordering = ["pk"]

    def __str__(self):
        return self.frage[:80]


class Vorabdatei(models.Model):
    """A good file that came with answers that could not be sent yet, kept for whoever chose it until they are."""

    nachforderung = models.ForeignKey(
        Nachforderung, models.CASCADE, verbose_name="Nachforderung", related_name="vorabdateien"
    )
    dokument = models.OneToOneField(Dokument, models.PROTECT, verbose_name="Dokument", related_name="+")
    durch = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="durch", related_name="+")
    am = models.DateTimeField("am", auto_now_add=True)

    class Meta:
        verbose_name = "Vorabdatei"
        verbose_name_plural = "Vorabdateien"
        ordering = ["pk"]

    def __str__(self):
        return self.dokument.name


class Stellungnahme(models.Model):
    """One version of the office's professional opinion: recommendation and amount, confirmed by a second person.

    Every save is a row of its own and stays as it is; the latest one counts. Its authors are those who saved a version
    whose words still stand in it, from `steht_seit` on.
    """

    class Empfehlung(TextChoices):
        ZUSTIMMEN = "zustimmen", "zustimmen"
        AUFLAGEN = "auflagen", "mit Auflagen zustimmen"
        ABLEHNEN = "ablehnen", "ablehnen"

    antrag = models.ForeignKey(Antrag, models.PROTECT, verbose_name="Antrag", related_name="stellungnahmen")
    fassung = models.PositiveSmallIntegerField("Fassung", default=1)
    steht_seit = models.PositiveSmallIntegerField("erste Fassung, von der noch Worte darin stehen", default=1)
    text = models.TextField("Stellungnahme", max_length=6000)
    empfehlung = models.CharField("Empfehlung", max_length=20, choices=Empfehlung)
    betrag = models.DecimalField("empfohlener Betrag", max_digits=10, decimal_places=2)
    auflagen = models.TextField("vorgeschlagene Auflagen", max_length=2000, blank=True)
    verfasst_am = models.DateTimeField("verfasst am", default=timezone.now)
    verfasst_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="verfasst durch", related_name="+"
    )
    bestaetigt_am = models.DateTimeField("bestätigt am", null=True)
    bestaetigt_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="bestätigt durch", null=True, related_name="+"
    )
    zurueckgabe = models.OneToOneField(
        Antragsereignis, models.PROTECT, verbose_name="mit Kommentar zurückgegeben", null=True, related_name="+"
    )

    objects = StellungnahmeQuerySet.as_manager()

    class Meta:
        verbose_name = "Stellungnahme"
        verbose_name_plural = "Stellungnahmen"
        ordering = ["-fassung", "-pk"]
        triggers = [
            FASSUNG_BLEIBT,
            ZWEI_PERSONEN,
            pgtrigger.Protect(name="keine_loeschung", operation=pgtrigger.Delete),
            KEIN_LEEREN,
        ]
        constraints = [
            models.UniqueConstraint(fields=["antrag", "fassung"], name="stellungnahme_fassung_einmal_je_antrag"),
            models.CheckConstraint(
                name="stellungnahme_steht_seit_einer_fassung",
                condition=Q(steht_seit__gte=1, steht_seit__lte=F("fassung")),
            ),
            models.CheckConstraint(
                name="stellungnahme_ein_ausgang",
                condition=Q(bestaetigt_am=None, bestaetigt_durch=None)
                | Q(bestaetigt_am__isnull=False, bestaetigt_durch__isnull=False, zurueckgabe=None),
            ),
            models.CheckConstraint(
                name="stellungnahme_betrag_passt_zur_empfehlung",
                condition=Q(empfehlung="ablehnen", betrag=0) | Q(~Q(empfehlung="ablehnen"), betrag__gt=0),
                violation_error_message="Bei „ablehnen“ ist der Betrag 0,00 €; sonst nennen Sie bitte einen Betrag.",
            ),
        ]

    def __str__(self):
        return f"Stellungnahme zu {self.antrag}, Fassung {self.fassung}"

    @property
    def verfassende(self) -> set[int]:
        """The keys of everybody whose words stand in it."""
        seit = type(self).objects.filter(antrag=self.antrag_id, fassung__range=(self.steht_seit, self.fassung))
        return set(seit.values_list("verfasst_durch", flat=True))

    @property
    def beteiligte(self) -> set[int]:
        """Who neither signs what follows from it nor declares it: authors and confirmer."""
        return self.verfassende | ({self.bestaetigt_durch_id} if self.bestaetigt_durch_id else set())

    @property
    def wartet_auf_bestaetigung(self) -> bool:
        return self.bestaetigt_am is None and self.zurueckgabe_id is None

    def sagt(self, **inhalt) -> bool:
        """Whether these words, recommendation, amount and conditions are its own."""
        return all(getattr(self, name) == wert for name, wert in inhalt.items())

    def ist_neu_nach(self, vorige: "Stellungnahme") -> bool:
        """Whether readers are told: after it was sent back, by somebody else, on another day."""
        am_selben_tag = timezone.localdate(vorige.verfasst_am) == timezone.localdate(self.verfasst_am)
        return bool(vorige.zurueckgabe_id) or vorige.verfasst_durch_id != self.verfasst_durch_id or not am_selben_tag
