"""Where somebody is signed in, how to end that, and how to stay a little longer."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from schulerfolg.gesendet import only_posted
from schulerfolg.konten.anmeldung import services
from schulerfolg.konten.anmeldung.aufheben import vergessen
from schulerfolg.konten.anmeldung.frist import laeuft_bis, sekunden_bis, verlaengern
from schulerfolg.konten.anmeldung.geraet import geraet
from schulerfolg.konten.anmeldung.queries import anmeldungen


@require_safe
def liste(request):
    """Every device this person is signed in with, this one first."""
    hier = request.session.session_key
    zeilen = [(anmeldung, geraet(anmeldung.user_agent)) for anmeldung in anmeldungen(request.user)]
    context = {
        "diese": [zeile for zeile in zeilen if zeile[0].session_key == hier],
        "andere": [zeile for zeile in zeilen if zeile[0].session_key != hier],
        "dieses_geraet": geraet(request.headers.get("User-Agent", "")),
    }
    return render(request, "konten/anmeldungen.html", context)


@only_posted("anmeldungen")
def beenden(request, pk):
    anmeldung = get_object_or_404(anmeldungen(request.user).exclude(session_key=request.session.session_key), pk=pk)
    services.anmeldung_beenden(anmeldung)
    messages.success(request, f"{geraet(anmeldung.user_agent)} ist abgemeldet.")
    return redirect("anmeldungen")


@only_posted("anmeldungen")
def andere_beenden(request):
    services.anmeldungen_beenden(request.user, ausser=request.session.session_key)
    messages.success(request, "Alle anderen Geräte sind abgemeldet. Nur hier sind Sie noch angemeldet.")
    return redirect("anmeldungen")


@require_POST
def laenger(request):
    """Stay signed in; says how many seconds that lasts."""
    verlaengern(request)
    return JsonResponse({"sekunden": sekunden_bis(laeuft_bis(request.session))})


@only_posted("uebersicht")
def eingaben_verwerfen(request):
    """Somebody does not need any more what was kept for them."""
    vergessen(request)
    messages.success(request, "Die aufgehobenen Eingaben sind verworfen.")
    seite = request.POST.get("seite", "")
    return redirect(seite if url_has_allowed_host_and_scheme(seite, None) else "uebersicht")
