"""The rights to audit, for the coordination office."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from schulerfolg.dach.pruefrechte import services
from schulerfolg.dach.pruefrechte.forms import EndeForm, PruefrechtForm
from schulerfolg.dach.pruefrechte.permissions import RECHTE
from schulerfolg.dach.pruefrechte.queries import alle, ort_von, pruefrechte
from schulerfolg.konten.anmeldung.frisch import require_fresh
from schulerfolg.konten.permissions import landesrollen


@require_safe
def liste(request):
    RECHTE.require(landesrollen(request.user), "vergeben")
    zeilen = alle(request.user)
    context = {
        "laufende": [zeile for zeile in zeilen if not zeile.vorbei],
        "beendete": [zeile for zeile in zeilen if zeile.vorbei],
    }
    return render(request, "dach/pruefrechte/liste.html", context)


def neu(request):
    RECHTE.require(landesrollen(request.user), "vergeben")
    require_fresh(request, "Ein Prüfrecht vergeben")
    form = PruefrechtForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.carry_out(services.geben, then=_liste, by=request.user):
        messages.success(request, f"{form.result.person} kann prüfen und hat eine Mail bekommen.")
        return redirect(form.address)
    return render(request, "dach/pruefrechte/neu.html", {"form": form})


def aendern(request, art, pk):
    zeile = get_object_or_404(pruefrechte(request.user, art), pk=pk)
    require_fresh(request, f"Das Prüfrecht von {zeile.person} ändern")
    form = EndeForm(request.POST if request.method == "POST" else None, row=zeile)
    if form.is_valid() and form.carry_out(services.aendern, then=_liste, by=request.user):
        messages.success(request, f"Das Prüfrecht von {zeile.person} endet am {form.result.bis:%d.%m.%Y}.")
        return redirect(form.address)
    return render(request, "dach/pruefrechte/aendern.html", {"form": form, "zeile": zeile, "ort": ort_von(zeile)})


def _liste(_zeile) -> str:
    return reverse("pruefrechte:liste")
