"""Plain functions that save one valid object. Every argument has a default; nothing is random."""

import time
from datetime import timedelta
from itertools import count

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from netzwerkstellen.einladung.queries import pruefsumme
from netzwerkstellen.models import (
    Einladung,
    Mitarbeit,
    Netzwerkstelle,
    Organisation,
    Registrierung,
    Schule,
    Schulform,
    Schulzugehoerigkeit,
    Standort,
)
from schulerfolg.konten.anmeldung.frist import SessionStore
from schulerfolg.konten.models import Landesrolle, Person
from schulerfolg.konten.permissions import Rolle

number = count(1)
PASSWORT = "ein-langes-Passwort-2026"


def make_person(vorname="Kim", nachname="Beispiel", **fields):
    """A person with a confirmed address who can sign in with PASSWORT."""
    email = fields.pop("email", f"person{next(number)}@schule.example")
    person = Person.objects.create_user(email, vorname, nachname, fields.pop("password", PASSWORT), **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def eben_angemeldet(person, vor=0) -> dict:
    """What a session holds after a sign-in with a second factor, `vor` seconds ago."""
    at = time.time() - vor
    return {
        "account_authentication_methods": [{"method": "password", "at": at}, {"method": "mfa", "at": at}],
        "account_authentication_methods_user": str(person.pk),
    }


def make_anmeldung(person) -> str:
    """The key of a new session: this person has just signed in with a second factor."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.update(eben_angemeldet(person))
    session.create()
    return session.session_key


def code_der_app(geheimnis: str) -> str:
    """What the app on a phone shows: six digits that hold for ten seconds more at least, since typing takes time."""
    in_ruhe(10)
    return format_hotp_value(hotp_value(geheimnis, next(yield_hotp_counters_from_time())))


def in_ruhe(sekunden: int = 5) -> None:
    """Such a code changes every half minute: do not begin in the last seconds of one."""
    rest = 30 - time.time() % 30
    if rest < sekunden:
        time.sleep(rest)


def make_organisation(**fields):
    return Organisation.objects.create(**{"name": f"Träger {next(number)} e.V.", "art": "frei"} | fields)


def make_netzwerkstelle(**fields):
    n = next(number)
    defaults = {
        "name": f"Netzwerkstelle {n}",
        "region": f"Landkreis {n}",
        "kurzname": f"Kreis {n}",
        "kuerzel": f"K{n}"[-3:],
        "slug": f"kreis-{n}",
        "art": "LK",
        "ags": f"15{n % 1000:03}",
        "nuts3": f"DEE0{'0123456789ABCDE'[n % 15]}",
    }
    return Netzwerkstelle.objects.create(**defaults | fields)


def make_hauptsitz(netzwerkstelle, **fields):
    """Where letters of this office come from, and its number; there is one."""
    defaults = {"strasse": "Voigtei 37", "plz": "38820", "ort": "Halberstadt", "telefon": "03941 100"}
    return Standort.objects.get_or_create(netzwerkstelle=netzwerkstelle, hauptsitz=True, defaults=defaults | fields)[0]


def make_schulform(name="Sekundarschule"):
    return Schulform.objects.get_or_create(name=name)[0]


def make_schule(**fields):
    n = next(number)
    fields["netzwerkstelle"] = fields.get("netzwerkstelle") or make_netzwerkstelle()
    defaults = {"name": f"Schule am See {n}", "schulnummer": f"S{n:05}"}
    defaults |= {"strasse": "Am See 1", "plz": "38820", "ort": "Halberstadt"}
    return Schule.objects.create(**defaults | {"schulform": make_schulform()} | fields)


def make_mitarbeit(netzwerkstelle=None, rolle=Rolle.SACHBEARBEITUNG, **fields):
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or make_person()
    if rolle == Rolle.PRUEFUNG:
        fields = {"von": timezone.localdate(), "bis": timezone.localdate() + timedelta(days=90)} | fields
    return Mitarbeit.objects.create(netzwerkstelle=netzwerkstelle or make_netzwerkstelle(), rolle=rolle, **fields)


def make_zugehoerigkeit(schule=None, rolle=Rolle.SCHULE_MITARBEIT, **fields):
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or make_person()
    return Schulzugehoerigkeit.objects.create(schule=schule or make_schule(), rolle=rolle, **fields)


def make_landesrolle(rolle=Rolle.KOORDINATION, **fields):
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or make_person()
    if rolle == Rolle.PRUEFUNG:
        fields = {"von": timezone.localdate(), "bis": timezone.localdate() + timedelta(days=90)} | fields
    return Landesrolle.objects.create(rolle=rolle, **fields)


def make_einladung(netzwerkstelle, by, schule=None, token="", **fields):
    """An open invitation by `by`; `token` is what its link would carry."""
    n = next(number)
    defaults = {
        "email": f"neu{n}@schule.example",
        "vorname": "Neu",
        "nachname": "Hier",
        "rolle": Rolle.SCHULE_LEITUNG if schule else Rolle.SACHBEARBEITUNG,
        "pruefsumme": pruefsumme(token or f"link-{n}"),
        "gueltig_bis": timezone.now() + timedelta(days=3),
        "eingeladen_durch": by,
    }
    return Einladung.objects.create(netzwerkstelle=netzwerkstelle, schule=schule, **defaults | fields)


def make_registrierung(schule, person=None, token="", **fields):
    """Somebody who asks for a role at this school; with `person` the address is confirmed and the request waits."""
    n = next(number)
    defaults = {
        "email": person.email if person else f"neu{n}@schule.example",
        "vorname": person.vorname if person else "Neu",
        "nachname": person.nachname if person else "Hier",
        "rolle": Rolle.SCHULE_MITARBEIT,
        "pruefsumme": pruefsumme(token or f"registrierung-{n}"),
        "link_gueltig_bis": timezone.now() + timedelta(days=3),
        "bestaetigt_am": timezone.now() if person else None,
    }
    return Registrierung.objects.create(schule=schule, person=person, **defaults | fields)
