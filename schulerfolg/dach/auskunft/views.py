"""Before anybody signs in: whether a project fits, how much there is and until when, and what will be asked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from netzwerkstellen.verzeichnis.queries import stellen_liste, stellen_seite
from schulerfolg.dach.auskunft.pdf import fragebogen_pdf
from schulerfolg.dach.auskunft.seite import auskunftsseite, eigene_stellen, fragenseite
from schulerfolg.datei.annahme import Datei
from schulerfolg.datei.ausgabe import as_response
from schulerfolg.pdf import PdfGescheitert


@login_not_required
@require_safe
def stellen(request):
    """Every office has rules of its own: which one is it?"""
    context = {"stellen": stellen_liste(), "eigene": eigene_stellen(request.user)}
    return render(request, "dach/auskunft/stellen.html", context)


@login_not_required
@require_safe
def auskunft(request, slug):
    stelle = get_object_or_404(stellen_seite(), slug=slug)
    return render(request, "dach/auskunft/auskunft.html", auskunftsseite(stelle, request.user, request.GET))


@login_not_required
@require_safe
def fragen(request, slug):
    stelle = get_object_or_404(stellen_seite(), slug=slug)
    return render(request, "dach/auskunft/fragen.html", fragenseite(stelle))


@login_not_required
@require_safe
def fragen_pdf(request, slug):
    stelle = get_object_or_404(stellen_seite(), slug=slug)
    try:
        inhalt = fragebogen_pdf(fragenseite(stelle))
    except PdfGescheitert:
        messages.warning(request, "Das PDF lässt sich gerade nicht erstellen. Sie können diese Seite ausdrucken.")
        return redirect("auskunft:fragen", slug)
    return as_response(Datei(f"Fragen-{slug}.pdf", "application/pdf", inhalt))
