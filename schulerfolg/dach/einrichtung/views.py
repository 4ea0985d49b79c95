"""The first steps of an office: what is there, what is missing, and where each is done."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from netzwerkstellen.models import Netzwerkstelle
from netzwerkstellen.stelle.permissions import rollen
from schulerfolg.dach.einrichtung.checkliste import listen
from schulerfolg.dach.einrichtung.permissions import RECHTE
from schulerfolg.konten.permissions import landesrollen


@require_safe
def alle(request):
    RECHTE.require(landesrollen(request.user), "alle_sehen")
    stellen = listen(Netzwerkstelle.objects.managed_by(request.user))
    unfertig = [liste for liste in stellen if liste.offen]
    return render(request, "dach/einrichtung/alle.html", {"unfertig": unfertig, "fertig": len(stellen) - len(unfertig)})


@require_safe
def stelle(request, slug):
    stelle = get_object_or_404(Netzwerkstelle.objects.managed_by(request.user), slug=slug)
    hats = rollen(request.user, stelle)
    RECHTE.require(hats, "ansehen")
    [liste] = listen([stelle])
    meine = [punkt for punkt in liste.offen if punkt.knopf and not hats.isdisjoint(punkt.wer)]
    context = {"liste": liste, "meine": meine, "darf_alle": RECHTE.may(hats, "alle_sehen")}
    return render(request, "dach/einrichtung/stelle.html", context)
