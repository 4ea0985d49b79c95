from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    if not person.is_authenticated:
        yield Eintrag(Kopf.ANFANG, "Start", "startseite")
