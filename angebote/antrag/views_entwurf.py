"""What happens to a draft beside being written: it begins with an earlier application."""

from django.shortcuts import redirect, render

from angebote.antrag.forms_entwurf import UebernehmenForm
from angebote.antrag.permissions import RECHTE, SCHULE
from angebote.antrag.uebernahme import uebernehmen as anlegen
from angebote.beratung import permissions as beratungsrechte

MOST_EARLIER = 30


def uebernehmen(request):
    """Choose one of the own schools' earlier applications; nothing is made before a button is pressed."""
    RECHTE.require(beratungsrechte.irgendwo(request.user) & SCHULE, "beginnen")
    form = UebernehmenForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid() and form.carry_out(anlegen, by=request.user):
        return redirect(form.address)
    context = {"form": form, "fruehere": form.fruehere[:MOST_EARLIER]}
    return render(request, "angebote/antrag/uebernehmen.html", context)
