from schulerfolg.dach.pruefrechte.permissions import RECHTE
from schulerfolg.konten.permissions import traegt
from schulerfolg.menue import Eintrag, Konto


def menue(person, huete):
    if traegt(huete, RECHTE["vergeben"].roles, "landesrollen"):
        yield Eintrag(Konto.RECHTE, "Prüfrechte", "pruefrechte:liste")
