"""To the provider and back."""

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_POST, require_safe

from schulerfolg.konten.oidc.adapter import ANBIETER, Austausch


@login_not_required
@require_POST
def login(request):
    return OAuth2LoginView.adapter_view(Austausch(request, ANBIETER))(request)


@login_not_required
@require_safe
def callback(request):
    return OAuth2CallbackView.adapter_view(Austausch(request, ANBIETER))(request)
