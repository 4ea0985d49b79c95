from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from schulerfolg.dach.ansicht.permissions import RECHTE
from schulerfolg.konten.permissions import landesrollen


class AnsichtQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Every look for whoever reads them all; else who looked as oneself, and where one looked."""
        if RECHTE.may(landesrollen(person), "alle_lesen"):
            return self
        return self.filter(Q(person=person) | Q(durch=person))

    def laufend(self):
        """Not ended, neither by hand nor by the clock."""
        return self.filter(ende=None, hoechstens_bis__gt=timezone.now())

    def for_list(self):
        return (
            self.select_related("person__zusammengefuehrt_mit", "durch__zusammengefuehrt_mit", "ende")
            .annotate(zahl_der_seiten=Count("seiten"))
            .order_by("-begonnen_am", "-pk")
        )
