"""The amount that was awarded, which the school reads when the decision is signed; and why a release was refused."""

from collections.abc import Iterator

from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import ENTSCHIEDEN, Status
from schulerfolg.teile import Platz, Teil


def teile(antrag, person, hats) -> Iterator[Teil]:
    intern = RECHTE.may(hats, "internes_lesen", antrag)
    bekannt = antrag.status in ENTSCHIEDEN or intern
    if antrag.bewilligt is not None and bekannt:
        yield Teil(Platz.KOPF, "angebote/entscheidung/bewilligt.html", {"bewilligt": antrag.bewilligt})
    if antrag.status == Status.GREMIENREIF and intern:
        zuletzt = antrag.ereignisse.first()
        if zuletzt and zuletzt.schritt == "freigabe_verweigern":
            yield Teil(Platz.DRAN, "angebote/entscheidung/verweigert.html", {"zuletzt": zuletzt})
