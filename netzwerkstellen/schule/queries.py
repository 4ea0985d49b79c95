from django.contrib.postgres.lookups import Unaccent
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Lower
from django.utils import timezone

from schulerfolg.konten.permissions import SCHULROLLEN, Rolle
from schulerfolg.konten.queries import BefristetQuerySet
from schulerfolg.liste import suche


class SchuleQuerySet(models.QuerySet):
    def sorted_german(self):
        """DIN 5007-1: ä sorts as a, ß as ss; the same on every server."""
        return self.order_by(Lower(Unaccent("name")), "name", "pk")

    def search(self, words: str):
        """Every word is in the name or place, begins or ends the number, or begins the postcode."""
        found = self
        for word in suche.worte(words):
            found = found.filter(
                suche.enthaelt(word, "name", "ort") | suche.nummer(word, "schulnummer") | Q(plz__startswith=word)
            )
        return found

    def in_betrieb(self):
        """Schools that work with the portal today."""
        return self.filter(aktiv=True)

    def for_list(self):
        """With what a list shows: the form, and whether somebody leads the school today."""
        leitung = self.model._meta.get_field("zugehoerigkeiten").related_model.objects.am_platz()
        hat_leitung = Exists(leitung.filter(schule=OuterRef("pk"), rolle=Rolle.SCHULE_LEITUNG))
        return self.select_related("schulform").annotate(hat_leitung=hat_leitung)

    def for_page(self):
        return self.select_related("schulform", "schultraeger", "nachfolgerin__netzwerkstelle")

    def ohne_schulleitung(self):
        """Schools for which nobody can sign today."""
        return self.for_list().filter(hat_leitung=False)


class ZugehoerigkeitQuerySet(BefristetQuerySet):
    def am_platz(self):
        """Valid today, with an active account, in one of the four hats of a school."""
        return self.gueltig().filter(person__is_active=True, rolle__in=SCHULROLLEN)

    def for_list(self):
        """Everybody who acts or acted here: Schulleitung first, people who left last."""
        heute = timezone.localdate()
        beendet = Case(When(bis__lt=heute, then=1), default=0)
        leitung_zuerst = Case(When(rolle=Rolle.SCHULE_LEITUNG, then=0), default=1)
        return self.select_related("person", "arbeitgeber").order_by(
            beendet, leitung_zuerst, "person__nachname", "person__vorname", "pk"
        )
