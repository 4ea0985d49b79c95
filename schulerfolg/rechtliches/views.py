"""Pages the law asks for, open to everybody. Who operates the portal stands in the settings (BETREIBER_…)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def impressum(request):
    return render(request, "rechtliches/impressum.html", {"betreiber": settings.BETREIBER})


@login_not_required
def datenschutz(request):
    return render(request, "rechtliches/datenschutz.html", {"betreiber": settings.BETREIBER})


@login_not_required
def barrierefreiheit(request):
    return render(request, "rechtliches/barrierefreiheit.html", {"betreiber": settings.BETREIBER})


@login_not_required
def leichte_sprache(request):
    return render(request, "rechtliches/leichte_sprache.html")
