from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN, traegt
from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    """For schools and offices: nobody else reads a conversation."""
    if traegt(huete, SCHULROLLEN) or traegt(huete, STELLENROLLEN, "mitarbeiten"):
        yield Eintrag(Kopf.VORGAENGE, "Beratungen", "beratungen:liste")
