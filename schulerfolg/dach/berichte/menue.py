from schulerfolg.konten.permissions import LANDESROLLEN, traegt
from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    """For visitors and for the Land, which publishes them; others find the way in the foot of every page."""
    if not person.is_authenticated or traegt(huete, LANDESROLLEN, "landesrollen"):
        yield Eintrag(Kopf.BERICHTE, "Berichte", "berichte:bericht_liste")
