"""What the pages for everybody say of one office: rules, calls, meetings, and how long its cases took."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils import timezone

from angebote.antrag.workflow import ENTSCHIEDEN, Status
from angebote.models import Antrag, Antragsereignis, Foerderregel, Foerderrunde
from gremien.models import Sitzung
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.dach.auskunft.regeln import gestutztes_mittel

MOST_CASES = 100
"""The latest ones tell how long it takes today."""
FEWEST_CASES = 3
"""Below that a figure would tell of single cases (decided with the public figures)."""
MOST_MEETINGS = 3


@dataclass(frozen=True, slots=True)
class Lage:
    """What holds at an office on one day. `mit_runden`: whether it takes applications in calls, so far as is known."""

    stelle: Netzwerkstelle
    am: date
    regel: Foerderregel | None
    naechste_regel: Foerderregel | None
    offene: list[Foerderrunde]
    kommende: list[Foerderrunde]
    mit_runden: bool


def lage(stelle, am: date) -> Lage:
    regeln = stelle.foerderregeln.prefetch_related("anlagen", "baender")
    runden = stelle.foerderrunden.prefetch_related("themen").offen_oder_kommend()
    return Lage(
        stelle=stelle,
        am=am,
        regel=regeln.gueltig(am).first(),
        naechste_regel=regeln.filter(von__gt=am).order_by("von").first(),
        offene=[runde for runde in runden if runde.ist_offen],
        kommende=[runde for runde in runden if runde.kommt],
        mit_runden=stelle.foerderrunden.filter(beginn__lte=am).exists(),
    )


def sitzungstage(stelle) -> list[datetime]:
    """When its Gremium meets next, as far as the agenda still takes an application."""
    sitzungen = Sitzung.objects.geplant().filter(
        gremium__netzwerkstelle=stelle, gremium__beschliesst=True, beginn__gt=timezone.now()
    )
    return list(sitzungen.values_list("beginn", flat=True)[:MOST_MEETINGS])


@dataclass(frozen=True, slots=True)
class Dauer:
    """How long it took from submission to decision; without `tage` where there are too few cases to say."""

    faelle: int
    tage: int | None


def uebliche_dauer(stelle) -> Dauer:
    """Of the latest decided cases of this office, without the time in which the school was asked something."""
    faelle = Antrag.objects.filter(netzwerkstelle=stelle, status__in=ENTSCHIEDEN).order_by("-eingereicht_am")
    eingereicht = dict(faelle.values_list("pk", "eingereicht_am")[:MOST_CASES])
    schritte = Antragsereignis.objects.filter(antrag__in=eingereicht).exclude(von=F("nach")).order_by("am", "pk")
    wege: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    for antrag, nach, am in schritte.values_list("antrag", "nach", "am"):
        wege[antrag].append((nach, am))
    zeiten = [_bearbeitung(eingereicht[antrag], weg) for antrag, weg in wege.items()]
    tage = [zeit / timedelta(days=1) for zeit in zeiten if zeit is not None]
    if len(tage) < FEWEST_CASES:
        return Dauer(len(tage), None)
    return Dauer(len(tage), max(1, round(gestutztes_mittel(tage))))


def _bearbeitung(eingereicht: datetime | None, weg: list[tuple[str, datetime]]) -> timedelta | None:
    """From one move to the next, up to the decision; what the school had before it was sent does not count."""
    if eingereicht is None:
        return None
    summe, bei, seit = timedelta(), "", eingereicht
    for nach, am in weg:
        if am > seit:
            summe += am - seit if bei != Status.NACHFORDERUNG else timedelta()
            seit = am
        bei = nach
        if nach in ENTSCHIEDEN:
            return summe
    return None
