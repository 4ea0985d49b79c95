"""Where a person is signed in at this moment."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone


def anmeldungen(person):
    """The sign-ins that still hold, the one used last first. A row whose session has ended counts no more."""
    lebendig = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return UserSession.objects.filter(Exists(lebendig), user=person).order_by("-last_seen_at", "-pk")
