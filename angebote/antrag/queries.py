from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from angebote.antrag.workflow import ABGESCHLOSSEN, SCHULINTERN, Status
from schulerfolg.konten.permissions import Rolle


class AntragQuerySet(models.QuerySet):
    def visible_to(self, person):
        """What `permissions.rollen` gives any hat for, as one query."""
        schulen = person.schulzugehoerigkeiten.gueltig().values("schule")
        stellen = person.mitarbeiten.gueltig().values("netzwerkstelle")
        sichtbar = Q(nummer__isnull=False)
        own = Q(schule__in=schulen) | Q(netzwerkstelle__in=stellen) & (sichtbar | Q(geteilt=True) | Q(im_auftrag=True))
        landesrollen = set(person.landesrollen.gueltig().values_list("rolle", flat=True))
        if Rolle.PRUEFUNG in landesrollen:
            own |= sichtbar
        if Rolle.KOORDINATION in landesrollen:
            own |= sichtbar & Q(netzwerkstelle__teilt_inhalte=True)
        return self.filter(own)

    def for_list(self):
        return self.select_related("schule", "netzwerkstelle", "zustaendig")

    def for_page(self):
        return self.select_related(
            "schule__schulform", "netzwerkstelle", "zustaendig", "verfasst_durch", "beratung", "regel", "zahlung_an"
        )

    def counts_by_status(self) -> dict[str, int]:
        """How many in each status, for the tabs above a list."""
        return dict(self.order_by().values_list("status").annotate(anzahl=Count("pk")))

    def laufende_summe(self, schule, *, von, bis):
        """Sum for this school and projects that begin in this period: approved, else requested (cap check)."""
        return (
            self.filter(schule=schule, beginn__range=(von, bis))
            .exclude(status__in=[Status.ENTWURF, Status.FREIGABE_SL, Status.ABGELEHNT, Status.ZURUECKGEZOGEN])
            .aggregate(summe=Sum(Coalesce("bewilligt", "beantragt")))["summe"]
            or 0
        )

    def bereit_fuer(self, netzwerkstelle):
        """What waits for the next meeting of this office, oldest first."""
        return self.filter(netzwerkstelle=netzwerkstelle, status=Status.GREMIENREIF).order_by("eingereicht_am", "pk")

    def selbst_entschieden(self, netzwerkstelle):
        """What the office decided by itself and has to report to the Gremium."""
        return self.filter(netzwerkstelle=netzwerkstelle, ereignisse__schritt="selbst_entscheiden").distinct()

    def faellig(self):
        """Where a Rückfrage is overdue."""
        return self.filter(status=Status.NACHFORDERUNG, nachforderungen__frist__lt=timezone.localdate()).distinct()
