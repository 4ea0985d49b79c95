"""What must be true before a step of a meeting; the table of steps names these conditions."""

from django.core.exceptions import ValidationError
from django.utils import timezone


def tagesordnung_steht(sitzung, by):
    if not sitzung.punkte.exists():
        raise ValidationError("Die Tagesordnung ist noch leer. Bitte nehmen Sie zuerst Punkte auf.")


def jemand_ist_zu_laden(sitzung, by):
    if not zu_laden(sitzung).exists():
        raise ValidationError(
            "Das Gremium hat am Tag der Sitzung keine Mitglieder. Bitte nehmen Sie zuerst welche auf."
        )


def termin(sitzung) -> list:
    """What the page of a move shows of the day that holds."""
    return [sitzung.beginn, sitzung.ort, sitzung.ladung]


def offene_punkte(sitzung) -> list:
    """What the page of closing asks about."""
    return [[punkt.pk, punkt.zurueckgezogen] for punkt in sitzung.punkte.offen()]


def zu_laden(sitzung):
    """The members on the day of the meeting who have no invitation to it yet."""
    mitglieder = sitzung.gremium.mitgliedschaften.gueltig(timezone.localdate(sitzung.beginn))
    geladen = sitzung.geltende_ladungen.values("mitgliedschaft")
    return mitglieder.filter(person__is_active=True).exclude(pk__in=geladen)
