"""The documents of a case: those the portal made, those the school added, and those that are being made."""

from collections.abc import Iterator

from angebote.anlage.queries import dateien_von, schriftstuecke_von
from angebote.antrag.inhalt import fassungen
from angebote.antrag.queries import ausstehend
from schulerfolg.teile import Platz, Teil


def teile(antrag, person, hats) -> Iterator[Teil]:
    inhalt = {
        "antrag": antrag,
        "schriftstuecke": schriftstuecke_von(antrag),
        "anlagen": dateien_von(antrag),
        "ausstehend": ausstehend(antrag, fassungen(antrag)),
    }
    yield Teil(Platz.RAND, "angebote/anlage/dateien.html", inhalt)
