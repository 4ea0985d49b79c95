"""Who gives and takes the roles at a school: its head for the Kollegium, the office for every role."""

from netzwerkstellen.stelle.permissions import RECHTE as STELLENRECHTE
from netzwerkstellen.stelle.permissions import rollen as rollen_der_stelle
from schulerfolg.konten.permissions import SCHULROLLEN, Rolle, hats_worn
from schulerfolg.rechte import Recht, Rechte

KOPF = (Rolle.SCHULE_LEITUNG, Rolle.SCHULE_STELLVERTRETUNG)
KOLLEGIUM = tuple(rolle for rolle in SCHULROLLEN if rolle not in KOPF)
STELLE = STELLENRECHTE["schule_einladen"].roles

# A table, to be read in columns.
# fmt: off
RECHTE = Rechte("Menschen an einer Schule", """\
Wer für eine Schule unterschreibt (Schulleitung und Stellvertretung), bekommt diese Rolle nur von der Netzwerkstelle.
Über die eigene Anfrage entscheidet niemand selbst.""", [
    #      action               who               what it allows
    Recht("kollegium_ansehen", KOPF,             "sehen, wer an der eigenen Schule mitarbeitet, eingeladen ist oder wartet"),
    Recht("kollegium_pflegen", (*KOPF, *STELLE), "Lehrkräfte und Schulsozialarbeit einladen, ihre Anfragen freigeben oder ablehnen, ihre Mitarbeit beenden", denial="Darüber entscheidet die Schulleitung oder die Netzwerkstelle der Schule."),
    Recht("kopf_pflegen",      STELLE,           "dasselbe für Schulleitung und Stellvertretung",                                                            denial="Darüber entscheidet die Netzwerkstelle der Schule."),
])
# fmt: on


def rollen(person, schule) -> set[Rolle]:
    """The hats this person wears at this school today, and at its office."""
    hier = hats_worn(person, "schulzugehoerigkeiten", schule=schule.pk)
    return {Rolle(rolle) for rolle in hier} | rollen_der_stelle(person, schule.netzwerkstelle)


def action_fuer(rolle: str) -> str:
    """Which right it takes to give or take this role."""
    return "kollegium_pflegen" if rolle in KOLLEGIUM else "kopf_pflegen"
