"""How allauth fits into this house: no open sign-up, mails through the outbox, links from the settings."""

import base64
import hashlib
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings

from schulerfolg.konten.services import nachricht_schreiben


def portal_url(url: str) -> str:
    """The same address under PORTAL_ADRESSE: a forged Host header never gets into a mail."""
    teile = urlsplit(url)
    return settings.PORTAL_ADRESSE + teile.path + (f"?{teile.query}" if teile.query else "")


class KontenAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Write to the outbox: a known and an unknown address cost the same time, and no mail is lost."""
        mail = self.render_mail(template_prefix, email, {"email": email, **context})
        nachricht_schreiben(
            an=email, betreff=mail.subject, text=mail.body, schluessel=f"{template_prefix}:{uuid4()}"
        )

    def format_email_subject(self, subject):
        return subject

    def get_reset_password_from_key_url(self, key):
        return portal_url(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request, emailconfirmation):
        return portal_url(super().get_email_confirmation_url(request, emailconfirmation))


class ZweiterFaktorAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are encrypted in the database with a key derived from SECRET_KEY."""

    def encrypt(self, text):
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return self._fernet().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self):
        return {"id": urlsplit(settings.PORTAL_ADRESSE).hostname, "name": settings.MFA_TOTP_ISSUER}

    def _fernet(self):
        digest = hashlib.sha256(b"zweiter faktor:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(digest))
