from schulerfolg.konten.permissions import LANDESROLLEN, STELLENROLLEN, Rolle, traegt
from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    """For whoever works for an office or for the Land, or sits in a Gremium."""
    if traegt(huete, {*STELLENROLLEN, *LANDESROLLEN, Rolle.GREMIUM}):
        yield Eintrag(Kopf.VORGAENGE, "Sitzungen", "sitzungen:liste")
