"""What was written, the rule it is measured by, other applications of the school, and what happened."""

from collections.abc import Iterator

from angebote.antrag.inhalt import antworten, fassungen, regel_von, verlauf
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE
from angebote.antrag.stand import mit_stand
from schulerfolg.teile import Platz, Teil

MOST_OTHERS = 8


def teile(antrag, person, hats) -> Iterator[Teil]:
    intern = RECHTE.may(hats, "internes_lesen", antrag)
    geschrieben = fassungen(antrag)
    inhalt = {"fassungen": geschrieben, "antworten": antworten(antrag, geschrieben, intern)}
    yield Teil(Platz.HAUPT, "angebote/antrag/wortlaut.html", inhalt)
    if regel := regel_von(antrag):
        yield Teil(Platz.RAND, "angebote/antrag/regel.html", {"regel": regel})
    if andere := _weitere(antrag, person, intern):
        yield Teil(Platz.RAND, "angebote/antrag/weitere.html", {"weitere": andere})
    yield Teil(Platz.SCHLUSS, "angebote/antrag/verlauf.html", {"verlauf": verlauf(antrag, hats)})


def _weitere(antrag, person, intern) -> list[Antrag]:
    """Submitted applications of the same school that this person may see, each with its stand, the newest first."""
    andere = Antrag.objects.visible_to(person).weitere_zu(antrag)[:MOST_OTHERS]
    return mit_stand(andere, {antrag.netzwerkstelle_id} if intern else set())
