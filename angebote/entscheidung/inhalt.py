"""How a case came out, as its page says it: the letter, the sum, the reasons, and what comes or is possible now."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from angebote.anlage.queries import schriftstuecke_von
from angebote.antrag.permissions import SCHULE
from angebote.antrag.workflow import Status
from angebote.entscheidung.brief import VORLAGEN, Briefart, wann_wieder
from angebote.entscheidung.queries import entscheidung_von, kontakt_von
from angebote.entscheidung.texte import WEG_WEITER


@dataclass(frozen=True, slots=True)
class Schreiben:
    """The letter of decision, as a page links it."""

    titel: str
    adresse: str
    groesse: int
    erstellt_am: datetime
    nachweis_bis: date | None
    """Until when the letter asks for the proof of use; none where it asks for none."""


def schreiben_von(antrag) -> Schreiben | None:
    """The last letter of decision of this case; None until the worker has made it."""
    stuecke = schriftstuecke_von(antrag)
    stueck = next((stueck for stueck in stuecke if stueck.art in VORLAGEN), None)
    if stueck is None:
        return None
    mit_nachweis = stueck.art in (Briefart.BESCHEID, Briefart.VERTRAG)
    return Schreiben(
        stueck.titel,
        reverse("antraege:schriftstueck", args=[antrag.pk, stueck.pk]),
        stueck.dokument.groesse,
        stueck.erstellt_am,
        antrag.nachweis_bis if mit_nachweis else None,
    )


def ausgang(antrag, hats) -> dict:
    """For the box at the top of a decided case. The reasons are those that the decision was taken with."""
    ereignis, abgelehnt = entscheidung_von(antrag), antrag.status == Status.ABGELEHNT
    ist_schule = not hats.isdisjoint(SCHULE)
    return {
        "antrag": antrag,
        "abgelehnt": abgelehnt,
        "schreiben": schreiben_von(antrag),
        "gruende": ereignis.begruendung if ereignis else "",
        "weniger": not abgelehnt and antrag.bewilligt < antrag.beantragt,
        "kontakt": kontakt_von(antrag),
        "ist_schule": ist_schule,
        "weiter": WEG_WEITER if abgelehnt else [],
        "bis_wann": wann_wieder(antrag, timezone.localdate()) if abgelehnt and ist_schule else "",
    }
