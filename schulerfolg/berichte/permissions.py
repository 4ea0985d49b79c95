"""Who works on reports. What is published everybody reads; that is not listed here."""

from schulerfolg.berichte.workflow import ABLAUF, BEARBEITBAR, Status
from schulerfolg.konten.permissions import Rolle
from schulerfolg.workflow import Transition

# fmt: off
RECHTE = {
    # action          who                                         only while
    "verwalten":     ({Rolle.KOORDINATION, Rolle.PRUEFUNG},       list(Status)),
    "anlegen":       ({Rolle.KOORDINATION},                       [Status.ENTWURF]),
    "bearbeiten":    ({Rolle.KOORDINATION},                       BEARBEITBAR),
}
# fmt: on


def rollen(person) -> set[Rolle]:
    """The hats this person wears for the whole Land today; no other hat counts here."""
    return {Rolle(rolle) for rolle in person.landesrollen.gueltig().values_list("rolle", flat=True)}


def may(person, action: str, status=Status.ENTWURF) -> bool:
    roles, statuses = RECHTE[action]
    return status in statuses and not roles.isdisjoint(rollen(person))


def steps(person, bericht) -> list[Transition]:
    """The buttons this person sees on this report."""
    return ABLAUF.available(bericht.status, rollen(person))
