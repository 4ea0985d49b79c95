"""The answer as a PDF, made by the worker and sent to the school."""

from django.db import transaction

from angebote.antrag.machine import empfaenger
from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Schriftstueck
from angebote.antrag.permissions import rollen
from angebote.antrag.workflow import SCHULE
from angebote.entscheidung.pdf import brief_als_dokument
from angebote.vorzeitig.brief import TITEL
from angebote.vorzeitig.models import VorzeitigerBeginn
from schulerfolg.konten.services import notify
from schulerfolg.pdf import as_pdf


def vorzeitig_pdf(zeile: int) -> None:
    """Job: the letter and its mail. Done twice, it makes nothing a second time."""
    beginn = VorzeitigerBeginn.objects.select_related("antrag").get(pk=zeile)
    if not beginn.antrag.schriftstuecke.filter(art=_art(beginn)).exists():
        _ablegen(beginn, as_pdf(beginn.schreiben))


@transaction.atomic
def _ablegen(beginn, pdf: bytes) -> None:
    antrag = Antrag.objects.select_for_update(of=("self",)).for_page().get(pk=beginn.antrag_id)
    if antrag.schriftstuecke.filter(art=_art(beginn)).exists():
        return
    titel = TITEL[beginn.zugelassen]
    dokument = brief_als_dokument("vorzeitig", titel, antrag, pdf)
    Schriftstueck.objects.create(antrag=antrag, art=_art(beginn), titel=titel, dokument=dokument)
    notify(
        empfaenger(antrag, SCHULE),
        "angebote/mail/vorzeitig_antwort.txt",
        {"antrag": antrag, "beginn": beginn},
        ereignis=f"vorzeitig:{beginn.pk}",
        vertretbar=lambda person: not rollen(person, antrag).isdisjoint(SCHULE),
        anlagen=[dokument],
    )


def _art(beginn) -> str:
    return f"vorzeitig-{beginn.pk}"
