from schulerfolg.menue import Eintrag, Kopf


def menue(person, huete):
    """The one office somebody works for; else the list of all, below which several have pages of their own."""
    eigene = tuple(dict.fromkeys(hut.adresse for hut in huete if hut.reihe == "mitarbeiten"))
    if len(eigene) == 1:
        yield Eintrag(Kopf.STELLEN, "Verwaltung", eigene[0])
    else:
        yield Eintrag(Kopf.STELLEN, "Netzwerkstellen", "netzwerkstellen:stelle_liste", ausser=eigene)
