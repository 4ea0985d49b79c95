"""Asking for a role at a school: the address is confirmed first, then the school or its office decides."""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from netzwerkstellen.einladung.queries import konto_mit_adresse, pruefsumme
from netzwerkstellen.einladung.services import konto_eroeffnen
from netzwerkstellen.registrierung.models import Registrierung
from netzwerkstellen.registrierung.permissions import rollen
from netzwerkstellen.registrierung.queries import WARTET_HOECHSTENS
from netzwerkstellen.schule.models import Schulzugehoerigkeit
from netzwerkstellen.schule.permissions import RECHTE, action_fuer
from netzwerkstellen.stelle.services import festhalten, sichern
from schulerfolg.konten.models import Person
from schulerfolg.konten.models_post import Postart
from schulerfolg.konten.permissions import Rolle
from schulerfolg.konten.services import mail_text, notify, write_mail
from schulerfolg.zeit import wann

MAILS = {
    "freigegeben": "netzwerkstellen/mail/registrierung_freigegeben.txt",
    "abgelehnt": "netzwerkstellen/mail/registrierung_abgelehnt.txt",
    "verfallen": "netzwerkstellen/mail/registrierung_verfallen.txt",
}
LINK_GILT = timedelta(days=3)
MAILS_AM_TAG = 3
"""So many mails a day go to an address that nobody has confirmed: whoever types it may be a stranger."""
GENUG_MAILS = (
    "An diese Adresse haben wir heute schon drei Mails geschickt. Bitte sehen Sie auch im Spam-Ordner nach: "
    "Der Link aus der letzten gilt noch."
)


@transaction.atomic
def registrieren(registrierung: Registrierung) -> Registrierung:
    """Write one mail to the address: a link to go on, or that there is an account already.

    Both ways do the same work, so that neither answer nor time tells a stranger who has an account.
    """
    konto = konto_mit_adresse(registrierung.email)
    jetzt = timezone.now()
    am_tag = Registrierung.objects.filter(email=registrierung.email, eingegangen_am__gt=jetzt - timedelta(days=1))
    if am_tag.count() >= MAILS_AM_TAG:
        raise ValidationError({"email": GENUG_MAILS})
    Registrierung.objects.ungeprueft().filter(email=registrierung.email).update(verfallen_am=jetzt)
    token = secrets.token_urlsafe(32)
    registrierung.pruefsumme, registrierung.link_gueltig_bis = pruefsumme(token), jetzt + LINK_GILT
    registrierung.verfallen_am = jetzt if konto else None
    sichern(registrierung)
    lage = "bestaetigen" if konto is None else "bekannt" if konto.is_active else "gesperrt"
    adressen = {
        "link": settings.PORTAL_ADRESSE + reverse("registrieren_bestaetigen", args=[token]),
        "anmelden": settings.PORTAL_ADRESSE + reverse("account_login"),
        "vergessen": settings.PORTAL_ADRESSE + reverse("account_reset_password"),
    }
    context = {"registrierung": registrierung, "lage": lage, **adressen}
    betreff, text = mail_text("netzwerkstellen/mail/registrierung.txt", context)
    schluessel = f"registrierung:{registrierung.pruefsumme}"
    write_mail(an=registrierung.email, betreff=betreff, text=text, schluessel=schluessel)
    return registrierung


@transaction.atomic
def bestaetigen(registrierung: Registrierung, *, passwort: str) -> Person:
    """The link has proved the address: the account begins, without any hat, and those who decide are told."""
    registrierung = _sperren(registrierung)
    if not registrierung.ist_ungeprueft:
        raise ValidationError("Dieser Link gilt nicht mehr: Er wurde schon benutzt oder durch einen neueren ersetzt.")
    person = konto_eroeffnen(
        registrierung.email, vorname=registrierung.vorname, nachname=registrierung.nachname, passwort=passwort
    )
    _warten_lassen(registrierung, person)
    return person


@transaction.atomic
def zugang_beantragen(registrierung: Registrierung, *, by) -> Registrierung:
    """Somebody who has an account asks for a role at one more school: their address is confirmed already."""
    hier = by.schulzugehoerigkeiten.gueltig().filter(schule=registrierung.schule, rolle=registrierung.rolle)
    if hier.exists():
        raise ValidationError({"rolle": "Diese Aufgabe haben Sie an dieser Schule schon."})
    registrierung.email, registrierung.vorname, registrierung.nachname = by.email, by.vorname, by.nachname
    registrierung.pruefsumme, registrierung.link_gueltig_bis = pruefsumme(secrets.token_urlsafe(32)), timezone.now()
    _warten_lassen(registrierung, by)
    return registrierung


@transaction.atomic
def freigeben(registrierung: Registrierung, *, by, arbeitgeber=None) -> Schulzugehoerigkeit:
    """The person belongs to the school from today on."""
    registrierung = _zu_entscheiden(registrierung)
    rolle = RECHTE.require(rollen(by, registrierung), action_fuer(registrierung.rolle))
    if registrierung.rolle == Rolle.SCHULSOZIALARBEIT and arbeitgeber is None:
        raise ValidationError({"arbeitgeber": "Bitte wählen Sie den Träger, bei dem die Person angestellt ist."})
    zugehoerigkeit = Schulzugehoerigkeit(
        person=registrierung.person,
        schule=registrierung.schule,
        rolle=registrierung.rolle,
        arbeitgeber=arbeitgeber,
        von=timezone.localdate(),
    )
    sichern(zugehoerigkeit)
    _entscheiden(registrierung, freigegeben=True, begruendung="", by=by, rolle=rolle)
    return zugehoerigkeit


