from schulerfolg.konten.permissions import LANDESROLLEN, SCHULROLLEN, STELLENROLLEN, traegt
from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    """For everybody who has more to do with projects than the papers of a Gremium."""
    if traegt(huete, {*SCHULROLLEN, *STELLENROLLEN, *LANDESROLLEN}):
        yield Eintrag(Kopf.VORGAENGE, "Beratungen", "beratungen:liste")
