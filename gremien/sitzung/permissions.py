"""Who sees and does what with a meeting and its papers."""

from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung.workflow import PAPIERE_OFFEN, Rolle
from schulerfolg.konten.permissions import Rolle as Hut

R, M = Rolle, Mitgliedschaft.Rolle
VON_MITGLIED = {
    M.VORSITZ: R.VORSITZ,
    M.STELLV_VORSITZ: R.VORSITZ,
    M.SCHRIFTFUEHRUNG: R.SCHRIFTFUEHRUNG,
    M.MITGLIED: R.MITGLIED,
}

# fmt: off
RECHTE = {
    # action              who
    "ansehen":           (R.STELLE, R.VORSITZ, R.SCHRIFTFUEHRUNG, R.MITGLIED, R.LESEND),
    "tagesordnung":      (R.STELLE, R.VORSITZ),
    "leiten":            (R.VORSITZ, R.SCHRIFTFUEHRUNG, R.STELLE),
    "papiere":           (R.STELLE, R.VORSITZ, R.SCHRIFTFUEHRUNG, R.MITGLIED),
    "erklaeren":         (R.VORSITZ, R.SCHRIFTFUEHRUNG, R.MITGLIED),
}
# fmt: on


def mitgliedschaft(person, gremium) -> Mitgliedschaft | None:
    """This person's seat in this Gremium today."""
    return person.mitgliedschaften.gueltig().filter(gremium=gremium).first()


def rollen(person, gremium) -> set[Rolle]:
    """The hats this person wears towards this Gremium and its meetings. None at all means: a stranger."""
    hats = set()
    stelle = set(
        person.mitarbeiten.gueltig().filter(netzwerkstelle=gremium.netzwerkstelle_id).values_list("rolle", flat=True)
    )
    if stelle & {Hut.SACHBEARBEITUNG, Hut.LEITUNG}:
        hats.add(R.STELLE)
    if stelle or person.landesrollen.gueltig().exists():
        hats.add(R.LESEND)
    sitz = mitgliedschaft(person, gremium)
    if sitz:
        hats |= {VON_MITGLIED[M(sitz.rolle)], R.MITGLIED}
    return hats


def may_with(hats: set[Rolle], action: str) -> bool:
    return not hats.isdisjoint(RECHTE[action])


def darf_papiere(hats: set[Rolle], sitz: Mitgliedschaft | None, sitzung) -> bool:
    """The office always; a member from the invitation on and after the Verschwiegenheitsverpflichtung."""
    if R.STELLE in hats:
        return True
    return bool(sitz and sitz.verschwiegen_am and sitzung.status in PAPIERE_OFFEN)
