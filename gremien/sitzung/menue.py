from schulerfolg.konten.permissions import STELLENROLLEN, Rolle, traegt
from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    """For whoever works for an office or sits in a Gremium."""
    if traegt(huete, STELLENROLLEN, "mitarbeiten") or traegt(huete, {Rolle.GREMIUM}):
        yield Eintrag(Kopf.VORGAENGE, "Sitzungen", "sitzungen:liste")
