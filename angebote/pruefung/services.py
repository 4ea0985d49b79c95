"""What the office does with a submitted Antrag: take it over, check, ask back, give its opinion (T5–T11, T17).

Every step goes through `antrag.services.take_step`; here stand the conditions of the office's own steps.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.permissions import RECHTE, rollen
from angebote.antrag.services import fassung_festhalten, sperren, take_step
from angebote.pruefung.models import Nachforderung, Pruefpunkt, Rueckfrage, Stellungnahme
from angebote.pruefung.pruefliste import PRUEFLISTE
from schulerfolg.konten.models import Person
from schulerfolg.workflow import TransitionNotAllowed


def uebernehmen(antrag, *, by, begruendung=""):
    return take_step(antrag, "uebernehmen", by=by, zustaendig=by)


@transaction.atomic
def pruefpunkte_speichern(antrag, *, by, urteile: dict[str, tuple[str, str]]):
    """Answer points of the check list: key → (verdict, note)."""
    antrag = _waehrend(antrag, "pruefliste", by)
    for schluessel, (urteil, notiz) in urteile.items():
        Pruefpunkt.objects.update_or_create(
            antrag=antrag,
            schluessel=schluessel,
            defaults={"urteil": urteil, "notiz": notiz, "durch": by, "am": timezone.now()},
        )
    return antrag


@transaction.atomic
def nachfordern(antrag, *, by, fragen: list[str], frist: date, warum=""):
    """Ask the school: each question on its own, why, and until when (T6)."""
    antrag = take_step(antrag, "nachfordern", by=by, begruendung=warum)
    nachforderung = Nachforderung.objects.create(antrag=antrag, warum=warum, frist=frist, gestellt_durch=by)
    Rueckfrage.objects.bulk_create([Rueckfrage(nachforderung=nachforderung, frage=frage) for frage in fragen])
    return antrag


@transaction.atomic
def nachreichen(antrag, *, by, antworten: dict[int, str]):
    """The school answers every question (id of the Rueckfrage → text); the answers become a new Fassung (T7)."""
    antrag = take_step(antrag, "nachreichen", by=by)
    nachforderung = offene_nachforderung(antrag)
    for rueckfrage in nachforderung.rueckfragen.all():
        rueckfrage.antwort = antworten.get(rueckfrage.pk, "").strip()
        if not rueckfrage.antwort:
            raise ValidationError("Bitte beantworten Sie jede Rückfrage.")
        rueckfrage.save(update_fields=["antwort"])
    nachforderung.beantwortet_am = timezone.now()
    nachforderung.save(update_fields=["beantwortet_am"])
    fassung_festhalten(antrag, by=by)
    return antrag


@transaction.atomic
def ohne_antwort_beenden(antrag, *, by, begruendung):
    """Close a case whose questions stayed open beyond the deadline; never by itself (T8)."""

    def frist_ist_vorbei(antrag):
        if offene_nachforderung(antrag).frist >= timezone.localdate():
            raise ValidationError("Die Frist der Rückfragen läuft noch.")

    antrag = take_step(antrag, "ohne_antwort_beenden", by=by, begruendung=begruendung, pruefen=frist_ist_vorbei)
    antrag.nachforderungen.filter(beantwortet_am=None).update(beantwortet_am=timezone.now())
    return antrag


def formal_ablehnen(antrag, *, by, begruendung):
    """Refuse on formal grounds: whoever took the case over can't also refuse it (T9)."""

    def zweite_person(antrag):
        if by == antrag.zustaendig:
            raise ValidationError("Sie haben diesen Antrag übernommen. Die Ablehnung braucht eine zweite Person.")

    antrag = take_step(antrag, "formal_ablehnen", by=by, begruendung=begruendung, pruefen=zweite_person)
    antrag.nachforderungen.filter(beantwortet_am=None).update(beantwortet_am=timezone.now())
    return antrag


