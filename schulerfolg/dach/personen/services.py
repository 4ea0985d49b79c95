"""Closing an account and opening it again. What the person did stays, with their name."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.uebergabe import in_arbeit, uebergeben
from netzwerkstellen.models import Einladung, Mitarbeit, Netzwerkstelle, Registrierung, Schulzugehoerigkeit
from netzwerkstellen.stelle.services import note_account
from netzwerkstellen.verwaltung.services import leitung_bleibt, mitarbeit_beenden
from schulerfolg.dach.personen.permissions import RECHTE, rollen
from schulerfolg.konten.anmeldung.services import anmeldungen_beenden
from schulerfolg.konten.huete import huete_beenden, offene_huete
from schulerfolg.konten.models import Kontoereignis, Person
from schulerfolg.konten.services import notify

OFFEN = (
    "{person} ist noch für {zahl} zuständig. Bitte wählen Sie, wer übernimmt: "
    "Jeder Vorgang hat immer eine zuständige Person."
)


@transaction.atomic
def beenden_und_uebergeben(mitarbeit: Mitarbeit, *, by, letzter_tag, an: Person | None = None) -> Mitarbeit:
    """End a colleague's work for an office; what they hold goes to `an` in the same step.

    Work may wait until a later last day, but it never stays with somebody who has left.
    """
    stelle, person = mitarbeit.netzwerkstelle, mitarbeit.person
    if an is not None:
        uebergeben(person, stelle, an=an, by=by)
    mitarbeit = mitarbeit_beenden(mitarbeit, by=by, letzter_tag=letzter_tag)
    if letzter_tag <= timezone.localdate() and not arbeitet_weiter(mitarbeit):
        _nichts_bleibt_liegen(person, stelle, "an")
    return mitarbeit


def arbeitet_weiter(mitarbeit: Mitarbeit) -> bool:
    """Whether the same person goes on at this office in another role that works on cases."""
    andere = mitarbeit.person.mitarbeiten.filter(netzwerkstelle=mitarbeit.netzwerkstelle).exclude(pk=mitarbeit.pk)
    return andere.arbeitend().nicht_beendet(timezone.localdate()).exists()


@transaction.atomic
def konto_sperren(person: Person, *, by, begruendung: str, **uebernehmen: Person) -> Person:
    """Close an account at once: signed out everywhere, no link opens any more, open hats end today.

    `uebernehmen` names per office (`an_<pk>`) who takes over what the person still holds there.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rolle = RECHTE.require(rollen(by, person), "sperren")
    if not person.is_active:
        raise ValidationError("Dieses Konto ist schon gesperrt.")
    heute = timezone.localdate()
    stellen = Netzwerkstelle.objects.filter(pk__in=_stellen(person, heute)).order_by("pk")
    bisher = {
        stelle.pk: stelle.mitarbeiten.erster_tag_ohne_leitung(heute)
        for stelle in stellen.select_for_update(of=("self",), no_key=True)
    }
    _alles_uebergeben(person, uebernehmen, by=by)
    huete_beenden(person, heute)
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    for stelle in stellen:
        leitung_bleibt(stelle, bisher[stelle.pk])
    _kein_link_oeffnet(person)
    anmeldungen_beenden(person)
    text = "Konto von {betrifft} gesperrt"
    ereignis = note_account(person, stellen, "konto_sperren", text, by=by, rolle=rolle, begruendung=begruendung)
    _schreiben(ereignis, "dach/personen/mail/gesperrt.txt", {"begruendung": begruendung, "durch": by})
    return person


@transaction.atomic
def konto_freischalten(person: Person, *, by) -> Person:
    """Open an account again. It has no hats and no password: both come anew."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rolle = RECHTE.require(rollen(by, person), "freischalten", person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    stellen = Netzwerkstelle.objects.filter(pk__in=person.mitarbeiten.values("netzwerkstelle"))
    text = "Konto von {betrifft} wieder geöffnet"
    ereignis = note_account(person, stellen, "konto_freischalten", text, by=by, rolle=rolle)
    _schreiben(ereignis, "dach/personen/mail/freigeschaltet.txt", {"durch": by})
    return person


def _alles_uebergeben(person, uebernehmen, *, by):
    offen = in_arbeit(person).order_by().values_list("netzwerkstelle", flat=True).distinct()
    for stelle in Netzwerkstelle.objects.filter(pk__in=offen):
        if (an := uebernehmen.get(f"an_{stelle.pk}")) is not None:
            uebergeben(person, stelle, an=an, by=by)
        _nichts_bleibt_liegen(person, stelle, f"an_{stelle.pk}")


def _nichts_bleibt_liegen(person, stelle, feld):
    zahl = in_arbeit(person).filter(netzwerkstelle=stelle).count()
    if zahl:
        worte = "einen Vorgang" if zahl == 1 else f"{zahl} Vorgänge"
        raise ValidationError({feld: OFFEN.format(person=person, zahl=worte)})


def _stellen(person, heute) -> set[int]:
    """The offices that note it: where the person works, or whose schools they belong to."""
    huete = list(offene_huete(person, heute))
    schulen = {hut.schule_id for hut in huete if isinstance(hut, Schulzugehoerigkeit)}
    ueber_schulen = Netzwerkstelle.objects.filter(schulen__in=schulen).values_list("pk", flat=True)
    return {hut.netzwerkstelle_id for hut in huete if isinstance(hut, Mitarbeit)} | set(ueber_schulen)


def _kein_link_oeffnet(person):
    """Invitations to any of their addresses and requests that wait; links to a new password die with the old one."""
    jetzt = timezone.now()
    adressen = {person.email, *person.emailaddress_set.values_list("email", flat=True)}
    Einladung.objects.offen().filter(email__in=adressen).update(zurueckgenommen_am=jetzt)
    Registrierung.objects.ungeprueft().filter(email__in=adressen).update(verfallen_am=jetzt)
    Registrierung.objects.wartend().filter(person=person).update(verfallen_am=jetzt)


def _schreiben(ereignis: Kontoereignis, vorlage, context):
    notify([ereignis.person], vorlage, context, ereignis=f"konto:{ereignis.pk}")
