from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from netzwerkstellen.einladung.queries import pruefsumme
from netzwerkstellen.schule.permissions import KOLLEGIUM, RECHTE
from schulerfolg.konten.permissions import ist_koordination

WARTET_HOECHSTENS = timedelta(days=30)


class RegistrierungQuerySet(models.QuerySet):
    def mit_token(self, token: str):
        return self.select_related("schule__netzwerkstelle", "person").filter(pruefsumme=pruefsumme(token)).first()

    def ungeprueft(self):
        """The address is not confirmed yet."""
        return self.filter(bestaetigt_am=None, verfallen_am=None)

    def wartend(self):
        """The address is confirmed, and nobody has decided."""
        return self.filter(bestaetigt_am__isnull=False, entschieden_am=None, verfallen_am=None)

    def visible_to(self, person):
        """What this person may decide on or could have decided on; never their own."""
        if ist_koordination(person):
            return self.filter(bestaetigt_am__isnull=False).exclude(person=person)
        return self.fuer_kollegen(person)

    def fuer_kollegen(self, person):
        """The same without the coordination office, which only steps in: what waits for this person."""
        schulrollen, stellenrollen = RECHTE["kollegium_pflegen"].roles, RECHTE["kopf_pflegen"].roles
        schulen = person.schulzugehoerigkeiten.gueltig().filter(rolle__in=schulrollen).values("schule")
        stellen = person.mitarbeiten.gueltig().filter(rolle__in=stellenrollen).values("netzwerkstelle")
        als_schule = Q(schule__in=schulen, rolle__in=KOLLEGIUM)
        als_stelle = Q(schule__netzwerkstelle__in=stellen)
        return self.filter(als_schule | als_stelle, bestaetigt_am__isnull=False).exclude(person=person)

    def for_list(self):
        return self.select_related("schule__netzwerkstelle", "person", "entschieden_durch").order_by(
            "bestaetigt_am", "pk"
        )

    def faellig(self, heute: date):
        """Confirmed long ago, and still nobody has decided."""
        return self.wartend().filter(bestaetigt_am__date__lt=heute - WARTET_HOECHSTENS)

    def aufzuraeumen(self, heute: date):
        """Never confirmed: nothing about these people is kept any longer."""
        return self.filter(bestaetigt_am=None, eingegangen_am__date__lt=heute - WARTET_HOECHSTENS)
