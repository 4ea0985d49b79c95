"""Pages the law asks for, open to everybody. Who operates the portal stands in the settings (BETREIBER_…)."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from schulerfolg.akte.verarbeitung import datenarten
from schulerfolg.dach.rechtliches import services
from schulerfolg.dach.rechtliches.forms import BarriereForm

ZU_VIELE = (
    "Von Ihrem Anschluss kamen gerade sehr viele Meldungen. Bitte versuchen Sie es in einer Stunde noch einmal, oder "
    "schreiben Sie uns eine Mail; die Adresse steht in der Erklärung zur Barrierefreiheit."
)


@login_not_required
@require_safe
def impressum(request):
    return render(request, "dach/rechtliches/impressum.html", {"betreiber": settings.BETREIBER})


@login_not_required
@require_safe
def datenschutz(request):
    context = {"betreiber": settings.BETREIBER, "datenarten": datenarten()}
    return render(request, "dach/rechtliches/datenschutz.html", context)


@login_not_required
@require_safe
def barrierefreiheit(request):
    return render(request, "dach/rechtliches/barrierefreiheit.html", {"betreiber": settings.BETREIBER})


@login_not_required
@require_safe
def leichte_sprache(request):
    return render(request, "dach/rechtliches/leichte_sprache.html")


@login_not_required
def barriere_melden(request):
    """Open to everybody, without JavaScript or a riddle: a field only machines fill in, and a limit per address."""
    wer = request.user.email if request.user.is_authenticated else ""
    wo = services.eigene_seite(request.GET.get("seite", ""))
    form = BarriereForm(request.POST or None, initial={"seite": wo, "email": wer})
    status = 200
    if request.method == "POST" and form.is_valid():
        if ratelimit.consume(request, action="barriere_melden"):
            services.barriere_melden(**form.arguments())
            return redirect("rechtliches:barriere_gemeldet")
        form.add_error(None, ZU_VIELE)
        status = 429
    return render(request, "dach/rechtliches/barriere_melden.html", {"form": form}, status=status)


@login_not_required
@require_safe
def barriere_gemeldet(request):
    return render(request, "dach/rechtliches/barriere_gemeldet.html")
