"""Who enters that somebody is away."""

from django.db.models import TextChoices

from netzwerkstellen.stelle.models import Netzwerkstelle
from netzwerkstellen.stelle.permissions import RECHTE as STELLENRECHTE
from netzwerkstellen.stelle.permissions import rollen as rollen_der_stelle
from schulerfolg.rechte import Recht, Rechte


class Selbst(TextChoices):
    SELBST = "selbst", "für sich selbst"


# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Abwesenheit und Vertretung", """\
Eine Vertretung gibt niemandem mehr Rechte: Vertreten kann nur, wer an derselben Stelle oder Schule arbeitet.""", [
    Recht("eintragen", (Selbst.SELBST, *STELLENRECHTE["team_pflegen"].roles), "eine Abwesenheit eintragen und beenden", denial="Eine Abwesenheit trägt die Person selbst ein oder die Leitung ihrer Stelle."),
])
# fmt: on


def stellen(person):
    """The offices this person works for today."""
    return Netzwerkstelle.objects.filter(pk__in=person.mitarbeiten.gueltig().values("netzwerkstelle"))


def rollen(by, person) -> set:
    """The hats of `by` towards this person: oneself, or at an office at which the person works."""
    if by.pk == person.pk:
        return {Selbst.SELBST}
    return {rolle for stelle in stellen(person) for rolle in rollen_der_stelle(by, stelle)}
