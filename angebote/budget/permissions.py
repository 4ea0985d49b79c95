"""Who reads the money of an office, and who decides how much there is. Schools and committees have no page here."""

from netzwerkstellen.stelle.permissions import rollen
from schulerfolg.konten.permissions import Rolle, getragene, landesrollen

RECHTE = {
    "ansehen": {
        Rolle.SACHBEARBEITUNG,
        Rolle.LEITUNG,
        Rolle.TRAEGER_FREIGABE,
        Rolle.PRUEFUNG,
        Rolle.KOORDINATION,
    },
    "anlegen": {Rolle.LEITUNG},
    "aendern": {Rolle.LEITUNG},
}


def may_with(hats: set[Rolle], action: str) -> bool:
    return not hats.isdisjoint(RECHTE[action])


def liest_texte(hats: set[Rolle], netzwerkstelle) -> bool:
    """Whether the words of a Buchung are open: not to the coordination office, unless the office shares contents."""
    return netzwerkstelle.teilt_inhalte or not hats <= {Rolle.KOORDINATION}


def may(person, action: str, netzwerkstelle) -> bool:
    return may_with(rollen(person, netzwerkstelle), action)


def darf_irgendwo(person, action: str) -> bool:
    """Whether there is any office at which this person may do this: without one, the page itself is not theirs."""
    return may_with({Rolle(rolle) for rolle in getragene(person, "mitarbeiten")} | landesrollen(person), action)
