"""What the office does with a submitted Antrag: take it over, check, ask back, give its opinion (T5–T11, T17).

Every step is taken by the machine (`antrag.machine`); the conditions of the office's own steps stand in bedingungen.py.
"""

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.anlage.services import hinzufuegen
from angebote.antrag.machine import ANTRAG, take_step
from angebote.antrag.permissions import RECHTE, rollen
from angebote.antrag.services import fassung_festhalten
from angebote.foerderung.models import Anlagenart
from angebote.pruefung.models import Nachforderung, Pruefpunkt, Rueckfrage, Stellungnahme
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.datei.annahme import Datei
from schulerfolg.kalender import naechster_werktag
from schulerfolg.konten.models import Person


def uebernehmen(antrag, *, by, begruendung=""):
    return take_step(antrag, "uebernehmen", by=by, zustaendig=by)


@transaction.atomic
def pruefpunkte_speichern(antrag, *, by, urteile: dict[str, tuple[str, str]]):
    """Answer points of the check list: key → (verdict, note)."""
    antrag = _waehrend(antrag, "pruefliste", by)
    wie = {"antrag": antrag, "durch": by, "am": timezone.now()}
    Pruefpunkt.objects.bulk_create(
        [Pruefpunkt(schluessel=punkt, urteil=urteil, notiz=notiz, **wie) for punkt, (urteil, notiz) in urteile.items()],
        update_conflicts=True,
        unique_fields=["antrag", "schluessel"],
        update_fields=["urteil", "notiz", "durch", "am"],
    )
    return antrag


def nachfordern(antrag, *, by, fragen: list[str], frist: date, warum="", abschnitte: Sequence[str] = ()):
    """Ask the school: each question on its own, why, and until when (T6).

    `abschnitte` names, question by question, the section of the form it is about; may be shorter or empty. A `frist`
    that is no working day ends with the next one (VwVfG § 31 (3)).
    """
    frist = naechster_werktag(frist)

    def festhalten(antrag):
        nachforderung = Nachforderung.objects.create(antrag=antrag, warum=warum, frist=frist, gestellt_durch=by)
        zeilen = zip_longest(fragen, abschnitte[: len(fragen)], fillvalue="")
        Rueckfrage.objects.bulk_create(
            [Rueckfrage(nachforderung=nachforderung, frage=frage, abschnitt=name) for frage, name in zeilen]
        )

    return take_step(antrag, "nachfordern", by=by, begruendung=warum, meanwhile=festhalten)


def nachreichen(antrag, *, by, antworten: dict[int, str], dateien: Sequence[Datei] = (), art=Anlagenart.SONSTIGES):
    """The school answers every question (id of the Rueckfrage → text); the answers become a new Fassung (T7).

    `dateien` come along and are kept with the answers, all of the same `art`.
    """

    def beantworten(antrag):
        nachforderung = offene_nachforderung(antrag)
        rueckfragen = list(nachforderung.rueckfragen.all())
        for rueckfrage in rueckfragen:
            rueckfrage.antwort = antworten.get(rueckfrage.pk, "").strip()
            if not rueckfrage.antwort:
                raise ValidationError("Bitte beantworten Sie jede Rückfrage.")
            rueckfrage.save(update_fields=["antwort"])
        nachforderung.beantwortet_am = timezone.now()
        nachforderung.save(update_fields=["beantwortet_am"])
        for datei in dateien:
            hinzufuegen(antrag, art, datei, by=by, nachforderung=nachforderung)
        fassung_festhalten(antrag, by=by, vorab=[_als_abschnitt(rueckfragen, dateien)])

    return take_step(antrag, "nachreichen", by=by, meanwhile=beantworten, text=_was_kam(dateien))


def _was_kam(dateien) -> str:
    """What the history says; nothing where only words came, then it is the words of the table."""
    if not dateien:
        return ""
    anzahl = "eine Datei" if len(dateien) == 1 else f"{len(dateien)} Dateien"
    return f"hat die Rückfragen beantwortet und {anzahl} nachgereicht"


