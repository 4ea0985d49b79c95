from django.db import models
from django.db.models import Q

from gremien.sitzung.workflow import PAPIERE_OFFEN, Status


class SitzungQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Meetings of this person's offices, and those of their committees once they are invited."""
        if person.landesrollen.gueltig().exists():
            return self
        stellen = person.mitarbeiten.gueltig().values("netzwerkstelle")
        sitze = person.mitgliedschaften.gueltig().values("gremium")
        eingeladen = [*PAPIERE_OFFEN, Status.ABGESAGT]
        return self.filter(Q(gremium__netzwerkstelle__in=stellen) | Q(gremium__in=sitze, status__in=eingeladen))

    def for_page(self):
        return self.select_related("gremium__netzwerkstelle")
