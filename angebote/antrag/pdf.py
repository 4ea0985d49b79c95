"""The Antrag on paper: made once by the worker from the snapshot, kept as bytes, sent to the school."""

from django.db import transaction

from angebote.antrag.dauer import uebliche_dauer
from angebote.antrag.machine import empfaenger
from angebote.antrag.models import Antrag
from angebote.antrag.models_akte import Antragsfassung, Schriftstueck
from angebote.antrag.permissions import rollen
from angebote.antrag.workflow import SCHULE
from schulerfolg.akte.models import Dokument
from schulerfolg.konten.services import notify
from schulerfolg.pdf import render_pdf


def antrag_pdf(fassung: int) -> None:
    """Job: the PDF of this Fassung and the receipt. Done twice, it makes nothing a second time."""
    zeilen = Antragsfassung.objects.select_related(
        "antrag__netzwerkstelle", "antrag__schule", "durch__zusammengefuehrt_mit"
    )
    zeile = zeilen.get(pk=fassung)
    art, titel = _art_und_titel(zeile)
    if not zeile.antrag.schriftstuecke.filter(art=art).exists():
        _ablegen(zeile, art, titel, rendern(zeile))


def rendern(fassung: Antragsfassung) -> bytes:
    return render_pdf("pdf/antrag.html", kontext(fassung))


def kontext(fassung: Antragsfassung) -> dict:
    """What was submitted, for the template. Texts come from the snapshot; number and office never change."""
    antrag = fassung.antrag
    _art, titel = _art_und_titel(fassung)
    return {
        "titel": titel,
        "antrag": antrag,
        "fassung": fassung,
        "urfassung": antrag.fassungen.select_related("durch__zusammengefuehrt_mit").last(),
        "abschnitte": fassung.inhalt,
        "erste": fassung.nummer == 1,
        "fusszeile": f"{titel} {antrag.nummer}, {antrag.netzwerkstelle.kurzname}",
    }


@transaction.atomic
def _ablegen(fassung, art, titel, inhalt):
    """Keep the bytes and write to the school, unless somebody else did so meanwhile."""
    antrag = Antrag.objects.select_for_update(of=("self",)).for_page().get(pk=fassung.antrag_id)
    if antrag.schriftstuecke.filter(art=art).exists():
        return
    name = f"{titel.replace(' ', '-')}-{antrag.nummer}.pdf"
    dokument = Dokument.objects.create(art="antrag", name=name, medientyp="application/pdf", inhalt=inhalt)
    schriftstueck = Schriftstueck.objects.create(antrag=antrag, art=art, titel=titel, dokument=dokument)
    dauer = uebliche_dauer(antrag.netzwerkstelle_id) if fassung.nummer == 1 else None
    notify(
        empfaenger(antrag, SCHULE),
        "angebote/mail/eingang.txt",
        {
            "antrag": antrag,
            "fassung": fassung,
            "schriftstueck": schriftstueck,
            "erste": fassung.nummer == 1,
            "dauer": dauer,
        },
        ereignis=f"antragsfassung:{fassung.pk}",
        vertretbar=lambda person: not rollen(person, antrag).isdisjoint(SCHULE),
        anlagen=[dokument],
    )


def _art_und_titel(fassung) -> tuple[str, str]:
    if fassung.nummer == 1:
        return "antrag", "Antrag"
    return f"antwort-{fassung.nummer}", "Antwort auf Rückfragen"
