"""Whose names stand on the pages that say who may see what, and for whom."""

from netzwerkstellen.stelle.permissions import rollen
from schulerfolg.konten.permissions import SCHULROLLEN, Rolle

# The record of looks tells how people work: with names it is for those who answer for it.
LIEST_NAMEN = frozenset({Rolle.LEITUNG, Rolle.KOORDINATION, Rolle.PRUEFUNG})
# A school knows its own people and those of the office; who advises, audits or coordinates is named by the hat alone.
DER_SCHULE_BEKANNT = frozenset({*SCHULROLLEN, Rolle.SACHBEARBEITUNG, Rolle.LEITUNG, Rolle.TRAEGER_FREIGABE})


def liest_namen(person, netzwerkstelle) -> bool:
    """Whether this person reads the names in the record of looks of this office."""
    return not rollen(person, netzwerkstelle).isdisjoint(LIEST_NAMEN)
