from django.contrib import messages
from django.shortcuts import redirect, render

from schulerfolg.konten.post import services
from schulerfolg.konten.post.forms import PostForm


def post(request):
    """Which mails come at once, collected, or not at all."""
    form = PostForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        services.wuenschen(request.user, by=request.user, **form.cleaned_data)
        messages.success(request, "Ihre Einstellungen zu Mails sind gespeichert.")
        return redirect("mein_konto")
    return render(request, "konten/post.html", {"form": form})
