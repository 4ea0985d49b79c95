"""Whoever wrote the Stellungnahme does not confirm it."""

from angebote.pruefung.models import Stellungnahme


def taten(person) -> dict:
    alle = Stellungnahme.objects.values_list("antrag", flat=True)
    return {
        "Stellungnahme verfasst": alle.filter(verfasst_durch=person),
        "Stellungnahme bestätigt": alle.filter(bestaetigt_durch=person),
    }
