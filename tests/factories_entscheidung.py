"""Budgets and applications from the agenda to the decision, driven by the real services."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from angebote.antrag.machine import take_step
from angebote.antrag.models import Antrag
from angebote.antrag.workflow import Status
from angebote.budget.services import budget_anlegen
from angebote.entscheidung import services
from tests.factories_antrag import make_antrag_in, make_beratung, make_regel

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


def make_viele_im_gremium(cast, anzahl, beantragt="100.00", tag=date(2027, 5, 3)):
    """That many applications on an agenda, as plain rows: for races, where only their money counts."""
    beratung, regel = make_beratung(cast.schule, cast.lehrkraft), make_regel(cast.harz, hoechstbetrag=Decimal(99999))
    return Antrag.objects.bulk_create(
        [
            Antrag(
                nummer=f"HZ-2027-{nummer:04}",
                netzwerkstelle=cast.harz,
                schule=cast.schule,
                beratung=beratung,
                regel=regel,
                status=Status.IM_GREMIUM,
                verfasst_durch=cast.lehrkraft,
                eingereicht_am=timezone.now(),
                titel=f"Antrag {nummer}",
                beginn=tag,
                ende=tag,
                beantragt=Decimal(beantragt),
            )
            for nummer in range(1, anzahl + 1)
        ]
    )
