from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from schulerfolg.konten.post import services
from schulerfolg.konten.post.forms import PostForm


def post(request):
    """Which mails come at once, collected, or not at all."""
    form = PostForm(request.POST or None, row=request.user)
    konto = reverse("mein_konto")
    if form.is_valid() and form.carry_out(services.wuenschen, then=lambda _: konto, by=request.user):
        messages.success(request, "Ihre Einstellungen zu Mails sind gespeichert.")
        return redirect(form.address)
    return render(request, "konten/post.html", {"form": form})
