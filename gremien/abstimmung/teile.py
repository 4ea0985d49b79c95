"""For the office: where this case stands or stood on an agenda, and what was resolved."""

from collections.abc import Iterator

from angebote.antrag.permissions import RECHTE
from schulerfolg.teile import Platz, Teil


def teile(antrag, person, hats) -> Iterator[Teil]:
    if RECHTE.may(hats, "internes_lesen", antrag) and (punkte := list(antrag.tagesordnungspunkte.mit_sitzung())):
        yield Teil(Platz.RAND, "gremien/abstimmung/im_gremium.html", {"punkte": punkte})
