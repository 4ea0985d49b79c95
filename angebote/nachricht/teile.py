"""The thread of school and office on the page of a case; above it, who is asked to answer."""

from collections.abc import Iterator

from angebote.nachricht.inhalt import faden
from schulerfolg.teile import Platz, Teil


def teile(antrag, person, hats) -> Iterator[Teil]:
    inhalt = faden(antrag, person, hats)
    if inhalt["wartet_stelle"] or inhalt["wartet_schule"] or inhalt["neu"]:
        yield Teil(Platz.DRAN, "angebote/nachricht/wartet.html", inhalt)
    yield Teil(Platz.HAUPT, "angebote/nachricht/faden.html", inhalt)
