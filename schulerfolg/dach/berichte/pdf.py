"""The report on paper: made once by the worker from the frozen figures, kept as bytes."""

from django.db import transaction

from schulerfolg.akte.models import Dokument
from schulerfolg.dach.berichte.diagramm import diagramm
from schulerfolg.dach.berichte.kennzahlen import tabellen, zahlen_von
from schulerfolg.dach.berichte.models import Bericht
from schulerfolg.dach.berichte.text import als_html
from schulerfolg.pdf import render_pdf


def bericht_pdf(bericht: int) -> None:
    """Job: the PDF of this published report. Done twice, it makes nothing a second time."""
    zeile = Bericht.objects.war_oeffentlich().get(pk=bericht)
    if zeile.dokument_id is None:
        _ablegen(zeile, rendern(zeile))


def rendern(bericht) -> bytes:
    """Text, tables and charts as PDF/UA."""
    teile = [(tabelle, diagramm(tabelle)) for tabelle in tabellen(zahlen_von(bericht))]
    context = {"bericht": bericht, "text": als_html(bericht.text), "teile": teile, "fusszeile": bericht.titel}
    return render_pdf("pdf/bericht.html", context)


@transaction.atomic
def _ablegen(bericht, inhalt):
    bericht = Bericht.objects.select_for_update(of=("self",)).get(pk=bericht.pk)
    if bericht.dokument_id is None:
        name = f"{bericht.slug}.pdf"
        dokument = Dokument.objects.create(art="bericht", name=name, medientyp="application/pdf", inhalt=inhalt)
        bericht.dokument = dokument
        bericht.save(update_fields=["dokument"])
