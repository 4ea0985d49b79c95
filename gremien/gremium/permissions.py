"""Who looks after a Gremium, its rules and its members. What happens in a meeting stands in sitzung.permissions."""

from django.core.exceptions import PermissionDenied

from schulerfolg.konten.permissions import Rolle, getragene

PFLEGENDE = (Rolle.SACHBEARBEITUNG, Rolle.LEITUNG)


def hut(person, netzwerkstelle) -> Rolle | None:
    """The hat in which this person looks after the committees of this office, or None."""
    worn = set(getragene(person, "mitarbeiten", netzwerkstelle=netzwerkstelle.pk))
    return next((rolle for rolle in PFLEGENDE if rolle in worn), None)


def require(person, netzwerkstelle) -> Rolle:
    """The same; without a hat, PermissionDenied says whose task it is."""
    worn = hut(person, netzwerkstelle)
    if worn is None:
        raise PermissionDenied(f"Regeln und Mitglieder pflegt die {netzwerkstelle.name}.")
    return worn
