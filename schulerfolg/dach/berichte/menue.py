from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    """For visitors; whoever is signed in finds the way in the foot of every page."""
    if not person.is_authenticated:
        yield Eintrag(Kopf.BERICHTE, "Berichte", "berichte:bericht_liste")
