from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from netzwerkstellen.einladung.models import Einladung
from schulerfolg.konten.permissions import landesrollen, orte
from schulerfolg.konten.queries import BefristetQuerySet


class GremiumQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The committees of this person's offices and those they sit in; all of them for a Landesrolle."""
        if landesrollen(person):
            return self
        stellen = orte(person, "mitarbeiten", "netzwerkstelle")
        sitze = orte(person, "mitgliedschaften", "gremium")
        return self.filter(Q(netzwerkstelle__in=stellen) | Q(pk__in=sitze))

    def for_list(self):
        """With the office and the number of today's members."""
        heute = timezone.localdate()
        gueltig = Q(mitgliedschaften__von=None) | Q(mitgliedschaften__von__lte=heute)
        gueltig &= Q(mitgliedschaften__bis=None) | Q(mitgliedschaften__bis__gte=heute)
        zahl = Count("mitgliedschaften", filter=gueltig, distinct=True)
        return (
            self.select_related("netzwerkstelle")
            .annotate(zahl_der_mitglieder=zahl)
            .order_by("netzwerkstelle__kurzname", "name")
        )


class MitgliedschaftQuerySet(BefristetQuerySet):
    def for_list(self):
        """The chair first, then who stands in for the chair, who keeps the minutes, and the others by name."""
        # The order of the seats, in one line.
        rang = Case(
            When(rolle="vorsitz", then=0), When(rolle="stellv_vorsitz", then=1), When(rolle="schriftfuehrung", then=2),
            default=3,
        )  # fmt: skip
        return self.select_related("person", "organisation", "vertritt__person").order_by(
            rang, "person__nachname", "person__vorname", "pk"
        )

    def mit_einladung(self):
        """With `einladung_bis` and `einladung_gilt`: until when the link to an account holds, and whether it does.

        Both say something only where the person has not signed in yet.
        """
        offen = Einladung.objects.offen().fuer_gremium().filter(email=OuterRef("person__email"))
        offen = offen.filter(netzwerkstelle=OuterRef("gremium__netzwerkstelle"))
        gilt = Exists(offen.filter(gueltig_bis__gt=timezone.now()))
        return self.annotate(einladung_bis=Subquery(offen.values("gueltig_bis")[:1]), einladung_gilt=gilt)

    def beendet(self):
        """Who is no longer a member, the last one first."""
        return self.filter(bis__lt=timezone.localdate()).order_by(F("bis").desc(), "pk")

    def nicht_beendet(self):
        return self.filter(Q(bis=None) | Q(bis__gte=timezone.localdate()))

    def leitend(self):
        """Who leads: the chair and whoever stands in for the chair."""
        return self.filter(rolle__in=["vorsitz", "stellv_vorsitz"])
