"""How it came out: the amount among the figures, and in the box at the top the letter, the reasons and what comes now.

The school reads it when the decision is signed; the office reads why a release was refused.
"""

from collections.abc import Iterator

from angebote.antrag.permissions import RECHTE
from angebote.antrag.workflow import ENTSCHIEDEN, Status
from angebote.entscheidung.inhalt import ausgang
from schulerfolg.teile import Platz, Teil


def teile(antrag, person, hats) -> Iterator[Teil]:
    intern = RECHTE.may(hats, "internes_lesen", antrag)
    entschieden = antrag.status in ENTSCHIEDEN
    if antrag.bewilligt is not None and (entschieden or intern):
        yield Teil(Platz.KOPF, "angebote/entscheidung/bewilligt.html", {"bewilligt": antrag.bewilligt})
    if entschieden:
        yield Teil(Platz.DRAN, "angebote/entscheidung/ausgang.html", ausgang(antrag, hats))
    if antrag.status == Status.GREMIENREIF and intern:
        zuletzt = antrag.ereignisse.first()
        if zuletzt and zuletzt.schritt == "freigabe_verweigern":
            yield Teil(Platz.DRAN, "angebote/entscheidung/verweigert.html", {"zuletzt": zuletzt})
