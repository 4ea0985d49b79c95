"""Who closes and opens accounts: the Leitung for people of her office alone, the coordination office for everybody."""

from django.utils import timezone

from netzwerkstellen.models import Mitarbeit
from schulerfolg.konten.huete import offene_huete
from schulerfolg.konten.permissions import Rolle, ist_koordination


def darf_sperren(by, person) -> Rolle | None:
    """The hat in which `by` may close this person's account, or None. Nobody closes their own."""
    if by.pk == person.pk:
        return None
    if ist_koordination(by):
        return Rolle.KOORDINATION
    huete = list(offene_huete(person, timezone.localdate()))
    geleitet = set(by.mitarbeiten.gueltig().leitungen().values_list("netzwerkstelle", flat=True))
    nur_hier = huete and all(isinstance(hut, Mitarbeit) and hut.netzwerkstelle_id in geleitet for hut in huete)
    return Rolle.LEITUNG if nur_hier else None


def darf_freischalten(by, person) -> Rolle | None:
    """Only the coordination office, and never what was joined with another account."""
    if person.is_active or person.zusammengefuehrt_mit_id or not ist_koordination(by):
        return None
    return Rolle.KOORDINATION
