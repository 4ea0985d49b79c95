from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from netzwerkstellen.registrierung.queries import WARTET_HOECHSTENS, RegistrierungQuerySet
from netzwerkstellen.schule.models import Schule
from netzwerkstellen.schule.permissions import KOPF
from schulerfolg.konten.permissions import SCHULROLLEN, choices


class Registrierung(models.Model):
    """Somebody asks for a role at a school without having been invited.

    First the address is confirmed by a link (only the SHA-256 of its token is stored), then the head of the school or
    the office decides. A row for an address that has an account already is closed from the start: it makes both
    answers cost the same.
    """

    schule = models.ForeignKey(Schule, models.PROTECT, verbose_name="Schule", related_name="registrierungen")
    email = models.EmailField("dienstliche E-Mail-Adresse")
    vorname = models.CharField("Vorname", max_length=100)
    nachname = models.CharField("Nachname", max_length=100)
    rolle = models.CharField("Aufgabe an der Schule", max_length=30, choices=choices(SCHULROLLEN))
    bezug = models.CharField("Woher die Schule Sie kennt", max_length=300, blank=True)
    pruefsumme = models.CharField("Prüfsumme des Links", max_length=64, unique=True)
    eingegangen_am = models.DateTimeField("eingegangen am", default=timezone.now)
    link_gueltig_bis = models.DateTimeField("Link gültig bis")
    bestaetigt_am = models.DateTimeField("Adresse bestätigt am", null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="Person", null=True, related_name="registrierungen"
    )
    entschieden_am = models.DateTimeField("entschieden am", null=True)
    entschieden_durch = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="entschieden durch", null=True, related_name="+"
    )
    freigegeben = models.BooleanField("freigegeben", null=True)
    begruendung = models.TextField("Begründung", blank=True)
    verfallen_am = models.DateTimeField("verfallen am", null=True)

    objects = RegistrierungQuerySet.as_manager()

    class Meta:
        verbose_name = "Registrierung"
        verbose_name_plural = "Registrierungen"
        ordering = ["-eingegangen_am", "-pk"]
        constraints = [
            models.CheckConstraint(name="registrierung_email_kleingeschrieben", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="registrierung_rolle_ist_bekannt", condition=Q(rolle__in=[rolle.value for rolle in SCHULROLLEN])
            ),
            models.CheckConstraint(
                name="registrierung_bestaetigt_hat_person",
                condition=Q(bestaetigt_am=None, person=None) | Q(bestaetigt_am__isnull=False, person__isnull=False),
            ),
            models.CheckConstraint(
                name="registrierung_entscheidung_ist_ganz",
                condition=Q(entschieden_am=None, entschieden_durch=None, freigegeben=None)
                | Q(
                    bestaetigt_am__isnull=False,
                    entschieden_am__isnull=False,
                    entschieden_durch__isnull=False,
                    freigegeben__isnull=False,
                    verfallen_am=None,
                ),
            ),
            models.CheckConstraint(
                name="registrierung_ablehnung_ist_begruendet", condition=~Q(freigegeben=False) | ~Q(begruendung="")
            ),
            models.UniqueConstraint(
                name="registrierung_wartet_einmal_je_schule",
                fields=["person", "schule"],
                condition=Q(bestaetigt_am__isnull=False, entschieden_am=None, verfallen_am=None),
                violation_error_message="Für diese Schule wartet schon eine Anfrage von Ihnen auf Freigabe.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="entschieden_bleibt_entschieden",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__entschieden_am__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.vorname} {self.nachname}: {self.get_rolle_display()}, {self.schule}"

    def get_absolute_url(self):
        return reverse("registrierung", args=[self.pk])

    @property
    def wer(self) -> str:
        return str(self.person) if self.person_id else f"{self.vorname} {self.nachname}"

    @property
    def ist_ungeprueft(self) -> bool:
        """Its link opens now."""
        return self.bestaetigt_am is None and self.verfallen_am is None and self.link_gueltig_bis > timezone.now()

    @property
    def wartet(self) -> bool:
        return self.bestaetigt_am is not None and self.entschieden_am is None and self.verfallen_am is None

    @property
    def vergibt_nur_stelle(self) -> bool:
        """Whoever signs for a school is named by its office."""
        return self.rolle in KOPF

    @property
    def wartet_bis(self) -> date | None:
        """The last day on which somebody can decide."""
        if self.bestaetigt_am is None:
            return None
        return timezone.localtime(self.bestaetigt_am).date() + WARTET_HOECHSTENS

    @property
    def adresse_wie_schule(self) -> bool:
        """The address ends like that of the school's own office: a hint for whoever decides, no more."""
        haus = self.schule.email.partition("@")[2].lower()
        return bool(haus) and self.email.endswith(f"@{haus}")
