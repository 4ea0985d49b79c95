"""The locked meeting, or one open item of it, for somebody who may do this now."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gremien.sitzung.machine import SITZUNG
from gremien.sitzung.models import Sitzung, Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, rollen
from gremien.sitzung.vorsitz import hats_am_punkt
from schulerfolg.ablauf.tabelle import TransitionNotAllowed

ZU_SPAET = {
    "tagesordnung": "Die Einladung ist versandt; die Tagesordnung steht fest.",
    "laden": "Nachladen geht, bis die Sitzung geschlossen ist.",
    "leiten": "Das geht nur, während die Sitzung läuft.",
    "erklaeren": "Befangenheit erklären Sie von der Einladung an, bis die Sitzung geschlossen ist.",
    "festhalten": "Eine Befangenheit halten Sie von der Einladung an fest, bis die Sitzung geschlossen ist.",
}


def sperren_fuer(sitzung, action: str, by, *, punkt=None) -> Sitzung:
    """The locked meeting, if this person may do this (else 403), now (else a sentence).

    `punkt`: the item it is about; whoever presides over it leads there, also without any other hat.
    """
    sitzung = SITZUNG.lock(sitzung)
    hats = rollen(by, sitzung.gremium)
    if punkt and not RECHTE.may(hats, action):
        hats = hats_am_punkt(by, punkt)
    RECHTE.require(hats, action, sitzung)
    if not RECHTE.due(action, sitzung):
        raise TransitionNotAllowed(ZU_SPAET[action])
    return sitzung


def jetzt_unter_sperre(sitzung) -> datetime:
    """The one moment of a step, taken after its meeting was locked in the surrounding transaction."""
    SITZUNG.lock(sitzung)
    return timezone.now()


def leiten(punkt, by, action="leiten") -> Tagesordnungspunkt:
    """The open item in its locked meeting, for somebody who leads it: nobody leads where they are biased."""
    punkt = offener_punkt(punkt, action, by)
    if punkt.befangenheiten.filter(mitgliedschaft__person=by).schliessen_aus().exists():
        raise PermissionDenied("Bei diesem Punkt wirken Sie nicht mit, solange Sie befangen sein können (§ 20 VwVfG).")
    return punkt


def offener_punkt(punkt, action, by) -> Tagesordnungspunkt:
    """The item and its case, read again after its meeting was locked for somebody with this right.

    What was resolved, put off or withdrawn stays as it is.
    """
    sitzung = sperren_fuer(punkt.sitzung, action, by, punkt=punkt)
    punkt = sitzung.punkte.select_related("antrag__netzwerkstelle", "antrag__regel").get(pk=punkt.pk)
    if not punkt.offen:
        raise TransitionNotAllowed("Zu diesem Punkt ist schon entschieden.")
    return punkt
