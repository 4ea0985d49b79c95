"""Who may do what with an Antrag. `rollen` decides, the tables only list."""

from angebote.antrag.workflow import ABLAUF, SCHULINTERN, Status
from schulerfolg.ablauf.tabelle import Transition
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN, Rolle, getragene

SCHULE = frozenset(SCHULROLLEN)
STELLE = frozenset({Rolle.SACHBEARBEITUNG, Rolle.LEITUNG})
STELLE_LESEND = frozenset(STELLENROLLEN)
NACH_EINREICHUNG = [status for status in Status if status not in SCHULINTERN]

# A table, to be read in columns.
# fmt: off
RECHTE = {
    # action                who                     only while
    "ansehen":             (SCHULE | STELLE_LESEND | {Rolle.KOORDINATION}, list(Status)),
    "bearbeiten":          (SCHULE | STELLE,        [Status.ENTWURF]),
    "teilen":              (SCHULE,                 SCHULINTERN),
    "pruefliste":          (STELLE,                 [Status.FORMALPRUEFUNG]),
    "stellung_nehmen":     (STELLE,                 [Status.FACHPRUEFUNG]),
    "antworten":           (SCHULE,                 [Status.NACHFORDERUNG]),
    "internes_lesen":      (STELLE_LESEND,          NACH_EINREICHUNG),
}
# fmt: on


def rollen(person, antrag) -> set[Rolle]:
    """The hats this person wears towards this Antrag today. None at all means: a stranger."""
    return was_zaehlt(
        antrag,
        schule=getragene(person, "schulzugehoerigkeiten", schule=antrag.schule_id),
        stelle=getragene(person, "mitarbeiten", netzwerkstelle=antrag.netzwerkstelle_id),
        landesweit=getragene(person, "landesrollen"),
    )


def was_zaehlt(antrag, *, schule=frozenset(), stelle=frozenset(), landesweit=frozenset()) -> set[Rolle]:
    """Which of the roles at its school, at its office and for the Land count towards this Antrag.

    An office wears its hats only from the submission on (from then on there is a number, even on what was withdrawn
    later), or where the school shares the draft with it, or where it wrote the draft itself. The coordination office
    reads only where the office shares its contents. What does not count is not looked at: no query for it.
    """
    hats = {Rolle(rolle) for rolle in schule}
    if antrag.nummer is not None or antrag.stelle_sieht_entwurf:
        hats |= {Rolle(rolle) for rolle in stelle}
    if antrag.nummer is not None:
        hats |= {Rolle(r) for r in landesweit if r != Rolle.KOORDINATION or antrag.netzwerkstelle.teilt_inhalte}
    return hats


def may_with(hats: set[Rolle], action: str, antrag) -> bool:
    """The same question when the hats are known already."""
    roles, statuses = RECHTE[action]
    if action == "bearbeiten" and hats.isdisjoint(SCHULE) and not antrag.im_auftrag:
        return False
    return antrag.status in statuses and not roles.isdisjoint(hats)


def may(person, action: str, antrag) -> bool:
    return may_with(rollen(person, antrag), action, antrag)


def steps(hats: set[Rolle], antrag) -> list[Transition]:
    """The buttons somebody with these hats sees on this Antrag."""
    return ABLAUF.available(antrag.status, hats)