def weiter_zur_fachpruefung(antrag, *, by, begruendung=""):
    """The check list is complete: on to the professional opinion (T10)."""

    def liste_ist_vollstaendig(antrag):
        urteile = dict(antrag.pruefpunkte.values_list("schluessel", "urteil"))
        offen = [text for schluessel, text in PRUEFLISTE.items() if schluessel not in urteile]
        if offen:
            raise ValidationError(f"In der Prüfliste sind noch {len(offen)} Punkte offen.")
        if Pruefpunkt.Urteil.NEIN in urteile.values():
            raise ValidationError(
                "Ein Punkt der Prüfliste ist nicht in Ordnung. Stellen Sie Rückfragen, oder lehnen Sie ab."
            )

    return take_step(antrag, "weiter_zur_fachpruefung", by=by, pruefen=liste_ist_vollstaendig)


@transaction.atomic
def stellung_nehmen(antrag, *, by, text, empfehlung, betrag, auflagen="") -> Stellungnahme:
    """Write the opinion, or write it anew while nobody has confirmed it. The amount is at most the requested one."""
    antrag = _waehrend(antrag, "stellung_nehmen", by)
    if betrag > antrag.beantragt:
        raise ValidationError({"betrag": "Mehr als beantragt können Sie nicht empfehlen."})
    stellungnahme = antrag.stellungnahmen.filter(bestaetigt_am=None).first() or Stellungnahme(antrag=antrag)
    stellungnahme.text, stellungnahme.empfehlung, stellungnahme.betrag = text, empfehlung, betrag
    stellungnahme.auflagen, stellungnahme.verfasst_durch = auflagen, by
    stellungnahme.full_clean(exclude=["antrag"])
    stellungnahme.save()
    return stellungnahme


@transaction.atomic
def bestaetigen(antrag, *, by, begruendung=""):
    """A second person confirms the opinion: the Antrag is ready for the decision (T11)."""

    def zweite_person(antrag):
        offen = antrag.stellungnahmen.filter(bestaetigt_am=None).first()
        if offen is None:
            raise ValidationError("Es fehlt noch die fachliche Stellungnahme.")
        if offen.verfasst_durch == by:
            raise ValidationError("Sie haben die Stellungnahme geschrieben. Bestätigen muss sie eine zweite Person.")

    antrag = take_step(antrag, "bestaetigen", by=by, pruefen=zweite_person)
    antrag.stellungnahmen.filter(bestaetigt_am=None).update(bestaetigt_am=timezone.now(), bestaetigt_durch=by)
    return antrag


def wiederaufnehmen(antrag, *, by, begruendung):
    return take_step(antrag, "wiederaufnehmen", by=by, begruendung=begruendung)


def offene_nachforderung(antrag) -> Nachforderung:
    """The one that waits for answers."""
    return antrag.nachforderungen.get(beantwortet_am=None)


def wer_kann_zeichnen(antrag) -> list[Person]:
    """Who may take the second signature: zeichnungsbefugt, neither author nor confirmer, not of the school."""
    stellungnahme = antrag.stellungnahmen.first()
    beteiligt = {stellungnahme.verfasst_durch_id, stellungnahme.bestaetigt_durch_id} if stellungnahme else set()
    befugt = antrag.netzwerkstelle.mitarbeiten.zu_benachrichtigen().filter(zeichnungsbefugt=True)
    schule = antrag.schule.zugehoerigkeiten.gueltig().values("person")
    return [m.person for m in befugt.exclude(person__in=beteiligt).exclude(person__in=schule).select_related("person")]


def _waehrend(antrag, action, by):
    """The locked Antrag, if this may be done now by this person."""
    antrag = sperren(antrag)
    roles, statuses = RECHTE[action]
    if antrag.status not in statuses or roles.isdisjoint(rollen(by, antrag)):
        raise TransitionNotAllowed(f"Das geht im Stand „{antrag.get_status_display()}“ nicht mehr.")
    return antrag
