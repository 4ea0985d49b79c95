from django.db import models

from schulerfolg.dach.berichte.permissions import RECHTE, rollen
from schulerfolg.dach.berichte.workflow import OEFFENTLICH, WAR_OEFFENTLICH


class BerichtQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Behind the public pages: everything for the coordination office and its auditors, nothing for others."""
        return self if RECHTE.may(rollen(person), "verwalten") else self.none()

    def oeffentlich(self):
        """What everybody may read today."""
        return self.filter(status__in=OEFFENTLICH)

    def war_oeffentlich(self):
        """With those that were withdrawn: their address stays and says so."""
        return self.filter(status__in=WAR_OEFFENTLICH)
