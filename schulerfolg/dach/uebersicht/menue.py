from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    if person.is_authenticated:
        yield Eintrag(Kopf.ANFANG, "Übersicht", "uebersicht")
