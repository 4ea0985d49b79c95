"""A person's own pages: account and profile; and the mails of the demo world."""

from functools import wraps

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from schulerfolg.datei.ausgabe import as_response
from schulerfolg.konten.forms import ProfilForm
from schulerfolg.konten.models import Mail
from schulerfolg.konten.oidc.adapter import anbieter_name
from schulerfolg.konten.permissions import VERTRETBAR


@require_safe
def mein_konto(request):
    context = {
        "zweiter_faktor": get_adapter().is_mfa_enabled(request.user),
        "anbieter": anbieter_name(),
        "vertretbar": any(hut.rolle in VERTRETBAR for hut in request.huete),
    }
    return render(request, "konten/mein_konto.html", context)


def profil(request):
    form = ProfilForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Ihr Profil ist gespeichert.")
        return redirect("mein_konto")
    return render(request, "konten/profil.html", {"form": form})


def passkey_entfernen(request, pk):
    """allauth's page, behind the rule that a hat may ask for a second factor."""
    passkey = get_object_or_404(request.user.authenticator_set.filter(type=Authenticator.Type.WEBAUTHN), pk=pk)
    adapter = get_adapter()
    if not adapter.can_delete_authenticator(passkey):
        messages.warning(request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    return remove_webauthn(request, pk=pk)


def nur_in_der_demo(view):
    """A page that does not exist outside the demo world, and is open to everybody in it."""

    @login_not_required
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapper


@require_safe
@nur_in_der_demo
def demo_postausgang(request):
    """The newest mails; a demo writes few, so nobody leafs through them."""
    return render(request, "konten/demo_postausgang.html", {"mails": Mail.objects.fuer_demo()[:200]})


@require_safe
@nur_in_der_demo
def demo_mail(request, pk):
    mail = get_object_or_404(Mail.objects.fuer_demo(), pk=pk)
    return render(request, "konten/demo_mail.html", {"mail": mail})


@require_safe
@nur_in_der_demo
def demo_anlage(request, pk, dokument):
    mail = get_object_or_404(Mail.objects.fuer_demo(), pk=pk)
    anlage = get_object_or_404(mail.anlagen, pk=dokument)
    return as_response(anlage)
