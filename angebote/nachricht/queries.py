"""Which messages wait for an answer, which nobody has opened, and which somebody may read at all."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from angebote.antrag.workflow import OHNE_ENTSCHEIDUNG
from schulerfolg.konten.permissions import orte


class NachrichtQuerySet(models.QuerySet):
    def lesbar(self, notizen: bool):
        """All of them, or without the notes that stay inside the office."""
        return self if notizen else self.exclude(art="intern")

    def for_page(self):
        return (
            self.select_related("durch", "erledigt_durch", "dokument")
            .defer("dokument__inhalt")
            .prefetch_related("vermerke__person")
        )

    def geltend(self):
        return self.filter(zurueckgenommen_am=None)

    def mit_antwort(self):
        """With `beantwortet`: whether somebody of the other side wrote later. Nothing else counts as an answer."""
        return self.annotate(beantwortet=Exists(self._spaetere()))

    def offen(self):
        """Those that wait: each one to the office, to a school where an answer was asked for; not in a case that ended
        without a decision.
        """
        fragen = Q(art="an_stelle") | Q(art="an_schule", erbeten=True)
        wartend = self.geltend().filter(fragen, ~Exists(self._spaetere()), erledigt_am=None)
        return wartend.exclude(antrag__status__in=OHNE_ENTSCHEIDUNG)

    def _spaetere(self):
        """What the other side wrote after it."""
        andere = self.model._default_manager.geltend().filter(antrag=OuterRef("antrag"), pk__gt=OuterRef("pk"))
        return andere.exclude(art=OuterRef("art")).exclude(art="intern")

    def an(self, *, schule: bool):
        """What was written to this side."""
        return self.geltend().filter(art="an_schule" if schule else "an_stelle")

    def ungelesen_von(self, person):
        return self.exclude(vermerke__person=person)

    def ungelesen(self):
        """What nobody it was written to has opened."""
        return self.geltend().exclude(art="intern").filter(vermerke=None)

    def ungelesen_an(self, person):
        """The same, written to a side of this person."""
        schulen = orte(person, "schulzugehoerigkeiten", "schule")
        stellen = orte(person, "mitarbeiten", "netzwerkstelle")
        an_schule = Q(art="an_schule", antrag__schule__in=schulen)
        return self.ungelesen().filter(an_schule | Q(art="an_stelle", antrag__netzwerkstelle__in=stellen))


def mit_nachrichten(antraege, nachrichten):
    """Of these cases those that have one of these messages: with `frist`, the first day an answer is due."""
    hier = nachrichten.filter(antrag=OuterRef("pk"))
    tage = hier.order_by(F("frist").asc(nulls_last=True), "pk")
    return antraege.filter(Exists(hier)).annotate(
        antwort_bis=models.Subquery(tage.values("frist")[:1]),
        ungelesen=Exists(hier.filter(vermerke=None)),
        geschrieben_am=models.Subquery(hier.order_by("-pk").values("am")[:1]),
    )