@transaction.atomic
def ablehnen(registrierung: Registrierung, *, by, begruendung: str) -> Registrierung:
    registrierung = _zu_entscheiden(registrierung)
    rolle = RECHTE.require(rollen(by, registrierung), action_fuer(registrierung.rolle))
    if not begruendung.strip():
        raise ValidationError({"begruendung": "Bitte schreiben Sie der Person, warum. Ein Satz genügt."})
    _entscheiden(registrierung, freigegeben=False, begruendung=begruendung.strip(), by=by, rolle=rolle)
    return registrierung


@transaction.atomic
def registrierungen_verfallen(heute: date) -> int:
    """Let go what waited too long, and forget what was never confirmed; return how many rows that were."""
    vergessen, _ = Registrierung.objects.aufzuraeumen(heute).delete()
    faellig = list(Registrierung.objects.faellig(heute).for_list().select_for_update(of=("self",), skip_locked=True))
    for registrierung in faellig:
        registrierung.verfallen_am = timezone.now()
        registrierung.save(update_fields=["verfallen_am"])
        was = f"verfallen: {registrierung.get_rolle_display()}, {registrierung.schule}"
        stelle, text = registrierung.schule.netzwerkstelle, f"Anfrage von {{betrifft}} {was}"
        wer = registrierung.person
        festhalten(stelle, "registrierung_verfallen", text, by=None, rolle=Rolle.SYSTEM, betrifft=wer)
        _antworten(registrierung, "verfallen")
    return vergessen + len(faellig)


def entscheidende(registrierung: Registrierung) -> list[Person]:
    """Who hears that somebody waits: the school's head for the Kollegium, and the office."""
    schule, roles = registrierung.schule, RECHTE[action_fuer(registrierung.rolle)].roles
    am_platz = schule.zugehoerigkeiten.am_platz().filter(rolle__in=roles)
    stelle = schule.netzwerkstelle.mitarbeiten.to_notify().filter(rolle__in=roles)
    zeilen = (*am_platz.select_related("person"), *stelle.select_related("person"))
    return list(dict.fromkeys(zeile.person for zeile in zeilen if zeile.person_id != registrierung.person_id))


def _warten_lassen(registrierung, person):
    registrierung.person, registrierung.bestaetigt_am = person, timezone.now()
    sichern(registrierung)
    stelle = registrierung.schule.netzwerkstelle
    was = f"{registrierung.get_rolle_display()}, {registrierung.schule}; wartet auf Freigabe"
    festhalten(stelle, "registrieren", f"Anfrage von {{betrifft}}: {was}", by=person, rolle=None, betrifft=person)
    notify(
        entscheidende(registrierung),
        "netzwerkstellen/mail/registrierung_wartet.txt",
        {"registrierung": registrierung},
        ereignis=f"registrierung:{registrierung.pk}:wartet",
        vertretbar=lambda person: RECHTE.may(rollen(person, registrierung), action_fuer(registrierung.rolle)),
        art=Postart.EINGANG,
    )


def _sperren(registrierung) -> Registrierung:
    return Registrierung.objects.for_list().select_for_update(of=("self",)).get(pk=registrierung.pk)


def _zu_entscheiden(registrierung) -> Registrierung:
    gesperrt = _sperren(registrierung)
    if not gesperrt.wartet:
        raise ValidationError(zu_spaet(gesperrt))
    return gesperrt


def zu_spaet(registrierung: Registrierung) -> str:
    """For whoever decides on what waits no more: what became of it."""
    if registrierung.entschieden_am:
        was = "freigegeben" if registrierung.freigegeben else "abgelehnt"
        wer, moment = registrierung.entschieden_durch, wann(registrierung.entschieden_am)
        return f"{wer} hat diese Anfrage {moment} schon {was}. Es bleibt bei dieser Entscheidung."
    return (
        f"Diese Anfrage ist verfallen: Nach {WARTET_HOECHSTENS.days} Tagen entscheidet niemand mehr darüber. "
        "Die Person kann den Zugang noch einmal beantragen."
    )


def _entscheiden(registrierung, *, freigegeben, begruendung, by, rolle):
    registrierung.entschieden_am, registrierung.entschieden_durch = timezone.now(), by
    registrierung.freigegeben, registrierung.begruendung = freigegeben, begruendung
    sichern(registrierung)
    schritt, was = (
        ("registrierung_freigeben", "freigegeben") if freigegeben else ("registrierung_ablehnen", "abgelehnt")
    )
    text = f"Anfrage von {{betrifft}} {was}: {registrierung.get_rolle_display()}, {registrierung.schule}"
    stelle, wer = registrierung.schule.netzwerkstelle, registrierung.person
    festhalten(stelle, schritt, text, by=by, rolle=rolle, begruendung=begruendung, betrifft=wer)
    _antworten(registrierung, was)


def _antworten(registrierung, was):
    notify(
        [registrierung.person],
        MAILS[was],
        {"registrierung": registrierung},
        ereignis=f"registrierung:{registrierung.pk}:{was}",
    )
