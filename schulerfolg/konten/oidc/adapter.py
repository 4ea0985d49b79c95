"""Signing in at another house (OpenID Connect): allauth does the exchange, this says who comes in by it.

Only people who have an account here, found by an address that the provider has verified, and only once per sign-in
that was begun here. No account is made by it, and it replaces no second factor unless the operator trusts it to.
"""

import secrets

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse

ANBIETER = "anbieter"  # there is one; its name and address come from the settings
FAKTOR_DORT = "faktor_beim_anbieter"


def anbieter_name() -> str:
    """What the provider is called on the pages; empty where none is configured."""
    return str(settings.OIDC["name"]) if settings.OIDC else ""


class Austausch(OpenIDConnectOAuth2Adapter):
    """The exchange of the code: the way back is named by the settings, and both answers speak of the same person."""

    def get_callback_url(self, request, app):
        return settings.PORTAL_ADRESSE + reverse("openid_connect_callback")

    def complete_login(self, request, app, token, **kwargs):
        login = super().complete_login(request, app, token, **kwargs)
        if not login.id_token or login.id_token.get("sub") != login.account.uid:
            raise OAuth2Error("The answer holds no ID token of this person.")
        return login


class Anbieter(OpenIDConnectProvider):
    """Sends a nonce along, and keeps of the answer no more than the address."""

    oauth2_adapter_class = Austausch

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = {**self.get_auth_params(), "nonce": nonce}
        kwargs["scope"] = self.get_scope()
        return super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)

    def sociallogin_from_response(self, request, response):
        login = super().sociallogin_from_response(request, response)
        login.id_token = response.get("id_token") or {}
        return login

    def extract_extra_data(self, data):
        return {"email": (data.get("userinfo") or data.get("id_token") or {}).get("email", "")}

    def extract_email_addresses(self, data):
        """Verified is what the provider calls so, in one word: nothing but `true` counts."""
        angaben = data.get("userinfo") or data.get("id_token") or {}
        email = str(angaben.get("email") or "").lower()
        verified = angaben.get("email_verified") is True
        return [EmailAddress(email=email, verified=verified, primary=True)] if email else []


class AnbieterAdapter(DefaultSocialAccountAdapter):
    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": "Bitte legen Sie zuerst ein Passwort fest, damit Sie sich auch danach noch anmelden können.",
        "no_verified_email": "Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse.",
    }

    def get_provider(self, request, provider, client_id=None):
        return Anbieter(request, app=super().get_provider(request, provider, client_id).app)

    def is_open_for_signup(self, request, sociallogin):
        return False

    def authenticate_by_email(self, sociallogin):
        """The person of an address that both sides have verified, in a domain the provider is trusted for."""
        for address in sociallogin.email_addresses:
            domain = address.email.rpartition("@")[2]
            if address.verified and (not settings.OIDC["domaenen"] or domain in settings.OIDC["domaenen"]):
                ours = EmailAddress.objects.filter(email=address.email, verified=True, user__is_active=True)
                if eigene := ours.select_related("user").first():
                    return eigene.user, address.email
        return None

    def pre_social_login(self, request, sociallogin):
        nonce = sociallogin.state.get("nonce", "")
        if not nonce or not secrets.compare_digest(str(sociallogin.id_token.get("nonce", "")), nonce):
            raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", status=401))
        if sociallogin.state.get("process") != AuthProcess.LOGIN or not sociallogin.is_existing:
            raise ImmediateHttpResponse(render(request, "socialaccount/kein_konto.html", status=403))
        if _faktor_dort(sociallogin.id_token):
            record_authentication(request, sociallogin.user, "mfa", type=FAKTOR_DORT)


class ZweiterFaktorStufe(AuthenticateStage):
    """Asks for the second factor here, unless the provider has just asked for one that the operator trusts."""

    def _should_handle(self, request):
        records = get_authentication_records(request, self.login.user)
        dort = any(record.get("type") == FAKTOR_DORT for record in records)
        return not dort and super()._should_handle(request)


def _faktor_dort(id_token) -> bool:
    amr = id_token.get("amr") or []
    genannt = {amr} if isinstance(amr, str) else {str(wert) for wert in amr}
    return bool(genannt & set(settings.OIDC["faktor_amr"])) or id_token.get("acr") in settings.OIDC["faktor_acr"]
