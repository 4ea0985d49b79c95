"""The figures of a report: counted live for a draft, read from its Kennzahl rows once it is published.

Only numbers leave this module, no contents of an Antrag. Every figure says where it comes from.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.contrib.postgres.lookups import Unaccent
from django.db.models import Count, Q, Sum
from django.db.models.functions import Lower
from django.utils.formats import number_format

from angebote.antrag.stand import PHASEN
from angebote.antrag.workflow import Status as Antragsstand
from angebote.models import Antrag
from gremien.models import Sitzung
from gremien.sitzung.workflow import Status as Sitzungsstand
from netzwerkstellen.models import Netzwerkstelle, Standort, Traegerschaft
from schulerfolg.dach.berichte.models import Kennzahl
from schulerfolg.geld import euro
from schulerfolg.zeit import zeitraum

EURO = Kennzahl.Einheit.EURO
GRUPPEN = {
    "land": ("Auf einen Blick", ""),
    "stand": ("Anträge nach Stand", "Anträge"),
    "stelle": ("Anträge nach Netzwerkstelle", "Anträge"),
}
"""Key → title of the table, and the column that is drawn as a chart; empty: none. What is published keeps its own."""


@dataclass(frozen=True, slots=True)
class Zahl:
    """One figure on its way to a page, a file or a Kennzahl row."""

    gruppe: str
    titel: str
    reihe: str
    spalte: str
    wert: Decimal
    einheit: str
    quelle: str
    im_diagramm: bool

    @property
    def text(self) -> str:
        if self.einheit == EURO:
            return euro(self.wert)
        return number_format(self.wert, 0, use_l10n=True, force_grouping=True)


@dataclass(frozen=True, slots=True)
class Tabelle:
    """One group of figures as a table: its rows in order, one figure for each column."""

    name: str
    titel: str
    spalten: list[str]
    zeilen: list[tuple[str, list[Zahl]]]
    quellen: list[tuple[str, str]]
    """What a column or row counts, and its source; each source once."""


def zahlen_von(bericht) -> list[Zahl]:
    """The figures of this report: frozen ones if there are any, else as they are now."""
    fest = [
        Zahl(**{feld.name: getattr(kennzahl, feld.name) for feld in fields(Zahl)})
        for kennzahl in bericht.kennzahlen.order_by("reihenfolge")
    ]
    return fest or zaehlen(bericht.von, bericht.bis)


def zaehlen(von: date, bis: date) -> list[Zahl]:
    """Count now, for Anträge submitted and meetings held in this period, both days included; table after table."""
    return sorted(_gezaehlt(von, bis), key=lambda zahl: list(GRUPPEN).index(zahl.gruppe))


def _gezaehlt(von, bis) -> Iterator[Zahl]:
    spanne = zeitraum(von, bis)
    antraege = Antrag.objects.filter(nummer__isnull=False, eingereicht_am__date__range=(von, bis))
    yield from _land(antraege, von, bis, spanne)
    zahlen = antraege.counts_by_status()
    quelle = f"Im Portal eingereichte Anträge, {spanne}, nach ihrem Stand am Tag der Zählung"
    for phase, staende in PHASEN.items():
        wert = sum(zahlen.get(stand, 0) for stand in staende)
        yield _zahl("stand", phase, "Anträge", wert, quelle)
    yield from _stellen(von, bis, spanne)


def tabellen(zahlen: list[Zahl]) -> list[Tabelle]:
    """The figures in their groups, ready to be shown."""
    gruppen = dict.fromkeys(zahl.gruppe for zahl in zahlen)
    return [_tabelle(name, [zahl for zahl in zahlen if zahl.gruppe == name]) for name in gruppen]


def _land(antraege, von, bis, spanne):
    summen = antraege.aggregate(
        alle=Count("pk"),
        davon=Count("pk", filter=Q(status=Antragsstand.BEWILLIGT)),
        beantragte=Sum("beantragt"),
        bewilligte=Sum("bewilligt", filter=Q(status=Antragsstand.BEWILLIGT)),
    )
    sitzungen = Sitzung.objects.filter(status=Sitzungsstand.BEENDET, beginn__date__range=(von, bis)).count()
    traeger = Traegerschaft.objects.gueltig(bis).values("organisation").distinct().count()
    zeilen = [
        ("eingereichte Anträge", summen["alle"], f"Im Portal eingereichte Anträge, {spanne}"),
        ("davon bewilligt", summen["davon"], f"Davon mit freigegebener Bewilligung; {spanne}"),
        ("beantragte Summe", summen["beantragte"], f"Beantragte Förderung dieser Anträge; {spanne}"),
        ("bewilligte Summe", summen["bewilligte"], f"Bewilligte Beträge dieser Anträge; {spanne}"),
        ("Sitzungen der Gremien", sitzungen, f"Im Portal beendete Sitzungen, {spanne}"),
        ("Netzwerkstellen", Netzwerkstelle.objects.count(), "Verzeichnis der Netzwerkstellen am Tag der Zählung"),
        ("Standorte", Standort.objects.count(), "Verzeichnis der Standorte am Tag der Zählung"),
        ("Träger", traeger, f"Trägerschaften, die am Stichtag {bis:%d.%m.%Y} gelten; jede Organisation einmal"),
    ]
    for reihe, wert, quelle in zeilen:
        einheit = EURO if reihe.endswith("Summe") else Kennzahl.Einheit.ANZAHL
        yield _zahl("land", reihe, "Wert", wert, quelle, einheit)


def _stellen(von, bis, spanne):
    hier = Q(antraege__nummer__isnull=False, antraege__eingereicht_am__date__range=(von, bis))
    bewilligt = hier & Q(antraege__status=Antragsstand.BEWILLIGT)
    stellen = Netzwerkstelle.objects.annotate(
        alle=Count("antraege", filter=hier),
        beantragt=Sum("antraege__beantragt", filter=hier),
        bewilligt=Sum("antraege__bewilligt", filter=bewilligt),
    ).order_by(Lower(Unaccent("kurzname")))
    for stelle in stellen:
        quelle = f"Im Portal eingereichte Anträge, {spanne}, nach Netzwerkstelle"
        yield _zahl("stelle", stelle.kurzname, "Anträge", stelle.alle, quelle)
        yield _zahl("stelle", stelle.kurzname, "beantragt", stelle.beantragt, f"{quelle}: beantragt", EURO)
        quelle = f"{quelle}: freigegebene Bewilligungen"
        yield _zahl("stelle", stelle.kurzname, "bewilligt", stelle.bewilligt, quelle, EURO)


def _zahl(gruppe, reihe, spalte, wert, quelle, einheit=Kennzahl.Einheit.ANZAHL) -> Zahl:
    titel, im_diagramm = GRUPPEN[gruppe]
    return Zahl(gruppe, titel, reihe, spalte, Decimal(wert or 0), einheit, quelle, spalte == im_diagramm)


def _tabelle(name, zahlen) -> Tabelle:
    reihen: dict[str, list[Zahl]] = {}
    for zahl in zahlen:
        reihen.setdefault(zahl.reihe, []).append(zahl)
    was = (lambda z: z.reihe) if name == "land" else (lambda z: z.spalte)
    quellen = list({(was(zahl), zahl.quelle): None for zahl in zahlen})
    spalten = list(dict.fromkeys(zahl.spalte for zahl in zahlen))
    return Tabelle(name, zahlen[0].titel, spalten, list(reihen.items()), quellen)
