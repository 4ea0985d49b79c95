from datetime import timedelta

from django.contrib.postgres.lookups import Unaccent
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from angebote.runde.permissions import RECHTE
from schulerfolg.konten.permissions import landesrollen

PUFFER = timedelta(days=14)
"""No row of free days that moves a closing day is longer."""


class FoerderrundeQuerySet(QuerySet):
    def visible_to(self, person):
        """The calls of one's own office; all of them for the coordination office and auditors of the Land."""
        if not landesrollen(person).isdisjoint(RECHTE["ansehen"].roles):
            return self
        hier = person.mitarbeiten.gueltig().filter(rolle__in=RECHTE["ansehen"].roles)
        return self.filter(netzwerkstelle__in=hier.values("netzwerkstelle"))

    def for_list(self):
        """Office by office, the newest call first."""
        return self.select_related("netzwerkstelle").order_by(
            Lower(Unaccent("netzwerkstelle__kurzname")), "-beginn", "-pk"
        )

    def nicht_geschlossen(self):
        return self.filter(geschlossen_am=None).order_by("antragsschluss", "beginn", "pk")

    def offen_oder_kommend(self):
        """Calls that take applications now or will, the one that ends first before the others."""
        heute = timezone.localdate()
        grob = self.nicht_geschlossen().filter(Q(antragsschluss=None) | Q(antragsschluss__gte=heute - PUFFER))
        return [runde for runde in grob if not runde.vorbei]

    def offene(self):
        return [runde for runde in self.offen_oder_kommend() if runde.ist_offen]
