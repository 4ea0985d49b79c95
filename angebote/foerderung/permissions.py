"""Who reads the rules of an office, and who sets them."""

from schulerfolg.konten.permissions import Rolle

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
    hier = person.mitarbeiten.gueltig().filter(netzwerkstelle=netzwerkstelle, rolle__in=RECHTE["festlegen"])
    return hier.exists()


def darf_irgendwo(person, action: str) -> bool:
    """Whether there is any office at which this person may do this."""
    if person.mitarbeiten.gueltig().filter(rolle__in=RECHTE[action]).exists():
        return True
    return person.landesrollen.gueltig().filter(rolle__in=RECHTE[action]).exists()
