"""Ending sign-ins: one of one's own, or all of a person's; and forgetting those that have ended by themselves."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from schulerfolg.konten.models import Eingabe


@transaction.atomic
def anmeldungen_beenden(person, *, ausser: str = "") -> None:
    """End every sign-in of this person but the one with the session key `ausser`; the next request finds nobody."""
    _beenden(UserSession.objects.filter(user=person).exclude(session_key=ausser))


@transaction.atomic
def anmeldung_beenden(anmeldung: UserSession) -> None:
    _beenden(UserSession.objects.filter(pk=anmeldung.pk))


@transaction.atomic
def alle_anmeldungen_beenden() -> None:
    """Everybody signs in anew: after a back-up was restored, which knows sign-ins that have ended since."""
    _beenden(UserSession.objects.all())
    Session.objects.all().delete()


@transaction.atomic
def abgelaufenes_vergessen() -> int:
    """Delete sign-ins that are over, with address and browser, and words kept too long; how many sign-ins."""
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    Eingabe.objects.abgelaufen().delete()
    lebendig = Session.objects.filter(session_key=OuterRef("session_key"))
    _, nach_art = UserSession.objects.filter(~Exists(lebendig)).delete()
    return nach_art.get(UserSession._meta.label, 0)


def _beenden(anmeldungen):
    schluessel = list(anmeldungen.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=schluessel).delete()
    anmeldungen.delete()
