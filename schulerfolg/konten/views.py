"""A person's own pages: account and profile."""

from django.contrib import messages
from django.shortcuts import redirect, render

from schulerfolg.konten.forms import ProfilForm


def mein_konto(request):
    return render(request, "konten/mein_konto.html")


def profil(request):
    form = ProfilForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Ihr Profil ist gespeichert.")
        return redirect("mein_konto")
    return render(request, "konten/profil.html", {"form": form})
