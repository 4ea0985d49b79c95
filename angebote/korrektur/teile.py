"""The way to the marked places for the school, and to the Fassungen for everybody who reads the case."""

from collections.abc import Iterator

from django.urls import reverse

from angebote.antrag.inhalt import fassungen
from angebote.antrag.permissions import SCHULE
from angebote.antrag.workflow import ABLAUF
from schulerfolg.teile import Aktion, Platz, Teil

NACHREICHEN = ABLAUF.transitions["nachreichen"]


def teile(antrag, person, hats) -> Iterator[Teil]:
    if antrag.status in NACHREICHEN.sources and not hats.isdisjoint(SCHULE):
        yield from _zu_korrigieren(antrag)
    geschrieben = fassungen(antrag)
    if len(geschrieben) > 1:
        yield Teil(Platz.RAND, "angebote/korrektur/fassungen.html", {"antrag": antrag, "fassungen": geschrieben})


def _zu_korrigieren(antrag) -> Iterator[Teil]:
    offen = antrag.nachforderungen.filter(beantwortet_am=None).prefetch_related("markierungen").first()
    markierungen = list(offen.markierungen.all()) if offen else []
    if markierungen:
        fertig = sum(m.ist_fertig for m in markierungen)
        aktion = Aktion("Angaben korrigieren", reverse("antraege:korrekturen", args=[antrag.pk]))
        inhalt = {"anzahl": len(markierungen), "fertig": fertig, "vorgelegt": offen.vorgelegt_am}
        yield Teil(Platz.DRAN, "angebote/korrektur/stand.html", inhalt, (aktion,))
