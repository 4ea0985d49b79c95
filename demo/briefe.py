"""The letters about decided applications: left for the worker, as in real life."""

from angebote.antrag.workflow import ENTSCHIEDEN
from angebote.models import Antrag
from schulerfolg.akte.services import order_job


def bestellen() -> None:
    """One job per decided Antrag that has no letter on order yet."""
    for pk in Antrag.objects.filter(status__in=ENTSCHIEDEN, nummer__isnull=False).values_list("pk", flat=True):
        order_job("bescheid_pdf", f"bescheid:{pk}", antrag=pk)
