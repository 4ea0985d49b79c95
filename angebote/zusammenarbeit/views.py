"""Who writes on a draft, and to whom it is handed over: one page with a form for each."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from angebote.antrag.einsicht import antrag_eingesehen
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, rollen
from angebote.zusammenarbeit.erinnerung import erinnerung_stellen
from angebote.zusammenarbeit.seite import formulare, zusammenarbeitsseite
from schulerfolg.ablauf.views import back_when_too_late
from schulerfolg.gesendet import only_posted


@only_posted("antraege:antrag", "pk")
@back_when_too_late("antraege:antrag")
def erinnerung(request, pk):
    """One click in the draft: its author is reminded no more, or again."""
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk)
    RECHTE.require(rollen(request.user, antrag) if antrag.verfasst_durch_id == request.user.pk else set(), "bearbeiten")
    an = request.POST.get("an") == "ja"
    erinnerung_stellen(antrag, an=an, by=request.user)
    messages.success(request, "Wir erinnern Sie an diesen Entwurf." if an else "Wir erinnern Sie nicht mehr daran.")
    return redirect("antraege:antrag", pk)


@back_when_too_late("antraege:antrag")
def zusammenarbeit(request, pk):
    antrag = get_object_or_404(Antrag.objects.visible_to(request.user).for_page(), pk=pk)
    RECHTE.require(rollen(request.user, antrag), "schulinternes_lesen")
    data = request.POST if request.method == "POST" else None
    forms = formulare(antrag, request.user, data)
    if data is not None:
        form = forms.get(data.get("was", ""))
        if form and form.is_valid() and form.anwenden(request.user):
            messages.success(request, form.done)
            return redirect("antraege:zusammenarbeit", pk)
    antrag_eingesehen(request, antrag)
    return render(request, "angebote/zusammenarbeit/seite.html", zusammenarbeitsseite(antrag, request.user, forms))
