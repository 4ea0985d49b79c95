"""Which version of an opinion counts, whose words stand in it, who is asked next, and what a confirmation has read."""

import re

from django.db import models
from django.db.models import Exists, OuterRef, Q

from schulerfolg.formular.konflikt import fingerprint


class StellungnahmeQuerySet(models.QuerySet):
    def neueste(self):
        """The latest version of each case: the one that counts."""
        later = self.model._default_manager.filter(antrag=OuterRef("antrag"), fassung__gt=OuterRef("fassung"))
        return self.filter(~Exists(later))

    def offen(self):
        """The same, while nobody has confirmed it."""
        return self.neueste().filter(bestaetigt_am=None)

    def wartend(self):
        """The same, where it waits to be confirmed: whatever was sent back waits for its authors instead."""
        return self.offen().filter(zurueckgabe=None)

    def verfasst_von(self, person):
        """Where words of this person stand."""
        return self.filter(self._mit_worten_von(person))

    def nicht_verfasst_von(self, person):
        return self.filter(~self._mit_worten_von(person))

    def mit_beteiligung(self, person):
        """Of the rows those that this person wrote on or confirmed: whoever did does not sign."""
        return self.filter(Q(self._mit_worten_von(person)) | Q(bestaetigt_durch=person))

    def _mit_worten_von(self, person) -> Exists:
        """Of the versions whose words still stand in a row, one that this person saved."""
        davor = Q(antrag=OuterRef("antrag"), fassung__gte=OuterRef("steht_seit"), fassung__lte=OuterRef("fassung"))
        return Exists(self.model._default_manager.filter(davor, verfasst_durch=person))

    def mit_personen(self):
        """For a page: the latest version first, and everybody it names."""
        return self.select_related("verfasst_durch", "bestaetigt_durch", "zurueckgabe__durch")


def offene_stellungnahme(antrag):
    """The version that is written on, or waits to be confirmed; None where there is none."""
    neueste = antrag.stellungnahmen.mit_personen().first()
    return neueste if neueste and neueste.bestaetigt_am is None else None


def offene_nachforderung(antrag):
    """The one that waits for answers."""
    return antrag.nachforderungen.get(beantwortet_am=None)


def gezeigte_pruefliste(antrag) -> str:
    """The check list as a page shows it: „partner:1a2b3c4d kosten:…“, each point with the sign of its answer."""
    punkte = antrag.pruefpunkte.values_list("schluessel", "urteil", "notiz")
    return " ".join(f"{punkt}:{zeichen_von(antwort)}" for punkt, *antwort in punkte)


def zeichen_je_punkt(version: str) -> dict[str, str]:
    """The same, read again; what is no such thing is left out."""
    return dict(re.findall(r"([\w-]+):([0-9a-f]{8})", version))


def zeichen_von(antwort) -> str:
    """By which one answer, verdict and note, is known again."""
    return fingerprint(list(antwort))[:8]


def was_bestaetigt_wird(antrag) -> dict:
    """What the page of confirming shows: the opinion, the application as it was handed in, the check list."""
    offen = offene_stellungnahme(antrag)
    return {
        "stellungnahme": offen and [offen.pk, offen.zurueckgabe_id],
        "antrag": antrag.fassungen.count(),
        "pruefliste": gezeigte_pruefliste(antrag),
    }
