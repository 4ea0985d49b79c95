"""How long an office usually takes from an application to its letter: measured on its decided cases, no promise.

Time in which the school was asked does not count. One function serves the page of a case, the overview, the mail
and „Darf ich, wie viel, bis wann?“.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsereignis
from angebote.antrag.workflow import ENTSCHIEDEN, Status

LETZTE, MINDESTENS = 50, 3
RAND = 5
"""The fastest and the slowest fifth count like the one next to them: one odd case does not move the figure."""


@dataclass(frozen=True, slots=True)
class Dauer:
    """In days; `faelle` says from how many cases."""

    tage: int
    faelle: int

    def bis(self, antrag: Antrag) -> date:
        """The day on which this Antrag would be decided if it took as long; its `ereignisse` may be prefetched."""
        assert antrag.eingereicht_am, "a draft is not on its way yet"
        verlauf = [(e.nach, e.am) for e in reversed(antrag.ereignisse.all()) if e.von != e.nach]
        gewartet = _bei_der_schule([*verlauf, ("", timezone.now())])
        return timezone.localdate(antrag.eingereicht_am + gewartet + timedelta(days=self.tage))


def uebliche_dauer(netzwerkstelle) -> Dauer | None:
    """The winsorised mean of this office's last decided cases; None where there are fewer than three. One query."""
    antraege = Antrag.objects.filter(netzwerkstelle=netzwerkstelle, status__in=ENTSCHIEDEN)
    letzte = antraege.order_by("-eingereicht_am", "-pk").values("pk")[:LETZTE]
    schritte = Antragsereignis.objects.filter(antrag__in=letzte).exclude(von=F("nach")).order_by("antrag", "am", "pk")
    wege: dict[int, list[tuple[str, Any]]] = {}
    for antrag, eingereicht, nach, am in schritte.values_list("antrag", "antrag__eingereicht_am", "nach", "am"):
        wege.setdefault(antrag, [(Status.EINGEREICHT, eingereicht)]).append((nach, am))
    tage = sorted((weg[-1][1] - weg[0][1] - _bei_der_schule(weg)) / timedelta(days=1) for weg in wege.values())
    if len(tage) < MINDESTENS:
        return None
    rand = len(tage) // RAND
    mitte = [min(max(tag, tage[rand]), tage[-1 - rand]) for tag in tage]
    return Dauer(max(round(sum(mitte) / len(mitte)), 1), len(tage))


def _bei_der_schule(weg: Iterable[tuple[str, Any]]) -> timedelta:
    """How long the school was asked, of moves in order: where to, and when."""
    gewartet, seit = timedelta(), None
    for nach, am in weg:
        if seit is not None:
            gewartet += am - seit
        seit = am if nach == Status.NACHFORDERUNG else None
    return gewartet
