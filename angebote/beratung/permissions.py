"""Who sees and does what with a Beratung."""

from angebote.beratung.workflow import ABLAUF, Status
from schulerfolg.ablauf.tabelle import Transition
from schulerfolg.konten.permissions import SCHULROLLEN, Rolle, getragene

BERATENDE = (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG)

# A table, to be read in columns.
# fmt: off
RECHTE = {
    # action              who                                             only while
    "antrag_beginnen":   (frozenset({*SCHULROLLEN, *BERATENDE}),          [Status.BERATEN]),
}
# fmt: on


def rollen(person, beratung) -> set[Rolle]:
    """The hats this person wears towards this Beratung today; none at all means: a stranger."""
    schule = getragene(person, "schulzugehoerigkeiten", schule=beratung.schule_id)
    stelle = getragene(person, "mitarbeiten", netzwerkstelle=beratung.netzwerkstelle_id)
    return {Rolle(rolle) for rolle in (*schule, *stelle)}


def may_with(hats: set[Rolle], action: str, beratung) -> bool:
    """Whether somebody with these hats may do this with this Beratung now."""
    roles, statuses = RECHTE[action]
    return beratung.status in statuses and not roles.isdisjoint(hats)


def steps(hats: set[Rolle], beratung) -> list[Transition]:
    """The buttons somebody with these hats sees on this Beratung."""
    return ABLAUF.available(beratung.status, hats)


def darf_anfragen(person) -> bool:
    """Somebody of a school may tell of an idea."""
    return person.schulzugehoerigkeiten.gueltig().filter(rolle__in=SCHULROLLEN, schule__aktiv=True).exists()


def darf_notieren(person) -> bool:
    """Somebody who advises may note a conversation."""
    return not set(BERATENDE).isdisjoint(getragene(person, "mitarbeiten"))
