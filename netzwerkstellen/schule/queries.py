from django.contrib.postgres.lookups import Unaccent
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from schulerfolg.konten.permissions import SCHULROLLEN
from schulerfolg.konten.queries import BefristetQuerySet


class SchuleQuerySet(models.QuerySet):
    def sorted_german(self):
        """DIN 5007-1: ä sorts as a, ß as ss; the same on every server."""
        return self.order_by(Lower(Unaccent("name")), "name", "pk")

    def search(self, words: str):
        """Schools whose name or place contains every word; accents and case do not matter."""
        found = self
        for word in words.split()[:6]:
            found = found.filter(Q(name__unaccent__icontains=word) | Q(ort__unaccent__icontains=word))
        return found


class ZugehoerigkeitQuerySet(BefristetQuerySet):
    def am_platz(self):
        """Valid today, with an active account, in one of the four hats of a school."""
        return self.gueltig().filter(person__is_active=True, rolle__in=SCHULROLLEN)
