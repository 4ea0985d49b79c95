from django.db import models
from django.db.models import Prefetch, Q

from schulerfolg.konten.permissions import Rolle
from schulerfolg.konten.queries import BefristetQuerySet


class NetzwerkstelleQuerySet(models.QuerySet):
    def managed_by(self, person):
        """The offices behind whose public page this person may look: their own, or all for a Landesrolle."""
        if person.landesrollen.gueltig().exists():
            return self
        return self.filter(pk__in=person.mitarbeiten.gueltig().values("netzwerkstelle"))

    def for_page(self):
        """With everything the public page shows, in a constant number of queries."""
        return self.prefetch_related(
            "standorte",
            Prefetch("traegerschaften", self._related("traegerschaften").oeffentlich().with_organisation()),
            Prefetch("ansprechpersonen", self._related("ansprechpersonen").oeffentlich()),
        )

    def _related(self, name):
        return self.model._meta.get_field(name).related_model.objects


class OeffentlichQuerySet(BefristetQuerySet):
    def oeffentlich(self):
        """What the public may see today."""
        return self.filter(oeffentlich=True).gueltig()

    def with_organisation(self):
        return self.select_related("organisation")


class MitarbeitQuerySet(BefristetQuerySet):
    def leitungen(self):
        return self.filter(rolle=Rolle.LEITUNG)

    def zu_benachrichtigen(self):
        """Colleagues who hear of the daily work: not auditors, not deactivated accounts."""
        return self.gueltig().filter(~Q(rolle=Rolle.PRUEFUNG), person__is_active=True)
