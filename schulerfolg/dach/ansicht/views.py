"""Looking at the portal as somebody else: the way in, the way out, and the record of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from schulerfolg.dach.ansicht import services
from schulerfolg.dach.ansicht.forms import AnsehenForm
from schulerfolg.dach.ansicht.models import Ansicht
from schulerfolg.dach.ansicht.permissions import RECHTE, rollen
from schulerfolg.gesendet import only_posted
from schulerfolg.konten.anmeldung.frisch import require_fresh
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import landesrollen
from schulerfolg.liste.seiten import page_of


def ansehen(request, pk):
    wer = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    RECHTE.require(rollen(request.user, wer), "ansehen", wer)
    require_fresh(request, f"Das Portal ansehen wie {wer}")
    form = AnsehenForm(request.POST if request.method == "POST" else None, row=wer)
    if form.is_valid() and form.carry_out(services.beginnen, by=request.user):
        request.session[services.MARKE] = form.result.pk
        return redirect("uebersicht")
    return render(
        request, "dach/ansicht/ansehen.html", {"person": wer, "form": form, "minuten": services.DAUER.seconds // 60}
    )


@only_posted("uebersicht")
def beenden(request):
    """Back to one's own view: the page of the person who was looked at."""
    ansicht = services.laufende(request.session.pop(services.MARKE, 0), request.user)
    if ansicht is None:
        messages.info(request, "Die Ansicht war schon zu Ende.")
        return redirect("uebersicht")
    services.beenden(ansicht)
    messages.success(
        request, f"Die Ansicht als {ansicht.person} ist beendet. Sie sehen das Portal wieder als Sie selbst."
    )
    return redirect("personen:person", ansicht.person_id)


@require_safe
def ansichten(request):
    """Who looked at the portal as whom: all for whoever reads them all, else one's own."""
    page = page_of(request, Ansicht.objects.visible_to(request.user).for_list())
    alle = RECHTE.may(landesrollen(request.user), "alle_lesen")
    return render(request, "dach/ansicht/liste.html", {"page": page, "alle": alle})


@require_safe
def ansicht(request, pk):
    zeile = get_object_or_404(Ansicht.objects.visible_to(request.user).for_list(), pk=pk)
    return render(request, "dach/ansicht/ansicht.html", {"zeile": zeile, "page": page_of(request, zeile.seiten.all())})
