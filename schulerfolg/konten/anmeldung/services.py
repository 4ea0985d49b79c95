"""Ending sign-ins: one of one's own, or all of a person's."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction


@transaction.atomic
def anmeldungen_beenden(person, *, ausser: str = "") -> int:
    """End every sign-in of this person but the one with the session key `ausser`; the next request finds nobody."""
    return _beenden(UserSession.objects.filter(user=person).exclude(session_key=ausser))


@transaction.atomic
def anmeldung_beenden(anmeldung: UserSession) -> None:
    _beenden(UserSession.objects.filter(pk=anmeldung.pk))


def _beenden(anmeldungen) -> int:
    schluessel = list(anmeldungen.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=schluessel).delete()
    anmeldungen.delete()
    return len(schluessel)