def _als_abschnitt(rueckfragen, dateien) -> dict:
    zeilen = [[rueckfrage.frage, rueckfrage.antwort] for rueckfrage in rueckfragen]
    if dateien:
        zeilen.append(["Nachgereichte Dateien", ", ".join(datei.name for datei in dateien)])
    return {"name": "rueckfragen", "titel": "Antworten auf die Rückfragen", "zeilen": zeilen}


@transaction.atomic
def ohne_antwort_beenden(antrag, *, by, begruendung):
    """Close a case whose questions stayed open beyond the deadline; never by itself (T8)."""
    antrag = take_step(antrag, "ohne_antwort_beenden", by=by, begruendung=begruendung)
    antrag.nachforderungen.filter(beantwortet_am=None).update(beantwortet_am=timezone.now())
    return antrag


def weiter_zur_fachpruefung(antrag, *, by, begruendung=""):
    """The check list is complete: on to the professional opinion (T10)."""
    return take_step(antrag, "weiter_zur_fachpruefung", by=by)


@transaction.atomic
def stellung_nehmen(antrag, *, by, text, empfehlung, betrag, auflagen="") -> Stellungnahme:
    """Write the opinion, or write it anew while nobody has confirmed it. The amount is at most the requested one."""
    antrag = _waehrend(antrag, "stellung_nehmen", by)
    if betrag > antrag.beantragt:
        raise ValidationError({"betrag": "Mehr als beantragt können Sie nicht empfehlen."})
    stellungnahme = antrag.stellungnahmen.filter(bestaetigt_am=None).first() or Stellungnahme(antrag=antrag)
    stellungnahme.text, stellungnahme.empfehlung, stellungnahme.betrag = text, empfehlung, betrag
    stellungnahme.auflagen, stellungnahme.verfasst_durch = auflagen, by
    stellungnahme.full_clean(exclude=["antrag", "bestaetigt_am", "bestaetigt_durch"])
    stellungnahme.save()
    return stellungnahme


@transaction.atomic
def bestaetigen(antrag, *, by, begruendung=""):
    """A second person confirms the opinion: the Antrag is ready for the decision (T11)."""
    antrag = take_step(antrag, "bestaetigen", by=by)
    antrag.stellungnahmen.filter(bestaetigt_am=None).update(bestaetigt_am=timezone.now(), bestaetigt_durch=by)
    return antrag


def wiederaufnehmen(antrag, *, by, begruendung):
    return take_step(antrag, "wiederaufnehmen", by=by, begruendung=begruendung)


def offene_nachforderung(antrag) -> Nachforderung:
    """The one that waits for answers."""
    return antrag.nachforderungen.get(beantwortet_am=None)


def wer_kann_zeichnen(antrag) -> list[Person]:
    """Who may take the second signature: zeichnungsbefugt, neither author nor confirmer, not of the school.

    Whoever decided as the office has given the first signature and can't give the second.
    """
    stellungnahme = antrag.stellungnahmen.first()
    beteiligt = {stellungnahme.verfasst_durch_id, stellungnahme.bestaetigt_durch_id} if stellungnahme else set()
    beteiligt |= set(antrag.ereignisse.filter(schritt="selbst_entscheiden").values_list("durch", flat=True))
    befugt = antrag.netzwerkstelle.mitarbeiten.to_notify().filter(zeichnungsbefugt=True)
    schule = antrag.schule.zugehoerigkeiten.gueltig().values("person")
    befugt = befugt.exclude(person__in=beteiligt).exclude(person__in=schule).select_related("person")
    return list(dict.fromkeys(m.person for m in befugt))


def _waehrend(antrag, action, by):
    """The locked Antrag, if this may be done now by this person."""
    antrag = ANTRAG.lock(antrag)
    RECHTE.require(rollen(by, antrag), action, antrag)
    if not RECHTE.due(action, antrag):
        raise TransitionNotAllowed(f"Das geht im Stand „{antrag.get_status_display()}“ nicht mehr.")
    return antrag
