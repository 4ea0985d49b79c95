"""How long a sign-in lasts: some time without a request, and never longer than a working day.

Every request extends it, but the row of the session is written at most every few minutes.
"""

import time
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError
from django.utils import timezone

ANGEMELDET_SEIT = "angemeldet_seit"


class SessionStore(db.SessionStore):
    """Django's own, which also knows until when the row holds that it has read or written."""

    laeuft_ab: datetime | None = None

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        self.laeuft_ab = row.expire_date if row else None
        return row

    def save(self, must_create=False):
        """Django takes a database that is gone for a session that somebody ended; those are two things to say."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from error.__context__.__cause__
            raise

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        self.laeuft_ab = row.expire_date
        return row


def ist_zu_alt(session) -> bool:
    """Whether somebody signed in so long ago that they must do it again, however busy they are."""
    seit = session.get(ANGEMELDET_SEIT)
    return seit is not None and time.time() - seit > settings.ANMELDUNG_HOECHSTENS


def braucht_verlaengerung(session) -> bool:
    ruhe = timedelta(seconds=settings.SESSION_COOKIE_AGE - settings.ANMELDUNG_SCHREIBABSTAND)
    return session.laeuft_ab is not None and session.laeuft_ab < timezone.now() + ruhe


def verlaengern(request) -> None:
    """Let the two hours begin anew; noted on the page „Wo Sie angemeldet sind“ as last seen."""
    request.session.modified = True
    request.session.setdefault(ANGEMELDET_SEIT, time.time())
    gesehen = UserSession.objects.filter(session_key=request.session.session_key)
    if not gesehen.update(last_seen_at=timezone.now()):
        UserSession.objects.create_from_request(request)


def laeuft_bis(session) -> datetime:
    """The moment this sign-in ends when nothing is asked of the portal after this request."""
    bis = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    if session.laeuft_ab is not None and not session.modified and not braucht_verlaengerung(session):
        bis = session.laeuft_ab
    return min(bis, laengstens(session) or bis)


def laengstens(session) -> datetime | None:
    """The moment this sign-in ends however busy somebody is."""
    seit = session.get(ANGEMELDET_SEIT)
    if seit is None:
        return None
    return datetime.fromtimestamp(seit + settings.ANMELDUNG_HOECHSTENS, tz=timezone.get_current_timezone())


def sekunden_bis(ende: datetime) -> int:
    return max(0, int((ende - timezone.now()).total_seconds()))
