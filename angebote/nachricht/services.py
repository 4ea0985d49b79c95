"""Messages in a case: written, read, settled without an answer, taken back; and what happens when nobody answers.

A message is its own record (who, in which hat, when); there is no event beside it that could tell a school of a note.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.machine import ANTRAG
from angebote.antrag.permissions import STELLE, rollen
from angebote.nachricht.models import Lesevermerk, Nachricht
from angebote.nachricht.permissions import RECHTE, beide_lesen, ist_schule
from angebote.nachricht.verantwortung import gefragte_der_schule, teams, verantwortlich
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.models import Dokument
from schulerfolg.datei.annahme import Datei
from schulerfolg.kalender import naechster_werktag, werktage_spaeter
from schulerfolg.konten.models_post import Postart
from schulerfolg.konten.permissions import SCHULROLLEN
from schulerfolg.konten.services import notify

ANTWORT_WERKTAGE = 5
"""So many working days the office has for an answer; the school reads the day."""
MOST_DATEIEN = 20
BEDENKZEIT = timedelta(minutes=10)
GELESEN = "Diese Nachricht ist schon gelesen und bleibt deshalb stehen. Schreiben Sie bitte eine neue dazu."
ZU_ALT = "Zurücknehmen geht nur in den ersten zehn Minuten. Schreiben Sie bitte eine neue Nachricht dazu."


@transaction.atomic
def schreiben(antrag, *, by, text, antwort_bis: date | None = None, datei: Datei | None = None) -> Nachricht:
    """Write to the other side; with `antwort_bis` its answer is asked for until that day, or the next working day."""
    antrag = ANTRAG.lock(antrag)
    hut = RECHTE.require(rollen(by, antrag), "schreiben", antrag)
    an_stelle = hut in SCHULROLLEN
    frist = naechster_werktag(antwort_bis) if antwort_bis else None
    nachricht = Nachricht.objects.create(
        antrag=antrag,
        art=Nachricht.Art.AN_STELLE if an_stelle else Nachricht.Art.AN_SCHULE,
        text=text,
        durch=by,
        rolle=ANTRAG.hat_in_words(antrag, {hut}),
        dokument=_ablegen(antrag, datei) if datei else None,
        erbeten=bool(frist),
        frist=frist or (werktage_spaeter(timezone.localdate(), ANTWORT_WERKTAGE) if an_stelle else None),
    )
    _melden(nachricht, an_stelle, by)
    return nachricht


def _ablegen(antrag, datei: Datei) -> Dokument:
    if antrag.nachrichten.exclude(dokument=None).count() >= MOST_DATEIEN:
        raise ValidationError({"datei": f"Die Nachrichten zu einem Antrag haben höchstens {MOST_DATEIEN} Dateien."})
    return Dokument.objects.create(art="nachricht", name=datei.name, medientyp=datei.medientyp, inhalt=datei.inhalt)


def _melden(nachricht, an_stelle: bool, by) -> None:
    """One mail to each who is asked; it says who wrote in which case, nothing of the text."""
    antrag = nachricht.antrag
    wer = [verantwortlich(antrag)] if an_stelle else gefragte_der_schule(antrag)

    def liest_mit(person) -> bool:
        hats = rollen(person, antrag)
        return not hats.isdisjoint(STELLE) if an_stelle else ist_schule(hats)

    notify(
        [person for person in wer if person and person != by],
        "angebote/mail/nachricht.txt",
        {"antrag": antrag, "nachricht": nachricht},
        ereignis=f"nachricht:{nachricht.pk}",
        vertretbar=liest_mit,
        art=None if nachricht.erbeten else Postart.NACHRICHT,
    )


@transaction.atomic
def notieren(antrag, *, by, text) -> Nachricht:
    """A note that stays inside the office. Nobody gets a mail."""
    antrag = ANTRAG.lock(antrag)
    hut = RECHTE.require(rollen(by, antrag), "notieren", antrag)
    rolle = ANTRAG.hat_in_words(antrag, {hut})
    return Nachricht.objects.create(antrag=antrag, art=Nachricht.Art.INTERN, text=text, durch=by, rolle=rolle)


@transaction.atomic
def lesen(antrag, *, by) -> set[int]:
    """Note that this person opened what was written to their side; the keys of what was new to them.

    Whoever belongs to neither side leaves no mark.
    """
    hats = rollen(by, antrag)
    if not RECHTE.may(hats, "schreiben"):
        return set()
    hier = Nachricht.objects.filter(antrag=antrag).an(schule=ist_schule(hats))
    neu = set(hier.ungelesen_von(by).order_by().values_list("pk", flat=True))
    if neu:
        # Locked first: a message that is just being taken back is no longer among them.
        gesperrt = hier.select_for_update(of=("self",)).filter(pk__in=neu)
        vermerke = [Lesevermerk(nachricht=nachricht, person=by) for nachricht in gesperrt]
        Lesevermerk.objects.bulk_create(vermerke, ignore_conflicts=True)
    return neu


@transaction.atomic
def erledigen(nachricht, *, by) -> Nachricht:
    """No answer is needed any more: whoever asked says so, or the office of a message that asked for nothing."""
    antrag = ANTRAG.lock(nachricht.antrag)
    hats = rollen(by, antrag)
    RECHTE.require(hats, "schreiben", antrag)
    offen = Nachricht.objects.offen().select_for_update(of=("self",)).filter(pk=nachricht.pk).first()
    if offen is None or not darf_erledigen(offen, hats):
        raise TransitionNotAllowed("Auf diese Nachricht wartet niemand mehr.")
    offen.erledigt_am, offen.erledigt_durch = timezone.now(), by
    offen.save(update_fields=["erledigt_am", "erledigt_durch"])
    return offen


def darf_erledigen(nachricht, hats) -> bool:
    """Of an open message: the side that asked; the office also where a school wrote without asking."""
    von_schule = nachricht.art == Nachricht.Art.AN_STELLE
    return von_schule == ist_schule(hats) if nachricht.erbeten else not ist_schule(hats)


@transaction.atomic
def zuruecknehmen(nachricht, *, by) -> Nachricht:
    """Its writer takes it back within ten minutes, as long as nobody has read it. The row stays."""
    antrag = ANTRAG.lock(nachricht.antrag)
    RECHTE.require(rollen(by, antrag), "schreiben", antrag)
    nachricht = Nachricht.objects.select_for_update(of=("self",)).get(pk=nachricht.pk)
    if nachricht.durch_id != by.pk or nachricht.zurueckgenommen_am or nachricht.erledigt_am:
        raise TransitionNotAllowed("Diese Nachricht lässt sich nicht mehr zurücknehmen.")
    if nachricht.vermerke.exists():
        raise TransitionNotAllowed(GELESEN)
    if nachricht.am + BEDENKZEIT < timezone.now():
        raise TransitionNotAllowed(ZU_ALT)
    nachricht.zurueckgenommen_am = timezone.now()
    nachricht.save(update_fields=["zurueckgenommen_am"])
    return nachricht


@transaction.atomic
def unbeantwortetes_melden(heute: date) -> int:
    """Tell whoever steps in of each message to the office whose day is over; once for each (J9)."""
    offen = Nachricht.objects.offen().filter(art=Nachricht.Art.AN_STELLE, frist__lt=heute)
    zeilen = offen.select_related("antrag__schule", "antrag__netzwerkstelle")
    ueberfaellig = [nachricht for nachricht in zeilen if beide_lesen(None, nachricht.antrag)]
    kollegien = teams({nachricht.antrag.netzwerkstelle_id for nachricht in ueberfaellig})
    for nachricht in ueberfaellig:
        antrag, team = nachricht.antrag, kollegien[nachricht.antrag.netzwerkstelle_id]
        vertretung = team.nach_der_frist(antrag)
        kontext = {"antrag": antrag, "nachricht": nachricht, "verantwortlich": team.verantwortlich(antrag)}
        notify(
            [vertretung] if vertretung else [],
            "angebote/mail/nachricht_unbeantwortet.txt",
            kontext,
            ereignis=f"nachricht:{nachricht.pk}:unbeantwortet",
        )
    return len(ueberfaellig)
