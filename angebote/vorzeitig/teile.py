"""On the page of a case: what became of the early start, or how to ask for it."""

from collections.abc import Iterator

from angebote.vorzeitig.services import kann_beantragen
from schulerfolg.konten.permissions import STELLENROLLEN
from schulerfolg.teile import Platz, Teil


def teile(antrag, person, hats) -> Iterator[Teil]:
    if antrag.regel is None or not antrag.regel.vorzeitig:
        return
    zeilen = list(antrag.vorzeitige.all())
    kann = kann_beantragen(antrag, person, hats, zeilen)
    if zeilen or kann:
        inhalt = {"antrag": antrag, "zeile": zeilen[0] if zeilen else None, "kann": kann}
        yield Teil(Platz.RAND, "angebote/vorzeitig/teil.html", inhalt | {"intern": not hats.isdisjoint(STELLENROLLEN)})
