"""The letter of decision: made once by the worker, kept as bytes, sent to the school."""

from django.db import transaction

from angebote.antrag.machine import empfaenger
from angebote.antrag.models import Antrag, Schriftstueck
from angebote.antrag.permissions import rollen
from angebote.antrag.workflow import ENTSCHIEDEN, SCHULE
from angebote.entscheidung.brief import ABLEHNUNG, Brief, Briefart, brief
from schulerfolg.akte.models import Dokument
from schulerfolg.konten.services import notify
from schulerfolg.pdf import render_pdf

VORLAGEN = {
    Briefart.BESCHEID.value: "pdf/bescheid.html",
    Briefart.VERTRAG.value: "pdf/vertrag.html",
    Briefart.KOSTENUEBERNAHME.value: "pdf/kostenuebernahme.html",
    ABLEHNUNG: "pdf/ablehnung.html",
}


def bescheid_pdf(antrag: int) -> None:
    """Job: the letter about this decided Antrag, and the mail that carries it. Done twice, it makes nothing anew."""
    zeile = Antrag.objects.for_page().select_related("schule__schultraeger").get(pk=antrag)
    if zeile.status in ENTSCHIEDEN and not zeile.schriftstuecke.filter(art__in=VORLAGEN).exists():
        inhalt = brief(zeile)
        _ablegen(inhalt, rendern(inhalt))


def rendern(inhalt: Brief) -> bytes:
    """The letter as PDF/UA."""
    antrag = inhalt.antrag
    fusszeile = f"{inhalt.titel} {antrag.nummer}, {antrag.netzwerkstelle.kurzname}"
    return render_pdf(VORLAGEN[inhalt.art], {"brief": inhalt, "antrag": antrag, "fusszeile": fusszeile})


@transaction.atomic
def _ablegen(inhalt: Brief, pdf: bytes):
    """Keep the bytes and write to the school, unless somebody else did so meanwhile."""
    antrag = Antrag.objects.select_for_update(of=("self",)).for_page().get(pk=inhalt.antrag.pk)
    if antrag.schriftstuecke.filter(art__in=VORLAGEN).exists():
        return
    name = f"{inhalt.titel.replace(' ', '-')}-{antrag.nummer}.pdf"
    dokument = Dokument.objects.create(art=inhalt.art, name=name, medientyp="application/pdf", inhalt=pdf)
    schriftstueck = Schriftstueck.objects.create(antrag=antrag, art=inhalt.art, titel=inhalt.titel, dokument=dokument)
    notify(
        empfaenger(antrag, SCHULE),
        "angebote/mail/brief.txt",
        {"antrag": antrag, "brief": inhalt, "schriftstueck": schriftstueck},
        ereignis=f"brief:{antrag.pk}",
        vertretbar=lambda person: not rollen(person, antrag).isdisjoint(SCHULE),
        anlagen=[dokument],
    )
