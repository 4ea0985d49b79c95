"""The first second factor counts at once for the sign-in in which it was set up."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator

FAKTOREN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def gilt_sofort(sender, request, user, authenticator, **kwargs):
    """Who has just shown the first code of their app, or used their new passkey, is not asked for it again.

    Only the first one: whoever has a factor already shows that one. A new one proves nothing about who is there.
    """
    andere = user.authenticator_set.filter(type__in=FAKTOREN).exclude(pk=authenticator.pk)
    if authenticator.type in FAKTOREN and not andere.exists():
        record_authentication(request, user, "mfa", type=authenticator.type)
