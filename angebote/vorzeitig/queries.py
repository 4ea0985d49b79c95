from django.db import models


class VorzeitigQuerySet(models.QuerySet):
    def offen(self):
        """What nobody has answered."""
        return self.filter(beantwortet_am=None)

    def for_page(self):
        return self.select_related("beantragt_durch", "geschrieben_durch", "beantwortet_durch")

    def zu_unterschreiben(self, person):
        """The answers this person may sign: they sign for the office and belong to no side of it."""
        befugt = person.mitarbeiten.to_notify().filter(zeichnungsbefugt=True)
        schulen = person.schulzugehoerigkeiten.gueltig()
        return (
            self.offen()
            .filter(geschrieben_am__isnull=False, antrag__netzwerkstelle__in=befugt.values("netzwerkstelle"))
            .exclude(geschrieben_durch=person)
            .exclude(antrag__schule__in=schulen.values("schule"))
        )
