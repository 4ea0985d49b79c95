"""The controlled words an application chooses from: whom it is for, what it is about, what it costs."""

from pathlib import Path

from django.db import transaction

from angebote.foerderung.models import Kostenart, Thema, Zielgruppe
from netzwerkstellen.stammdaten.laden import Ergebnis, abgleichen, zeilen_lesen

ORDNER = Path(__file__).resolve().parent
DATEIEN = {"zielgruppen.csv": Zielgruppe, "themen.csv": Thema, "kostenarten.csv": Kostenart}


@transaction.atomic
def laden(ordner: Path = ORDNER) -> list[Ergebnis]:
    """Load the vocabularies. A second run changes nothing."""
    return [abgleichen(model, zeilen_lesen(ordner / datei)) for datei, model in DATEIEN.items()]
