from django.db import models
from django.db.models import Q
from django.utils import timezone


class EreignisQuerySet(models.QuerySet):
    def for_list(self):
        """A history with everybody it names, so that no row asks for a name of its own."""
        personen = ("durch", "betrifft", "betrifft_auch")
        return self.select_related(*(f"{wer}__zusammengefuehrt_mit" for wer in personen), *self.model.NENNT)


class EinsichtQuerySet(models.QuerySet):
    def in_eines_von(self, nummern):
        """Looks at any of these objects, the last one first: `{"antrag": [3], "anlage": <numbers>}`."""
        eines = Q(pk__in=[])
        for art, welche in nummern.items():
            eines |= Q(art=art, nummer__in=welche)
        return self.filter(eines).select_related("person__zusammengefuehrt_mit").order_by("-am", "-pk")


class AuftragQuerySet(models.QuerySet):
    def offen(self):
        """What is still to be done; a job that was given up is not."""
        return self.filter(erledigt_am=None, aufgegeben_am=None)

    def faellig(self):
        """What may be tried now."""
        return self.offen().filter(faellig_am__lte=timezone.now())

    def aufgegeben(self):
        """What failed every time: it is not tried again until somebody asks for it."""
        return self.filter(erledigt_am=None, aufgegeben_am__isnull=False)
