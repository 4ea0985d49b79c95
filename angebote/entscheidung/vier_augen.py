"""Whoever signs a decision did not prepare it."""

from angebote.antrag.models_akte import Antragsereignis

UNTERSCHRIFT = ("bewilligen", "ablehnen", "freigabe_verweigern", "selbst_entscheiden")


def taten(person) -> dict:
    schritte = Antragsereignis.objects.filter(durch=person, schritt__in=UNTERSCHRIFT)
    return {"Entscheidung unterschrieben": schritte.values_list("antrag", flat=True)}
