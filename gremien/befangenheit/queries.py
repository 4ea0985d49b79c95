from collections import defaultdict
from typing import Any

from django.db import models


class BefangenheitQuerySet(models.QuerySet):
    def schliessen_aus(self):
        """Decided so, or still to be decided: as `Befangenheit.schliesst_aus`."""
        return self.exclude(entscheidung="nicht_befangen")

    def je_punkt(self, sitzung) -> defaultdict[int, list]:
        """What was said on the items of this meeting, with the people. One query."""
        zeilen: Any = self.filter(punkt__sitzung=sitzung).order_by("pk")
        je_punkt: defaultdict[int, list] = defaultdict(list)
        for zeile in zeilen.select_related("mitgliedschaft__person", "festgehalten_durch", "entschieden_durch"):
            je_punkt[zeile.punkt_id].append(zeile)
        return je_punkt
