"""Who decides whether somebody who asks may come in: as for an invitation to the same role, but never for oneself."""

from netzwerkstellen.schule import permissions as schulrechte
from schulerfolg.konten.permissions import Rolle


def rollen(person, registrierung) -> set[Rolle]:
    """The hats towards the school it is about; none towards one's own request."""
    if person.pk == registrierung.person_id:
        return set()
    return schulrechte.rollen(person, registrierung.schule)
