"""What must be true before the school hands an Antrag on. The table of steps names these conditions."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.antrag.abschnitte import einwaende


def mitzeichnung_nicht_verlangt(antrag, by):
    regel = antrag.regel_heute
    if regel is None or regel.mitzeichnung:
        raise ValidationError("In Ihrer Region zeichnet die Schulleitung mit. Bitte geben Sie ihr den Antrag weiter.")


def vertretung_unterschreibt_eigenes(antrag, by):
    if by.pk == antrag.verfasst_durch_id and antrag.regel_heute and antrag.regel_heute.vertretung_bei_eigenem:
        raise ValidationError(
            "Sie haben den Antrag selbst geschrieben. In Ihrer Region unterschreibt dann Ihre Stellvertretung."
        )


def nichts_spricht_dagegen(antrag, by):
    harte = [einwand.satz for einwand in einwaende(antrag, antrag.regel_heute, am=timezone.localdate()) if einwand.hart]
    if harte:
        raise ValidationError(harte)
