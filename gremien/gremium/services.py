"""What changes a Gremium and its members. Each change is noted in the history of the office."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.formats import date_format

from gremien.gremium.models import Gremium, Mitgliedschaft
from gremien.gremium.permissions import require
from netzwerkstellen.einladung import services as einladungen
from netzwerkstellen.einladung.models import Einladung
from netzwerkstellen.einladung.queries import person_mit_adresse
from netzwerkstellen.stelle.services import festhalten, sichern, unterschiede, wert_in_worten
from schulerfolg.formular.konflikt import Konflikt, fingerprint
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle as Kontorolle
from schulerfolg.konten.services import notify

R = Mitgliedschaft.Rolle
LEITENDE = {R.VORSITZ: "der Vorsitz", R.STELLV_VORSITZ: "der stellvertretende Vorsitz"}
SCHON_ZURUECK = "Diese Einladung ist schon zurückgenommen."


@transaction.atomic
def gremium_anlegen(gremium: Gremium, *, by) -> Gremium:
    rolle = require(by, "anlegen", gremium.netzwerkstelle)
    sichern(gremium)
    festhalten(gremium.netzwerkstelle, "gremium_anlegen", f"Gremium {gremium} eingetragen", by=by, rolle=rolle)
    return gremium


@transaction.atomic
def regeln_aendern(neu: Gremium, *, by, version="") -> Gremium:
    """Save the rules that differ; a meeting that runs keeps counting by the rules as they are now."""
    alt = Gremium.objects.select_for_update(of=("self",), no_key=True).select_related("netzwerkstelle").get(pk=neu.pk)
    rolle = require(by, "pflegen", alt.netzwerkstelle)
    _wie_gesehen(alt, neu, version)
    felder = unterschiede(alt, neu)
    if felder:
        sichern(neu)
        namen = ", ".join(str(feld.verbose_name) for feld in felder)
        festhalten(alt.netzwerkstelle, "gremium_aendern", f"Gremium {neu} geändert: {namen}", by=by, rolle=rolle)
    return neu


@transaction.atomic
def mitglied_aufnehmen(mitglied: Mitgliedschaft, *, by) -> Mitgliedschaft:
    """A person sits in the Gremium from this day on; whoever is obliged to secrecy already is noted as such."""
    gremium = _gremium(mitglied)
    rolle = require(by, "pflegen", gremium.netzwerkstelle)
    mitglied.von = mitglied.von or timezone.localdate()
    sichern(mitglied)
    text = f"{_sitz(mitglied)} aufgenommen"
    festhalten(gremium.netzwerkstelle, "mitglied_aufnehmen", text, by=by, rolle=rolle, betrifft=mitglied.person)
    return mitglied


@transaction.atomic
def mitglied_einladen(mitglied: Mitgliedschaft, *, by, vorname: str, nachname: str, email: str) -> Mitgliedschaft:
    """Take somebody in by name and address. The seat holds at once; a mail says so, or brings the way to an account.

    Raises ValidationError where the address belongs to somebody of another name or to a locked account.
    """
    require(by, "pflegen", mitglied.gremium.netzwerkstelle)
    mitglied.person = _person(vorname, nachname, email)
    mitglied = mitglied_aufnehmen(mitglied, by=by)
    if mitglied.person.wartet_auf_anmeldung:
        _einladen(mitglied, by=by)
    else:
        kontext = {"mitglied": mitglied, "durch": by}
        ereignis = f"mitgliedschaft:{mitglied.pk}:aufgenommen"
        notify([mitglied.person], "gremien/mail/mitglied_einladen.txt", kontext, ereignis=ereignis)
    return mitglied


@transaction.atomic
def erneut_einladen(mitglied: Mitgliedschaft, *, by) -> Mitgliedschaft:
    """A new link for another 14 days, for somebody who has not signed in yet."""
    require(by, "pflegen", _gremium(mitglied).netzwerkstelle)
    _noch_nicht_angemeldet(mitglied)
    _einladen(mitglied, by=by)
    return mitglied


@transaction.atomic
def einladung_zuruecknehmen(mitglied: Mitgliedschaft, *, by) -> None:
    """Take back a seat whose person never signed in. Where something refers to it already, the row stays and ends."""
    gremium = _gremium(mitglied)
    rolle = require(by, "pflegen", gremium.netzwerkstelle)
    _noch_nicht_angemeldet(mitglied)
    person = mitglied.person
    text = f"{_sitz(mitglied)}: Einladung zurückgenommen, die Mitgliedschaft hat nicht begonnen"
    festhalten(gremium.netzwerkstelle, "mitglied_zuruecknehmen", text, by=by, rolle=rolle, betrifft=mitglied.person)
    if not _vergessen(mitglied):
        gestern = timezone.localdate() - timedelta(days=1)
        mitglied.von, mitglied.bis = min(mitglied.von or gestern, gestern), gestern
        sichern(mitglied)
    uebrige = person.mitgliedschaften.filter(gremium__netzwerkstelle=gremium.netzwerkstelle).nicht_beendet()
    offen = _offene_einladung(mitglied)
    if offen and not uebrige.exists():
        einladungen.zuruecknehmen(offen, by=by)
    _vergessen(person)


@transaction.atomic
def mitglied_aendern(neu: Mitgliedschaft, *, by, version="") -> Mitgliedschaft:
    gremium = _gremium(neu)
    rolle = require(by, "pflegen", gremium.netzwerkstelle)
    alt = Mitgliedschaft.objects.get(pk=neu.pk)
    _wie_gesehen(alt, neu, version)
    felder = unterschiede(alt, neu)
    if felder:
        sichern(neu)
        namen = ", ".join(str(feld.verbose_name) for feld in felder)
        text = f"{_sitz(neu)} geändert: {namen}"
        festhalten(gremium.netzwerkstelle, "mitglied_aendern", text, by=by, rolle=rolle, betrifft=neu.person)
    return neu


@transaction.atomic
def mitglied_beenden(mitglied: Mitgliedschaft, *, by, letzter_tag: date, version="") -> Mitgliedschaft:
    """The last day of a membership; the row stays, with all its votes."""
    gremium = _gremium(mitglied)
    rolle = require(by, "pflegen", gremium.netzwerkstelle)
    mitglied.refresh_from_db()
    _wie_gesehen(mitglied, mitglied, version, "bis")
    mitglied.bis = letzter_tag
    if mitglied.von and letzter_tag < mitglied.von:
        raise ValidationError({"letzter_tag": f"Die Mitgliedschaft beginnt erst am {date_format(mitglied.von)}."})
    sichern(mitglied)
    text = f"{_sitz(mitglied)} bis {letzter_tag:%d.%m.%Y}"
    festhalten(gremium.netzwerkstelle, "mitglied_beenden", text, by=by, rolle=rolle, betrifft=mitglied.person)
    return mitglied


@transaction.atomic
def verpflichten(mitglied: Mitgliedschaft, *, by, am: date, version="") -> Mitgliedschaft:
    """Note the day on which a member was obliged to secrecy: from then on the papers open (VwVfG § 84)."""
    gremium = _gremium(mitglied)
    rolle = require(by, "pflegen", gremium.netzwerkstelle)
    mitglied.refresh_from_db()
    _wie_gesehen(mitglied, mitglied, version, "verschwiegen_am")
    mitglied.verschwiegen_am = am
    sichern(mitglied, update_fields=["verschwiegen_am"])
    text = f"{_sitz(mitglied)} am {am:%d.%m.%Y} zur Verschwiegenheit verpflichtet"
    festhalten(gremium.netzwerkstelle, "verpflichten", text, by=by, rolle=rolle, betrifft=mitglied.person)
    return mitglied


def ohne_leitung(gremium: Gremium) -> str:
    """Which of the two who lead a Gremium is missing, and what that means; empty where nobody is."""
    da = set(gremium.mitgliedschaften.nicht_beendet().leitend().values_list("rolle", flat=True))
    fehlt = [wort for rolle, wort in LEITENDE.items() if rolle not in da]
    if not fehlt:
        return ""
    noch = f"Noch {'fehlt' if len(fehlt) == 1 else 'fehlen'} {' und '.join(fehlt)}."
    return (
        f"{noch} Ist niemand davon da oder sind beide befangen, wird erst abgestimmt, "
        "wenn die Mitglieder gesagt haben, wer leitet."
    )


def version_der(zeile: Gremium | Mitgliedschaft) -> str:
    """What a page shows of these rules or of this seat."""
    return fingerprint([getattr(zeile, feld.attname) for feld in zeile._meta.concrete_fields if feld.editable])


def _wie_gesehen(alt, neu, version, *namen) -> None:
    """Raises Konflikt where the row is not what the page showed; `namen`: what to tell where nothing differs."""
    if version in ("", jetzt := version_der(alt)):
        return
    felder = unterschiede(alt, neu) or [alt._meta.get_field(name) for name in namen]
    dort = ", ".join(f"{feld.verbose_name}: {wert_in_worten(alt, feld)}" for feld in felder)
    raise Konflikt("Jemand hat diese Angaben inzwischen geändert.", dort, jetzt, alt)


def _sitz(mitglied) -> str:
    """A seat as the history names it, with a reference to whoever sits there."""
    return f"{{betrifft}}, {mitglied.get_rolle_display()} in {mitglied.gremium}"


def _person(vorname, nachname, email) -> Person:
    """Whom this address belongs to; somebody new is kept by name, without a password."""
    person = person_mit_adresse(email)
    if person is None:
        person = Person(email=email, vorname=vorname, nachname=nachname)
        person.set_unusable_password()
        sichern(person)
    if not person.is_active:
        raise ValidationError({"email": "Das Konto zu dieser Adresse ist gesperrt. Bitte klären Sie das zuerst."})
    if person.nachname.strip().casefold() != nachname.strip().casefold():
        text = "Zu dieser Adresse gehört ein Konto auf einen anderen Namen. Bitte prüfen Sie Adresse und Namen."
        raise ValidationError({"email": text})
    return person


def _einladen(mitglied, *, by):
    """Send the way to an account; one open invitation per person and office serves all seats there."""
    anlass = f"{mitglied.get_rolle_display()}, {mitglied.gremium}"
    offen = _offene_einladung(mitglied)
    if offen:
        offen.anlass = anlass
        offen.save(update_fields=["anlass"])
        return einladungen.erneut_senden(offen, by=by)
    person = mitglied.person
    neu = Einladung(email=person.email, vorname=person.vorname, nachname=person.nachname, anlass=anlass)
    neu.netzwerkstelle, neu.rolle = mitglied.gremium.netzwerkstelle, Kontorolle.GREMIUM
    return einladungen.einladen(neu, by=by)


def _offene_einladung(mitglied) -> Einladung | None:
    offene = Einladung.objects.offen().fuer_gremium().filter(netzwerkstelle=mitglied.gremium.netzwerkstelle)
    return offene.filter(email=mitglied.person.email).first()


def _noch_nicht_angemeldet(mitglied) -> None:
    """Read the seat and its person again, locked, and refuse what is more than an open invitation."""
    person = Person.objects.select_for_update(of=("self",)).filter(pk=mitglied.person_id).first()
    if person is None or not Mitgliedschaft.objects.filter(pk=mitglied.pk).exists():
        raise ValidationError(SCHON_ZURUECK)
    mitglied.refresh_from_db()
    mitglied.person = person
    if mitglied.bis and mitglied.bis < timezone.localdate():
        raise ValidationError(f"Die Mitgliedschaft von {person} ist schon beendet.")
    if not person.is_active:
        raise ValidationError(f"Das Konto von {person} ist gesperrt. Sie können die Mitgliedschaft beenden.")
    if not person.wartet_auf_anmeldung:
        raise ValidationError(f"{person} hat sich inzwischen angemeldet. Sie können die Mitgliedschaft beenden.")


def _vergessen(zeile) -> bool:
    """Delete a row that nothing refers to."""
    try:
        with transaction.atomic():
            zeile.delete()
    except ProtectedError:
        return False
    return True


def _gremium(mitglied) -> Gremium:
    """The Gremium of this seat, locked: two changes of its members come one after the other."""
    zeilen = Gremium.objects.select_for_update(of=("self",), no_key=True).select_related("netzwerkstelle")
    return zeilen.get(pk=mitglied.gremium_id)
