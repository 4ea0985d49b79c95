"""What the pages for everybody say of one office: rules, calls and meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from angebote.models import Foerderregel, Foerderrunde
from gremien.models import Sitzung
from netzwerkstellen.models import Netzwerkstelle

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
    sitzungen = Sitzung.objects.naechste(stelle).geplant()
    return list(sitzungen.values_list("beginn", flat=True)[:MOST_MEETINGS])
