from netzwerkstellen.schule.permissions import RECHTE
from schulerfolg.konten.permissions import traegt
from schulerfolg.menue import Eintrag, Konto


def menue(person, huete):
    if traegt(huete, RECHTE["kollegium_ansehen"].roles):
        yield Eintrag(Konto.KOLLEGIUM, "Menschen an unserer Schule", "kollegium:kollegien")
