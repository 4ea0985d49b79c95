from django.db import models
from django.db.models import Q

from schulerfolg.konten.permissions import Rolle
from schulerfolg.konten.queries import BefristetQuerySet


class GremiumQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The committees of this person's offices and those they sit in; all of them for a Landesrolle."""
        if person.landesrollen.gueltig().exists():
            return self
        stellen = person.mitarbeiten.gueltig().values("netzwerkstelle")
        sitze = person.mitgliedschaften.gueltig().values("gremium")
        return self.filter(Q(netzwerkstelle__in=stellen) | Q(pk__in=sitze))


class MitgliedschaftQuerySet(BefristetQuerySet):
    def stimmberechtigt(self):
        """Members with a vote of their own; a deputy votes only in the place of whom they stand for."""
        return self.gueltig().filter(stimmrecht=True, vertritt=None, person__is_active=True)


HUETE_DER_STELLE = (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG)
