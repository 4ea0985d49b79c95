from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def startseite(request):
    return render(request, "startseite.html")


def uebersicht(request):
    return render(request, "uebersicht.html")


def formular_abgelaufen(request, reason=""):
    return render(request, "403_csrf.html", status=403)
