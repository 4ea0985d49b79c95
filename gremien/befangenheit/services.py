"""Who is biased on an item: proposed, declared, recorded, objected to, decided (VwVfG §§ 20, 21; fachdossier 5.3).

From the first word on the member's papers are closed, and neither its presence nor its vote counts, until the Gremium
says otherwise. A vote cast before that is void and stays visible.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from gremien.befangenheit.models import Befangenheit
from gremien.befangenheit.vorschlaege import vorschlaege
from gremien.sitzung import ladung
from gremien.sitzung import services as sitzungen
from gremien.sitzung.leiten import leiten, offener_punkt
from gremien.sitzung.machine import SITZUNG
from gremien.sitzung.models import Sitzung, Tagesordnungspunkt
from gremien.sitzung.permissions import mitgliedschaft
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.konten.services import notify
from schulerfolg.zeit import wann

Art, Entscheidung = Tagesordnungspunkt.Art, Befangenheit.Entscheidung
NOCH_NICHT_ENTSCHIEDEN = {
    "entscheidung": Entscheidung.OFFEN,
    "entschieden_am": None,
    "entschieden_durch": None,
    "hat_verlassen": False,
}


@transaction.atomic
def einladen(sitzung, *, by, begruendung="") -> Sitzung:
    """Send the invitation and note the portal's own proposals, so that members see them in time."""
    sitzung = ladung.einladen(sitzung, by=by, begruendung=begruendung)
    vorschlagen(sitzung)
    return sitzung


@transaction.atomic
def eroeffnen(sitzung, *, by, begruendung="") -> Sitzung:
    """Open the meeting; who came or joined a partner since the invitation is looked at again."""
    sitzung = sitzungen.eroeffnen(sitzung, by=by, begruendung=begruendung)
    vorschlagen(sitzung)
    return sitzung


@transaction.atomic
def vorschlagen(sitzung) -> int:
    """The portal's own proposals for every case on the agenda; what is known already stays. Returns how many."""
    mitglieder = list(sitzung.mitglieder())
    neu = [
        Befangenheit(punkt=punkt, mitgliedschaft=v.mitgliedschaft, grad=v.grad, grund=v.grund)
        for punkt in sitzung.punkte.filter(art=Art.ANTRAG).select_related("antrag__schule")
        for v in vorschlaege(punkt.antrag, mitglieder)
    ]
    vorher = Befangenheit.objects.filter(punkt__sitzung=sitzung).count()
    Befangenheit.objects.bulk_create(neu, ignore_conflicts=True)
    return Befangenheit.objects.filter(punkt__sitzung=sitzung).count() - vorher


@transaction.atomic
def erklaeren(punkt, *, by, grad, grund) -> Befangenheit:
    """A member says so for itself; it counts at once, until the Gremium decides."""
    punkt = offener_punkt(punkt, "erklaeren", by)
    sitzung = punkt.sitzung
    SITZUNG.note(sitzung, "befangenheit_erklaeren", f"hat sich zu {punkt.top} für befangen erklärt", by=by)
    return _setzen(punkt, mitgliedschaft(by, sitzung.gremium), grad=grad, grund=grund, selbst_erklaert=True)


@transaction.atomic
def festhalten(punkt, *, by, mitglied, grad, grund) -> Befangenheit:
    """Somebody who leads the meeting records what was said in the room about another member; it counts at once.

    The member hears of it by mail. Raises ValidationError where a bias is on record already, or for one's own seat.
    """
    punkt = leiten(punkt, by, action="festhalten")
    sitzung = punkt.sitzung
    if mitglied.person_id == by.pk:
        raise ValidationError({"mitglied": "Ihre eigene Befangenheit erklären Sie selbst."})
    if not sitzung.mitglieder().contains(mitglied):
        raise ValidationError({"mitglied": "Diese Person gehört am Tag der Sitzung nicht zum Gremium."})
    bisher = punkt.befangenheiten.filter(mitgliedschaft=mitglied).schliessen_aus()
    if bisher.exists():
        raise ValidationError({"mitglied": f"Zu {mitglied.person} steht bei diesem Punkt schon eine Befangenheit."})
    text = f"hat zu {punkt.top} eine Befangenheit von {{betrifft}} festgehalten"
    ereignis = SITZUNG.note(sitzung, "befangenheit_festhalten", text, by=by, betrifft=mitglied.person)
    zeile = _setzen(punkt, mitglied, grad=grad, grund=grund, festgehalten_durch=by, festgehalten_als=ereignis.rolle)
    notify(
        [mitglied.person],
        "gremien/mail/befangenheit_festhalten.txt",
        {"sitzung": sitzung, "punkt": punkt, "befangenheit": zeile},
        ereignis=f"sitzung:{ereignis.pk}",
    )
    return zeile


