from django.db import models
from django.db.models import Q


class BeratungQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The Beratungen of this person's schools and offices."""
        schulen = person.schulzugehoerigkeiten.gueltig().values("schule")
        stellen = person.mitarbeiten.gueltig().values("netzwerkstelle")
        return self.filter(Q(schule__in=schulen) | Q(netzwerkstelle__in=stellen))

    def for_list(self):
        return self.select_related("schule", "netzwerkstelle", "angefragt_durch")
