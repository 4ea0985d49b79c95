from angebote.antrag.permissions import RECHTE
from schulerfolg.konten.permissions import traegt
from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    if traegt(huete, RECHTE["ansehen"].roles):
        yield Eintrag(Kopf.VORGAENGE, "Anträge", "antraege:liste")
