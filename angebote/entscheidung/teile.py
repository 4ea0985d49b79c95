"""The amount that was awarded. The school reads it when the decision is signed."""

from collections.abc import Iterator

from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import ENTSCHIEDEN
from schulerfolg.teile import Platz, Teil


def teile(antrag, person, hats) -> Iterator[Teil]:
    bekannt = antrag.status in ENTSCHIEDEN or RECHTE.may(hats, "internes_lesen", antrag)
    if antrag.bewilligt is not None and bekannt:
        yield Teil(Platz.KOPF, "angebote/entscheidung/bewilligt.html", {"bewilligt": antrag.bewilligt})
