"""The letters about decided applications of the demo world: their bytes are made by the worker afterwards.

A real signature needs the letter first; here they were signed long ago, and so the world is there in a moment.
"""

from django.db import transaction
from django.utils import timezone

from angebote.antrag.machine import take_step
from angebote.antrag.workflow import ENTSCHIEDEN
from angebote.budget.services import binden
from angebote.entscheidung.brief import als_html, brief
from angebote.entscheidung.pdf import brief_als_dokument
from angebote.entscheidung.services import MIT_BRIEF, brief_ablegen
from angebote.models import Antrag
from schulerfolg.akte.services import order_job
from schulerfolg.pdf import as_pdf


@transaction.atomic
def freigeben(antrag, *, by) -> None:
    """The second signature, all but its letter; `bestellen` has that made."""
    binden(take_step(antrag, "bewilligen", by=by), by=by)


def bestellen() -> None:
    """One job for each decided Antrag."""
    for pk in Antrag.objects.filter(status__in=ENTSCHIEDEN, nummer__isnull=False).values_list("pk", flat=True):
        order_job("demo_brief", f"brief:{pk}", antrag=pk)


def demo_brief(antrag: int) -> None:
    """Job: the letter as it was signed, by whom and on the day that the history names."""
    zeile = Antrag.objects.for_page().get(pk=antrag)
    ereignis = zeile.ereignisse.filter(schritt__in=MIT_BRIEF).select_related("durch").latest("pk")
    tag = timezone.localtime(ereignis.am).date()
    inhalt = brief(zeile, ereignis.schritt, by=ereignis.durch, am=tag, begruendung=ereignis.begruendung)
    pdf = as_pdf(als_html(inhalt))
    with transaction.atomic():
        brief_ablegen(inhalt, brief_als_dokument(inhalt.art, inhalt.titel, zeile, pdf))
