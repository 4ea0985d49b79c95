from schulerfolg.dach.personen.permissions import RECHTE
from schulerfolg.konten.permissions import traegt
from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    if traegt(huete, RECHTE["verwalten"].roles, "landesrollen"):
        yield Eintrag(Kopf.STELLEN, "Personen", "personen:liste")
