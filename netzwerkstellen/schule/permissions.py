"""Who gives and takes the roles at a school: its head for the Kollegium, the office for every role."""

from netzwerkstellen.stelle.permissions import hut
from schulerfolg.konten.permissions import SCHULROLLEN, Rolle, getragene

KOPF = (Rolle.SCHULE_LEITUNG, Rolle.SCHULE_STELLVERTRETUNG)
KOLLEGIUM = tuple(rolle for rolle in SCHULROLLEN if rolle not in KOPF)


def kopf_hut(person, schule) -> Rolle | None:
    """The hat in which this person leads this school today, or None."""
    worn = set(getragene(person, "schulzugehoerigkeiten", schule=schule.pk))
    return next((rolle for rolle in KOPF if rolle in worn), None)


def vergibt(person, schule, rolle: str) -> Rolle | None:
    """The hat in which this person may give or take this role at this school.

    Whoever signs for a school (head and deputy) is named by the office alone.
    """
    am_platz = kopf_hut(person, schule) if rolle in KOLLEGIUM else None
    return am_platz or hut(person, "schule_einladen", schule.netzwerkstelle)