@transaction.atomic
def einwenden(befangenheit, *, by, einwand) -> Befangenheit:
    """The member objects, once; the Gremium decides with the objection before it. Until then the exclusion stands."""
    punkt = offener_punkt(befangenheit.punkt, "erklaeren", by)
    if befangenheit.mitgliedschaft.person_id != by.pk:
        raise PermissionDenied("Einwand erhebt nur, um wen es geht.")
    befangenheit.refresh_from_db()
    if not befangenheit.einwand_moeglich:
        raise TransitionNotAllowed("Dagegen ist kein Einwand mehr möglich. Bitte sprechen Sie mit dem Vorsitz.")
    SITZUNG.note(punkt.sitzung, "befangenheit_einwenden", f"hat zu {punkt.top} Einwand erhoben", by=by)
    befangenheit.einwand, befangenheit.einwand_am = einwand, timezone.now()
    return _aendern(befangenheit, "einwand", "einwand_am", **NOCH_NICHT_ENTSCHIEDEN)


@transaction.atomic
def entscheiden(befangenheit, *, by, entscheidung, hat_verlassen=False, version="") -> Befangenheit:
    """The Gremium decides without the member (VwVfG § 20 (4)); before the vote, not after it.

    `version`: what the page knew on which somebody decided, else what this row knows. What came since is read first.
    """
    gesehen = version or befangenheit.version
    if befangenheit.mitgliedschaft.person_id == by.pk:
        raise PermissionDenied("Über Ihre eigene Befangenheit entscheidet das Gremium ohne Sie.")
    punkt = leiten(befangenheit.punkt, by)
    befangenheit.refresh_from_db()
    befangen = entscheidung == Entscheidung.BEFANGEN
    if befangenheit.version != gesehen:
        if (befangenheit.entschieden_durch_id, befangenheit.entscheidung) == (by.pk, entscheidung):
            return befangenheit  # the second click
        raise TransitionNotAllowed(_was_geschah(befangenheit))
    wer, wort = befangenheit.mitgliedschaft.person, "befangen" if befangen else "nicht befangen"
    text = f"hat zu {punkt.top} den Entschluss des Gremiums festgehalten: {{betrifft}} ist {wort}"
    SITZUNG.note(punkt.sitzung, "befangenheit_entscheiden", text, by=by, betrifft=wer)
    return _aendern(
        befangenheit,
        entscheidung=entscheidung,
        entschieden_am=timezone.now(),
        entschieden_durch=by,
        hat_verlassen=hat_verlassen and befangen,
    )


def _was_geschah(befangenheit) -> str:
    """For a form from before: what was said about this member meanwhile."""
    person = befangenheit.mitgliedschaft.person
    if befangenheit.entschieden_am:
        was = f"{befangenheit.entschieden_durch} hat {wann(befangenheit.entschieden_am)} festgehalten: {person} ist "
        wort = "befangen" if befangenheit.schliesst_aus else "nicht befangen"
        return f"{was}{wort}. Soll es anders gelten, halten Sie die Entscheidung noch einmal fest."
    if befangenheit.einwand_am:
        einwand = f"{person} hat {wann(befangenheit.einwand_am)} Einwand erhoben."
        return f"{einwand} Bitte lesen Sie den Einwand, bevor Sie die Entscheidung festhalten."
    moment = wann(befangenheit.erklaert_am)
    if befangenheit.festgehalten_durch:
        was = f"{befangenheit.festgehalten_durch} hat {moment} eine Befangenheit festgehalten."
    else:
        was = f"{person} hat sich {moment} selbst für befangen erklärt."
    return f"{was} Bitte lesen Sie den Grund, bevor Sie die Entscheidung festhalten."


def _setzen(punkt, mitglied, **angaben) -> Befangenheit:
    """The one row of this member on this item, undecided again, whoever had said something before."""
    leer = {"selbst_erklaert": False, "festgehalten_durch": None, "festgehalten_als": "", "einwand": ""}
    neu = {"erklaert_am": timezone.now(), "einwand_am": None, **leer, **NOCH_NICHT_ENTSCHIEDEN, **angaben}
    return Befangenheit.objects.update_or_create(punkt=punkt, mitgliedschaft=mitglied, defaults=neu)[0]


def _aendern(befangenheit, *felder, **angaben) -> Befangenheit:
    for name, wert in angaben.items():
        setattr(befangenheit, name, wert)
    befangenheit.save(update_fields=[*felder, *angaben])
    return befangenheit
