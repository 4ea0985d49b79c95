from django.contrib.postgres.lookups import Unaccent
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from angebote.foerderung.permissions import RECHTE
from schulerfolg.konten.permissions import landesrollen
from schulerfolg.konten.queries import BefristetQuerySet


class FoerderregelQuerySet(BefristetQuerySet):
    def visible_to(self, person):
        """The rules of one's own office; all of them for the coordination office and auditors of the Land."""
        if not landesrollen(person).isdisjoint(RECHTE["ansehen"].roles):
            return self
        hier = person.mitarbeiten.gueltig().filter(rolle__in=RECHTE["ansehen"].roles)
        return self.filter(netzwerkstelle__in=hier.values("netzwerkstelle"))

    def for_list(self):
        """Office by office, the rule that holds longest first."""
        zeilen = self.select_related("netzwerkstelle").prefetch_related("anlagen", "baender")
        return zeilen.order_by(Lower(Unaccent("netzwerkstelle__kurzname")), "-von", "-pk")

    def nicht_beendet(self):
        """Rules that hold today or later."""
        return self.filter(Q(bis=None) | Q(bis__gte=timezone.localdate()))

    def fehlt(self, stellen):
        """Those of these offices that have no rule, neither today nor later."""
        return stellen.exclude(pk__in=self.nicht_beendet().values("netzwerkstelle"))
