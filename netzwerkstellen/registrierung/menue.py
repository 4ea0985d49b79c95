from schulerfolg.konten.permissions import SCHULROLLEN, traegt
from schulerfolg.menue import Eintrag, Konto


def menue(person, huete):
    if traegt(huete, SCHULROLLEN):
        yield Eintrag(Konto.ZUGANG, "Zugang zu einer weiteren Schule", "registrieren")
