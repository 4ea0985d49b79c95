"""Budgets and applications from the agenda to the decision, driven by the real services."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from angebote.antrag.machine import take_step
from angebote.antrag.workflow import Status
from angebote.budget.services import budget_anlegen
from angebote.entscheidung import services
from tests.factories_antrag import make_antrag_in, make_regel

AM = date(2027, 3, 4)


def make_budget(cast, ansatz="10000.00", jahr=None):
    """The budget of the office Harz; without a year the one in which `make_antrag` begins."""
    jahr = jahr or (timezone.localdate() + timedelta(days=60)).year
    return budget_anlegen(cast.harz, by=cast.leitung, jahr=jahr, ansatz=Decimal(ansatz), text="Zuwendung")


def make_im_gremium(cast, **fields):
    """1.200,00 €; the Sachbearbeitung wrote the opinion, the Leitung confirmed it."""
    return take_step(make_antrag_in(Status.GREMIENREIF, cast, **fields), "auf_tagesordnung", by=cast.leitung)


def make_beschlossen(cast, betrag="1000.00", auflagen="", **fields):
    return services.beschluss_umsetzen(
        make_im_gremium(cast, **fields),
        by=cast.leitung,
        ergebnis="bewilligen",
        nummer="HZ-B-2027/01",
        am=AM,
        betrag=Decimal(betrag),
        auflagen=auflagen,
    )


def make_ablehnung_beschlossen(cast, gruende="Das Vorhaben ist schon anderweitig gefördert.", **fields):
    # Short values, side by side.
    return services.beschluss_umsetzen(
        make_im_gremium(cast, **fields), by=cast.leitung, ergebnis="ablehnen", nummer="HZ-B-2027/02", am=AM,
        gruende=gruende,
    )  # fmt: skip


def make_viele_im_gremium(cast, anzahl):
    """That many applications over 100 € on an agenda, all for one day: for races."""
    make_regel(cast.harz, hoechstbetrag=Decimal(99999))
    tag = timezone.localdate() + timedelta(days=60)
    kosten = [("Honorare", "Zirkus", 1, "Tag", "100.00")]
    return [make_im_gremium(cast, kosten=kosten, beginn=tag, ende=tag) for _ in range(anzahl)]
