from schulerfolg.dach.ansicht.permissions import RECHTE
from schulerfolg.konten.permissions import traegt
from schulerfolg.menue import Eintrag, Konto


def menue(person, huete):
    if traegt(huete, RECHTE["alle_lesen"].roles, "landesrollen"):
        yield Eintrag(Konto.EINSICHT, "Ansichten als andere Person", "ansicht:liste")
