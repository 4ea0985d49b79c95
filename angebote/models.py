"""Gathers the models of all subjects for Django."""

from angebote.anlage.models import Anlage
from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis, Antragsfassung, Schriftstueck
from angebote.antrag.models_zeilen import (
    Antragspartner,
    Jahresanteil,
    Kostenposten,
    Projektziel,
    Zielgruppenzahl,
)
from angebote.beratung.models import Beratung, Beratungsereignis
from angebote.budget.models import Buchung, Budget
from angebote.entscheidung.models import Briefvorschau
from angebote.foerderung.models import (
    Anlagenanforderung,
    Betragsband,
    Foerderregel,
    Kostenart,
    Thema,
    Zielgruppe,
)
from angebote.korrektur.models import Markierung
from angebote.nachricht.models import Lesevermerk, Nachricht
from angebote.pruefung.models import Nachforderung, Pruefpunkt, Rueckfrage, Stellungnahme, Vorabdatei
from angebote.runde.models import Foerderrunde, Rundenfassung
from angebote.vorzeitig.models import VorzeitigerBeginn
from angebote.zusammenarbeit.models import Entwurfsuebergabe, Mitschreibende

__all__ = [
    "Anlage",
    "Anlagenanforderung",
    "Antrag",
    "Antragsereignis",
    "Antragsfassung",
    "Antragspartner",
    "Beratung",
    "Beratungsereignis",
    "Betragsband",
    "Briefvorschau",
    "Buchung",
    "Budget",
    "Entwurfsuebergabe",
    "Foerderregel",
    "Foerderrunde",
    "Jahresanteil",
    "Kostenart",
    "Kostenposten",
    "Lesevermerk",
    "Markierung",
    "Mitschreibende",
    "Nachforderung",
    "Nachricht",
    "Projektziel",
    "Pruefpunkt",
    "Rueckfrage",
    "Rundenfassung",
    "Schriftstueck",
    "Stellungnahme",
    "Thema",
    "Vorabdatei",
    "VorzeitigerBeginn",
    "Zielgruppe",
    "Zielgruppenzahl",
]
