"""Corrections that the head signs again are put before her, and come back from her where something should change."""

from django.db import transaction
from django.utils import timezone

from angebote.antrag.machine import take_step


def korrekturen_vorlegen(antrag, *, by, begruendung=""):
    """The sum, a partner or the receiver changes: the head reads the corrections and sends them."""
    return _vorgelegt(antrag, "korrekturen_vorlegen", timezone.now(), by=by)


def korrekturen_zurueckgeben(antrag, *, by, begruendung):
    """Why stays inside the school."""
    return _vorgelegt(antrag, "korrekturen_zurueckgeben", None, by=by, begruendung=begruendung)


@transaction.atomic
def _vorgelegt(antrag, schritt, am, *, by, begruendung=""):
    antrag = take_step(antrag, schritt, by=by, begruendung=begruendung)
    antrag.nachforderungen.filter(beantwortet_am=None).update(vorgelegt_am=am)
    return antrag
