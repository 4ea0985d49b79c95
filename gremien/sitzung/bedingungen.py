"""What must be true before a step of a meeting; the table of steps names these conditions."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.models import Antrag
from gremien.sitzung.models import Tagesordnungspunkt

Art, Ausgang = Tagesordnungspunkt.Art, Tagesordnungspunkt.Ausgang


def tagesordnung_steht(sitzung, by):
    if not sitzung.punkte.exists():
        raise ValidationError("Die Tagesordnung ist noch leer. Bitte nehmen Sie zuerst Punkte auf.")


def jemand_ist_zu_laden(sitzung, by):
    if not zu_laden(sitzung).exists():
        raise ValidationError(
            "Das Gremium hat am Tag der Sitzung keine Mitglieder. Bitte nehmen Sie zuerst welche auf."
        )


def jeder_punkt_ist_erledigt(sitzung, by):
    """A case that was withdrawn asks for nothing more, and an item of another kind is heard."""
    offen = sitzung.punkte.filter(ausgang=Ausgang.OFFEN).exclude(art=Art.SONSTIGES)
    offen = offen.exclude(art=Art.ANTRAG, antrag__in=Antrag.objects.zurueckgezogen())
    rest = ", ".join(f"TOP {punkt.position}" for punkt in offen.order_by("position"))
    if rest:
        raise ValidationError(f"Noch offen: {rest}. Bitte beschließen, vertagen oder zur Kenntnis nehmen lassen.")


def zu_laden(sitzung):
    """The members on the day of the meeting who have no invitation yet."""
    mitglieder = sitzung.gremium.mitgliedschaften.gueltig(timezone.localdate(sitzung.beginn))
    return mitglieder.filter(person__is_active=True).exclude(ladungen__sitzung=sitzung)
