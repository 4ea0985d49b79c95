"""Inviting somebody to a role at an office or a school, and the answer to it."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from netzwerkstellen.einladung.models import Einladung
from netzwerkstellen.einladung.queries import person_mit_adresse, pruefsumme
from netzwerkstellen.schule import permissions as schulrechte
from netzwerkstellen.schule.models import Schulzugehoerigkeit
from netzwerkstellen.stelle.models import Mitarbeit
from netzwerkstellen.stelle.permissions import require
from netzwerkstellen.stelle.services import festhalten, sichern
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle
from schulerfolg.konten.services import mail_text, write_mail

GUELTIG = timedelta(days=14)
DAUER_EINER_PRUEFUNG = timedelta(days=90)


@transaction.atomic
def einladen(einladung: Einladung, *, by) -> Einladung:
    """Send somebody a link to a role. An expired invitation to the same role makes room for the new one."""
    rolle = darf_einladen(by, einladung)
    _darf_eingeladen_werden(einladung, by=by)
    _gleiche(einladung).abgelaufen().update(zurueckgenommen_am=timezone.now())
    einladung.eingeladen_durch = by
    _link_erneuern(einladung)
    text = f"{{einladung}} eingeladen: {einladung.get_rolle_display()}, {einladung.ort}"
    festhalten(einladung.netzwerkstelle, "einladen", text, by=by, rolle=rolle, einladung=einladung)
    return einladung


@transaction.atomic
def erneut_senden(einladung: Einladung, *, by) -> Einladung:
    """A new link for another 14 days. The old link no longer opens anything."""
    einladung, rolle = _sperren(einladung, by=by)
    _link_erneuern(einladung)
    text = "Einladung an {einladung} noch einmal gesendet"
    festhalten(einladung.netzwerkstelle, "einladung_erneut_senden", text, by=by, rolle=rolle, einladung=einladung)
    return einladung


@transaction.atomic
def zuruecknehmen(einladung: Einladung, *, by) -> Einladung:
    einladung, rolle = _sperren(einladung, by=by)
    einladung.zurueckgenommen_am = timezone.now()
    einladung.save(update_fields=["zurueckgenommen_am"])
    text = "Einladung an {einladung} zurückgenommen"
    festhalten(einladung.netzwerkstelle, "einladung_zuruecknehmen", text, by=by, rolle=rolle, einladung=einladung)
    return einladung


@transaction.atomic
def konto_anlegen(einladung: Einladung, *, vorname: str, nachname: str, passwort: str) -> Person:
    """Somebody new accepts: the link has proved the address, so the account begins with a confirmed one."""
    einladung = _noch_offen(einladung)
    person = konto_eroeffnen(einladung.email, vorname=vorname, nachname=nachname, passwort=passwort)
    _annehmen(einladung, person)
    return person


def konto_eroeffnen(email: str, *, vorname: str, nachname: str, passwort: str) -> Person:
    """An account for somebody who has just proved that this address is theirs. The caller holds a transaction."""
    person = _noch_ohne_konto(email)
    person.vorname, person.nachname = vorname, nachname
    person.set_password(passwort)
    sichern(person)
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    return person


@transaction.atomic
def annehmen(einladung: Einladung, *, by) -> Einladung:
    """Somebody who has an account accepts: only the person the invitation was sent to."""
    einladung = _noch_offen(einladung)
    if person_mit_adresse(einladung.email) != by:
        raise ValidationError(
            "Diese Einladung gilt für eine andere Person. Bitte melden Sie sich mit deren Adresse an."
        )
    return _annehmen(einladung, by)


def _noch_ohne_konto(email) -> Person:
    """Somebody nobody knows yet, or the row of somebody who so far is only known by name."""
    bekannt = person_mit_adresse(email)
    person = Person.objects.select_for_update(of=("self",)).get(pk=bekannt.pk) if bekannt else Person(email=email)
    if bekannt and not (person.ohne_konto and person.is_active):
        raise ValidationError("Zu dieser Adresse gibt es inzwischen ein Konto. Bitte melden Sie sich damit an.")
    return person


def darf_einladen(person, einladung) -> Rolle:
    """The hat in which this person sends, renews or takes back this invitation; else PermissionDenied says who may."""
    if einladung.schule_id:
        hats = schulrechte.rollen(person, einladung.schule)
        return schulrechte.RECHTE.require(hats, schulrechte.action_fuer(einladung.rolle))
    gremium = einladung.rolle == Rolle.GREMIUM
    return require(person, "gremium_einladen" if gremium else "team_pflegen", einladung.netzwerkstelle)


def _gleiche(einladung):
    return Einladung.objects.filter(
        email=einladung.email,
        netzwerkstelle=einladung.netzwerkstelle,
        schule=einladung.schule,
        rolle=einladung.rolle,
    )


def _darf_eingeladen_werden(einladung, *, by):
    person = person_mit_adresse(einladung.email)
    if person == by:
        raise ValidationError(
            {"email": "Sich selbst können Sie nicht einladen. Neue Rollen gibt Ihnen eine andere Person."}
        )
    if person is not None and einladung.rolle != Rolle.GREMIUM and _rollen_am_ort(einladung, person).gueltig().exists():
        raise ValidationError({"email": f"{person} hat diese Rolle hier schon."})


def _rollen_am_ort(einladung, person):
    if einladung.schule_id:
        return Schulzugehoerigkeit.objects.filter(person=person, schule=einladung.schule, rolle=einladung.rolle)
    return Mitarbeit.objects.filter(person=person, netzwerkstelle=einladung.netzwerkstelle, rolle=einladung.rolle)


def _link_erneuern(einladung):
    """Store the checksum of a new token, and write the mail that carries the token itself."""
    token = secrets.token_urlsafe(32)
    einladung.pruefsumme = pruefsumme(token)
    einladung.gueltig_bis = timezone.now() + GUELTIG
    sichern(einladung)
    adresse = settings.PORTAL_ADRESSE + reverse("einladung_annehmen", args=[token])
    gremium = einladung.rolle == Rolle.GREMIUM
    vorlage = "netzwerkstellen/mail/einladung_gremium.txt" if gremium else "netzwerkstellen/mail/einladung.txt"
    betreff, text = mail_text(vorlage, {"einladung": einladung, "adresse": adresse})
    write_mail(an=einladung.email, betreff=betreff, text=text, schluessel=f"einladung:{einladung.pruefsumme}")


def _sperren(einladung, *, by) -> tuple[Einladung, Rolle]:
    gesperrt = Einladung.objects.select_for_update(of=("self",)).get(pk=einladung.pk)
    rolle = darf_einladen(by, gesperrt)
    if gesperrt.angenommen_am or gesperrt.zurueckgenommen_am:
        raise ValidationError("Diese Einladung ist inzwischen angenommen oder zurückgenommen.")
    return gesperrt, rolle


def _noch_offen(einladung) -> Einladung:
    gesperrt = Einladung.objects.select_for_update(of=("self",)).get(pk=einladung.pk)
    if not gesperrt.ist_offen or gesperrt.pruefsumme != einladung.pruefsumme:
        raise ValidationError(
            "Diese Einladung gilt nicht mehr: Sie wurde gerade angenommen, erneuert oder zurückgenommen."
        )
    return gesperrt


def _annehmen(einladung, person) -> Einladung:
    """Give the role from today on, close the invitation and tell who sent it. The caller holds its lock.

    A seat in a Gremium holds already: there the answer only opens the account.
    """
    if einladung.rolle != Rolle.GREMIUM:
        _rolle_geben(einladung, person)
    einladung.angenommen_am, einladung.angenommen_durch = timezone.now(), person
    einladung.save(update_fields=["angenommen_am", "angenommen_durch"])
    text = f"{{betrifft}} hat die Einladung angenommen: {einladung.get_rolle_display()}, {einladung.ort}"
    rolle = Rolle(einladung.rolle)
    festhalten(einladung.netzwerkstelle, "einladung_annehmen", text, by=person, rolle=rolle, betrifft=person)
    betreff, text = mail_text("netzwerkstellen/mail/einladung_angenommen.txt", {"einladung": einladung})
    write_mail(
        an=einladung.eingeladen_durch.email,
        person=einladung.eingeladen_durch,
        betreff=betreff,
        text=text,
        schluessel=f"einladung:{einladung.pk}:angenommen",
    )
    return einladung


def _rolle_geben(einladung, person):
    heute = timezone.localdate()
    neu: Schulzugehoerigkeit | Mitarbeit
    if einladung.schule_id:
        neu = Schulzugehoerigkeit(schule=einladung.schule, arbeitgeber=einladung.arbeitgeber)
    else:
        neu = Mitarbeit(netzwerkstelle=einladung.netzwerkstelle, zeichnungsbefugt=einladung.zeichnungsbefugt)
    neu.person, neu.rolle, neu.von = person, einladung.rolle, heute
    if einladung.rolle == Rolle.PRUEFUNG:
        neu.bis = heute + DAUER_EINER_PRUEFUNG
    sichern(neu)
