"""How allauth fits into this house: no open sign-up, mails through the outbox, links from the settings."""

import base64
import hashlib
import time
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import qrcode
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from qrcode.image.svg import SvgPathFillImage

from schulerfolg.konten.anmeldung import bekannt
from schulerfolg.konten.anmeldung.aufheben import wiederfinden
from schulerfolg.konten.anmeldung.frist import ANGEMELDET_SEIT
from schulerfolg.konten.anmeldung.services import anmeldungen_beenden
from schulerfolg.konten.models import Mail
from schulerfolg.konten.services import write_mail

ZU_OFT = "Das waren zu viele Versuche in kurzer Zeit. Bitte versuchen Sie es in fünf Minuten noch einmal."

ZU_OFT_VON_FREMDEN = (
    "Jemand versucht gerade immer wieder, dieses Konto zu öffnen. Darum lassen wir neue Geräte eine Stunde lang nicht "
    "hinein. Mit „Passwort vergessen“ kommen Sie sofort weiter."
)
MOST_MAILS, IN_DER_ZEIT = 5, timedelta(minutes=10)
GEZAEHLT = ("account/email/password_reset_key", "account/email/unknown_account")
"""So many mails about a forgotten password go to one address; each of their links works, so no more are needed."""


def _adresse(credentials) -> str:
    return credentials.get("email", "").strip().lower()


def portal_url(url: str) -> str:
    """The same address under PORTAL_ADRESSE: a forged Host header never gets into a mail."""
    teile = urlsplit(url)
    return settings.PORTAL_ADRESSE + teile.path + (f"?{teile.query}" if teile.query else "")


class KontenAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dieses Konto ist zurzeit gesperrt.",
        "cannot_remove_primary_email": "Die Adresse, mit der Sie sich anmelden, können Sie nur ersetzen.",
        "duplicate_email": "Mit dieser Adresse melden Sie sich schon an. Bitte geben Sie eine andere ein.",
        "email_password_mismatch": "E-Mail-Adresse und Passwort passen nicht zusammen. Bitte prüfen Sie beides.",
        "enter_current_password": "Das ist nicht Ihr bisheriges Passwort. Bitte geben Sie es noch einmal ein.",
        "incorrect_code": "Dieser Code gilt nicht oder nicht mehr. Bitte nehmen Sie den nächsten.",
        "incorrect_password": "Das Passwort stimmt nicht. Bitte geben Sie es noch einmal ein.",
        "invalid_or_expired_key": "Dieser Link gilt nicht mehr.",
        "invalid_login": "Diese Anmeldung hat nicht geklappt. Bitte versuchen Sie es noch einmal.",
        "invalid_password_reset": "Dieser Link gilt nicht mehr. Bitte fordern Sie einen neuen an.",
        "too_many_login_attempts": ZU_OFT,
        "too_many_strangers": ZU_OFT_VON_FREMDEN,
        "rate_limited": ZU_OFT,
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Write to the outbox: a known and an unknown address cost the same time, and no mail is lost."""
        if template_prefix in GEZAEHLT and self._hat_genug(email):
            return
        mail = self.render_mail(template_prefix, email, {"email": email, "portal": settings.PORTAL_ADRESSE, **context})
        write_mail(an=email, betreff=mail.subject, text=mail.body, schluessel=f"{template_prefix}:{uuid4()}")

    def _hat_genug(self, email) -> bool:
        """Asked for by anybody, these would fill somebody's box; and to refuse the page would keep its owner out."""
        seit = timezone.now() - IN_DER_ZEIT
        eben = Mail.objects.filter(an=email, erstellt_am__gt=seit, schluessel__regex=f"^({'|'.join(GEZAEHLT)}):")
        return eben.count() >= MOST_MAILS

    def is_safe_url(self, url):
        """Only a way inside the portal; what no parser can read is none."""
        return url_has_allowed_host_and_scheme(url, None)

    def is_ajax(self, request):
        """Pages for everybody. Only the script of the passkeys asks for data, where it fetches its question."""
        return request.resolver_match.view_name == "mfa_login_webauthn" and super().is_ajax(request)

    def get_login_stages(self):
        unsere = {"allauth.mfa.stages.AuthenticateStage": "schulerfolg.konten.oidc.adapter.ZweiterFaktorStufe"}
        return [unsere.get(stufe, stufe) for stufe in super().get_login_stages()]

    def _get_login_attempts_cache_key(self, request, **credentials) -> str:
        """One count for an account and where the try comes from: a stranger's tries use up nobody else's.

        In allauth's own key stands the Host header: each way to write it counted anew.
        """
        email = _adresse(credentials)
        return f"{email} {bekannt.quelle(request, email)}"

    def pre_authenticate(self, request, **credentials):
        """A browser that knows the account is counted by itself; all others together get so many tries and no more."""
        email, self._von_fremden = _adresse(credentials), None
        if bekannt.ist_bekannt(request, email):
            self._login_failed_rl_usage = ratelimit.consume(
                request,
                app="allauth.account",
                action="login_bekannt",
                key=self._get_login_attempts_cache_key(request, **credentials),
            )
            if not self._login_failed_rl_usage:
                raise self.validation_error("too_many_login_attempts")
        else:
            super().pre_authenticate(request, **credentials)
            self._von_fremden = ratelimit.consume(request, app="allauth.account", action="login_fremd", key=email)
            if not self._von_fremden:
                raise self.validation_error("too_many_strangers")

    def _rollback_login_failed_rl_usage(self):
        super()._rollback_login_failed_rl_usage()
        if self._von_fremden:
            self._von_fremden.rollback()

    def authenticate(self, request, **credentials):
        """Nobody for a closed account: its right password is answered, and counted, like a wrong one."""
        person = super().authenticate(request, **credentials)
        if person and not person.is_active:
            self.pre_authenticate(request, **credentials)  # allauth has just taken this try off the count again
            return None
        return person

    def login(self, request, user):
        super().login(request, user)
        request.session[ANGEMELDET_SEIT] = time.time()
        wiederfinden(request, user)
        bekannt.merken(request, user.email)

    def set_password(self, user, password):
        """A new password ends every other sign-in at once; whoever set it, by the link of a mail, has a way in."""
        super().set_password(user, password)
        request = context.request
        bekannt.merken(request, user.email)
        eigene = request.session.session_key if request.user == user else ""
        anmeldungen_beenden(user, ausser=eigene or "")

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever signed in a moment ago is not asked again at once, e.g. on the way to the second factor."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        request = context.request
        seit = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        return all(methode["at"] < seit for methode in get_authentication_records(request, request.user))

    def format_email_subject(self, subject):
        return subject

    def get_reset_password_from_key_url(self, key):
        return portal_url(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request, emailconfirmation):
        return portal_url(super().get_email_confirmation_url(request, emailconfirmation))


class ZweiterFaktorAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are encrypted in the database with a key derived from SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Ihre Rolle braucht einen zweiten Faktor, und dies ist Ihr letzter. "
        "Bitte richten Sie zuerst einen anderen ein.",
        "cannot_generate_recovery_codes": "Notfallcodes gibt es, sobald ein zweiter Faktor eingerichtet ist.",
        "incorrect_code": KontenAdapter.error_messages["incorrect_code"],
    }

    def can_delete_authenticator(self, authenticator):
        """Whoever wears a hat that asks for a second factor keeps at least one.

        The hats are known above this app; the frame hangs them on the request (`schulerfolg.dach.middleware`).
        """
        if not any(hut.zweiter_faktor for hut in context.request.huete):
            return True
        andere = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return andere.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def encrypt(self, text):
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return self._fernet().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url):
        """On white, so that a camera can read it in dark mode too."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string().decode()

    def generate_authenticator_name(self, user, type):  # noqa: A002 -- allauth's name
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self):
        return {"id": urlsplit(settings.PORTAL_ADRESSE).hostname, "name": settings.MFA_TOTP_ISSUER}

    def _fernet(self):
        digest = hashlib.sha256(b"zweiter faktor:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(digest))
