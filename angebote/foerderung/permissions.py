"""Who reads the rules of an office, and who sets them."""

from schulerfolg.konten.permissions import Rolle, getragene, landesrollen

RECHTE = {
    "ansehen": {
        Rolle.SACHBEARBEITUNG,
        Rolle.LEITUNG,
        Rolle.TRAEGER_FREIGABE,
        Rolle.PRUEFUNG,
        Rolle.KOORDINATION,
    },
    "festlegen": {Rolle.LEITUNG},
}


def darf_festlegen(person, netzwerkstelle) -> bool:
    return not RECHTE["festlegen"].isdisjoint(getragene(person, "mitarbeiten", netzwerkstelle=netzwerkstelle.pk))


def darf_irgendwo(person, action: str) -> bool:
    """Whether there is any office at which this person may do this."""
    return not RECHTE[action].isdisjoint([*getragene(person, "mitarbeiten"), *landesrollen(person)])
