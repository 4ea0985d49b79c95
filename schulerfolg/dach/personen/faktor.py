"""A lost telephone: one person asks, another one confirms, and the second factor is taken off the account.

What waits stands in the events of the account: a request that no later step has answered, for three days.
"""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from netzwerkstellen.models import Mitarbeit, Netzwerkstelle
from netzwerkstellen.stelle.services import note_account
from schulerfolg.dach.personen.permissions import RECHTE, rollen
from schulerfolg.formular.konflikt import Veraltet
from schulerfolg.konten.anmeldung.services import anmeldungen_beenden
from schulerfolg.konten.models import Kontoereignis, Person
from schulerfolg.konten.permissions import Rolle
from schulerfolg.konten.services import notify

GILT = timedelta(days=3)
GEBETEN, ERLEDIGT, ZURUECKGENOMMEN = "faktor_bitten", "faktor_zuruecksetzen", "faktor_bitte_zuruecknehmen"
EIGENER = "Ihren eigenen zweiten Faktor ändern Sie unter „Mein Konto“. Ist er verloren, bittet eine andere Person."
OHNE_FAKTOR = "{} hat zurzeit keinen zweiten Faktor. Nach der Anmeldung lässt sich einer einrichten."


def hat_faktor(person: Person) -> bool:
    return Authenticator.objects.filter(user=person).exists()


def offene_bitten():
    """Requests that wait for a second person."""
    spaeter = Kontoereignis.objects.filter(
        person=OuterRef("person"), schritt__in=(GEBETEN, ERLEDIGT, ZURUECKGENOMMEN), pk__gt=OuterRef("pk")
    )
    offen = Kontoereignis.objects.filter(schritt=GEBETEN, am__gt=timezone.now() - GILT).exclude(Exists(spaeter))
    return offen.select_related("person", "durch").order_by("pk")


def offene_bitte(person: Person) -> Kontoereignis | None:
    return offene_bitten().filter(person=person).first()


def wer_bestaetigt(person: Person, *, ausser: Person) -> list[Person]:
    """Everybody who may be the second person, by the rule of the button."""
    stellen = person.mitarbeiten.gueltig().values("netzwerkstelle")
    leitungen = Mitarbeit.objects.filter(netzwerkstelle__in=stellen).to_notify().leitungen().values("person")
    koordination = Person.objects.filter(landesrollen__rolle=Rolle.KOORDINATION)
    alle = Person.objects.filter(is_active=True, pk__in=leitungen) | koordination.filter(is_active=True)
    andere = alle.exclude(pk__in=[person.pk, ausser.pk]).distinct().order_by("nachname", "vorname")
    return [wer for wer in andere if RECHTE.may(rollen(wer, person), "faktor_zuruecksetzen", person)]


@transaction.atomic
def bitten(person: Person, *, by, begruendung: str) -> Kontoereignis:
    """Ask for it. The person reads of it at once: if it was not them, nothing has happened yet."""
    person = _gesperrt(person)
    rolle = RECHTE.require(rollen(by, person), "faktor_bitten")
    if (bitte := offene_bitte(person)) is not None:
        raise ValidationError(f"{bitte.wer} hat schon darum gebeten. Jetzt bestätigt eine zweite Person.")
    text = "Gebeten, den zweiten Faktor von {betrifft} zurückzusetzen"
    ereignis = note_account(person, _stellen(person), GEBETEN, text, by=by, rolle=rolle, begruendung=begruendung)
    _schreiben([person], "dach/personen/mail/faktor_gebeten.txt", ereignis)
    _schreiben(wer_bestaetigt(person, ausser=by), "dach/personen/mail/faktor_bestaetigen.txt", ereignis)
    return ereignis


@transaction.atomic
def zuruecksetzen(person: Person, *, by, version: str) -> Person:
    """The second person confirms: every factor goes, every sign-in ends, the password stays."""
    person = _gesperrt(person)
    rolle = RECHTE.require(rollen(by, person), "faktor_zuruecksetzen", person)
    bitte = offene_bitte(person)
    if bitte is None:
        raise ValidationError(f"Niemand bittet mehr darum. Eine Bitte gilt {GILT.days} Tage.")
    if bitte.durch_id == by.pk:
        raise ValidationError("Das bestätigt eine zweite Person, nicht wer darum gebeten hat.")
    if version != str(bitte.pk):
        raise Veraltet(str(bitte.pk))
    Authenticator.objects.filter(user=person).delete()
    anmeldungen_beenden(person)
    text = "Zweiten Faktor von {betrifft} zurückgesetzt, auf Bitte von {betrifft_auch}"
    ereignis = note_account(
        person, _stellen(person), ERLEDIGT, text, by=by, rolle=rolle, betrifft=person, betrifft_auch=bitte.durch
    )
    _schreiben([person], "dach/personen/mail/faktor_zurueckgesetzt.txt", ereignis)
    return person


@transaction.atomic
def zuruecknehmen(person: Person, *, by, version: str) -> Person:
    """Whoever asked finds that it was not needed, or is not sure any more who called."""
    person = _gesperrt(person)
    bitte = offene_bitte(person)
    if bitte is None or bitte.durch_id != by.pk or version != str(bitte.pk):
        raise ValidationError("Diese Bitte wartet nicht mehr auf eine Bestätigung.")
    rolle = RECHTE.require(rollen(by, person), "faktor_bitten")
    text = "Bitte zurückgenommen, den zweiten Faktor von {betrifft} zurückzusetzen"
    ereignis = note_account(person, _stellen(person), ZURUECKGENOMMEN, text, by=by, rolle=rolle)
    _schreiben([person], "dach/personen/mail/faktor_zurueckgenommen.txt", ereignis)
    return person


@transaction.atomic
def notfalls_zuruecksetzen(person: Person) -> None:
    """From the command line, where nobody is left who could ask or confirm."""
    person = _gesperrt(person)
    Authenticator.objects.filter(user=person).delete()
    anmeldungen_beenden(person)
    text = "Zweiten Faktor von {betrifft} im Betrieb zurückgesetzt"
    ereignis = note_account(person, _stellen(person), ERLEDIGT, text, by=None, rolle=Rolle.SYSTEM)
    _schreiben([person], "dach/personen/mail/faktor_zurueckgesetzt.txt", ereignis)


def _gesperrt(person) -> Person:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not hat_faktor(person):
        raise ValidationError(OHNE_FAKTOR.format(person))
    return person


def _stellen(person):
    return Netzwerkstelle.objects.filter(pk__in=person.mitarbeiten.gueltig().values("netzwerkstelle"))


def _schreiben(personen, vorlage, ereignis):
    """A mail of its own for each kind, about one event."""
    context = {"ereignis": ereignis, "betroffen": ereignis.person}
    notify(personen, vorlage, context, ereignis=f"konto:{ereignis.pk}:{vorlage}")
