"""Who works on reports: hats for the whole Land alone. What is published everybody reads; that is not listed here."""

from schulerfolg.ablauf.tabelle import Transition
from schulerfolg.berichte.workflow import ABLAUF, BEARBEITBAR, Status
from schulerfolg.konten.permissions import Rolle, landesrollen

# A table, to be read in columns.
# fmt: off
RECHTE = {
    # action          who                                         only while
    "verwalten":     ({Rolle.KOORDINATION, Rolle.PRUEFUNG},       list(Status)),
    "anlegen":       ({Rolle.KOORDINATION},                       [Status.ENTWURF]),
    "bearbeiten":    ({Rolle.KOORDINATION},                       BEARBEITBAR),
}
# fmt: on


def may(person, action: str, status=Status.ENTWURF) -> bool:
    roles, statuses = RECHTE[action]
    return status in statuses and not roles.isdisjoint(landesrollen(person))


def steps(person, bericht) -> list[Transition]:
    """The buttons this person sees on this report."""
    return ABLAUF.available(bericht.status, landesrollen(person))
