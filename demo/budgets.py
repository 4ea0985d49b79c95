"""The money of the offices in the demo world: last year, this year and the next, and what it is reserved for."""

from datetime import datetime, time
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.antrag.workflow import ABLAUF, Status
from angebote.budget.models import Buchung, Budget
from angebote.entscheidung.services import selbst_entscheiden
from angebote.foerderung.models import Entscheidungsweg
from schulerfolg.konten.permissions import Rolle

# Ansatz in thousands of euros: a few tens of thousands a year where schools may have 2.000 € each
ANSATZ = {"HZ": 42, "BK": 36, "SLK": 45, "MD": 40, "HAL": 48, "SK": 30, "JL": 18}
SONST = 28
SPERRE = {"MD": Decimal(4000)}
SELBST = 3


def budgets(welt, mitarbeiten) -> list[Budget]:
    """Three years for every office, opened by its Leitung in January; at Magdeburg a part is locked."""
    leitungen = {zeile.netzwerkstelle: zeile.person for zeile in mitarbeiten if zeile.rolle == Rolle.LEITUNG}
    neu, buchungen = [], []
    for kuerzel, stelle in welt.stellen.items():
        for versatz in (-1, 0, 1):
            budget = Budget(netzwerkstelle=stelle, jahr=welt.heute.year + versatz)
            budget.ansatz = Decimal(ANSATZ.get(kuerzel, SONST) * 1000)
            budget.sperre = SPERRE.get(kuerzel, Decimal(0)) if versatz == 0 else Decimal(0)
            neu.append(budget)
            buchungen += _buchungen(welt, budget, leitungen[stelle])
    Budget.objects.bulk_create(neu)
    Buchung.objects.bulk_create(buchungen)
    return neu


def _buchungen(welt, budget, durch):
    """The Ansatz, and where there is one the lock, as the services write them."""
    marke = welt.marken.fuer(budget.netzwerkstelle)
    art = Buchung.Art
    for wieviel, was, text, monat in (
        (budget.ansatz, art.ANSATZ, f"Zuwendung {budget.jahr}", 1),
        (budget.sperre, art.SPERRE, "Haushaltssperre des Trägers", 3),
    ):
        if wieviel:
            tag = timezone.make_aware(datetime.combine(welt.heute.replace(month=1, day=12), time(9, 30)))
            am = min(tag.replace(year=min(budget.jahr, welt.heute.year), month=monat), welt.jetzt)
            yield Buchung(budget=budget, art=was, betrag=wieviel, text=f"{text}{marke}", durch=durch, am=am)


def selbst_entschieden() -> int:
    """Where an office decides by itself, its Leitung has done so for a few small applications; return how many."""
    reif = Antrag.objects.filter(status=Status.GREMIENREIF, regel__entscheidungsweg=Entscheidungsweg.STELLE)
    anzahl = 0
    for antrag in reif.order_by("pk"):
        leitung = antrag.netzwerkstelle.mitarbeiten.leitungen().select_related("person").first()
        if anzahl < SELBST and leitung and _darf(antrag, leitung.person):
            selbst_entscheiden(antrag, by=leitung.person)
            anzahl += 1
    return anzahl


def _darf(antrag, person) -> bool:
    try:
        ABLAUF.check("selbst_entscheiden", antrag, person)
    except ValidationError:
        return False
    return True
