from datetime import date, timedelta

from django.db import models
from django.db.models import Case, F, Prefetch, Q, When

from schulerfolg.konten.models import Abwesenheit
from schulerfolg.konten.permissions import Rolle, landesrollen, orte
from schulerfolg.konten.queries import BefristetQuerySet


class NetzwerkstelleQuerySet(models.QuerySet):
    def managed_by(self, person):
        """The offices behind whose public page this person may look: their own, or all for a Landesrolle."""
        if landesrollen(person):
            return self
        return self.filter(pk__in=orte(person, "mitarbeiten", "netzwerkstelle"))

    def for_page(self):
        """With everything the public page shows, in a constant number of queries."""
        return self.prefetch_related(
            "standorte",
            Prefetch("traegerschaften", self._related("traegerschaften").oeffentlich().with_organisation()),
            Prefetch("ansprechpersonen", self._related("ansprechpersonen").oeffentlich().select_related("standort")),
        )

    def _related(self, name):
        return self.model._meta.get_field(name).related_model.objects


class NachZustand(BefristetQuerySet):
    """Rows in the order people look for them: what holds or will hold, then what has ended."""

    def beendet(self, am: date):
        return self.filter(bis__lt=am)

    def nicht_beendet(self, am: date):
        return self.filter(Q(bis=None) | Q(bis__gte=am))


class OeffentlichQuerySet(NachZustand):
    def oeffentlich(self):
        """What the public may see today."""
        return self.filter(oeffentlich=True).gueltig()

    def with_organisation(self):
        return self.select_related("organisation")


class MitarbeitQuerySet(NachZustand):
    def leitungen(self):
        return self.filter(rolle=Rolle.LEITUNG)

    def mit_abwesenheit(self):
        """With who is away today, as `person.heute_abwesend`."""
        return self.prefetch_related(
            Prefetch("person__abwesenheiten", Abwesenheit.objects.heute(), to_attr="heute_abwesend")
        )

    def arbeitend(self):
        """The roles that work on cases, and so may be responsible for one."""
        return self.filter(rolle__in=[Rolle.SACHBEARBEITUNG, Rolle.LEITUNG])

    def for_list(self):
        """Leitung first, then by name."""
        leitung_zuerst = Case(When(rolle=Rolle.LEITUNG, then=0), default=1)
        return self.select_related("person").order_by(leitung_zuerst, "person__nachname", "person__vorname", "pk")

    def erster_tag_ohne_leitung(self, ab: date) -> date | None:
        """The first day from `ab` on without anybody in the role Leitung; None if there is no such day."""
        tag = ab
        leitungen = self.leitungen().filter(person__is_active=True).order_by(F("von").asc(nulls_first=True))
        for von, bis in leitungen.values_list("von", "bis"):
            if von is not None and von > tag:
                break
            if bis is None:
                return None
            tag = max(tag, bis + timedelta(days=1))
        return tag

    def to_notify(self):
        """Colleagues who hear of the daily work: not auditors, not deactivated accounts."""
        return self.gueltig().filter(~Q(rolle=Rolle.PRUEFUNG), person__is_active=True)
