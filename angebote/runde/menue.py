from angebote.runde.permissions import RECHTE
from schulerfolg.konten.permissions import traegt
from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    """For the Land; an office finds its own on its pages."""
    if traegt(huete, RECHTE["ansehen"].roles, "landesrollen"):
        yield Eintrag(Kopf.GELD, "Förderrunden", "foerderrunden:liste")
