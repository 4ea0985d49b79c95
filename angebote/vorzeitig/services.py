"""Ask for an early start, write the answer, sign it. Each locks the Antrag first and asks the table again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.machine import ANTRAG, empfaenger
from angebote.antrag.permissions import STELLE, schreibt
from angebote.entscheidung.bedingungen import brief_ist_vollstaendig
from angebote.vorzeitig.brief import als_html
from angebote.vorzeitig.models import VorzeitigerBeginn
from angebote.vorzeitig.permissions import RECHTE
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.services import order_job
from schulerfolg.formular.konflikt import Veraltet
from schulerfolg.konten.models import Person
from schulerfolg.zeit import datum

ZWEITE_PERSON = "Diese Unterschrift leistet eine zweite, zeichnungsbefugte Person der Netzwerkstelle."
VORBEI = "Der Tag, ab dem der Beginn zugelassen werden soll, ist vorbei. Bitte schreiben Sie die Antwort neu."


@transaction.atomic
def beantragen(antrag, *, by, ab: date, grund: str) -> VorzeitigerBeginn:
    """Ask, once at a time; after a refusal it can be asked again."""
    antrag = ANTRAG.lock_for(antrag, RECHTE, "beantragen", by)
    if not schreibt(by, antrag):
        raise TransitionNotAllowed("Das beantragt, wer den Antrag schreibt, oder die Schulleitung.")
    if hindernis := was_dagegen_spricht(antrag):
        raise TransitionNotAllowed(hindernis)
    zeile = VorzeitigerBeginn.objects.create(antrag=antrag, ab=ab, grund=grund, beantragt_durch=by)
    text = f"hat den vorzeitigen Beginn ab dem {datum(ab)} beantragt"
    ereignis = ANTRAG.note(antrag, "vorzeitig_beantragen", text, by=by, begruendung=grund)
    ANTRAG.write(empfaenger(antrag, STELLE), "vorzeitig_beantragen", antrag, ereignis)
    return zeile


def was_dagegen_spricht(antrag) -> str:
    """Why nothing more can be asked: it is being answered, or it is allowed. Empty where it can."""
    if antrag.vorzeitige.offen().exists():
        return "Der vorzeitige Beginn ist schon beantragt; die Netzwerkstelle antwortet noch."
    if zugelassen := antrag.vorzeitige.filter(zugelassen=True).first():
        return f"Der vorzeitige Beginn ist schon zugelassen, ab dem {datum(zugelassen.zugelassen_ab)}."
    return ""


def kann_beantragen(antrag, person, hats, zeilen) -> bool:
    """Whether this person may ask now; `zeilen`: what was asked before."""
    schon = any(zeile.beantwortet_am is None or zeile.zugelassen for zeile in zeilen)
    return not schon and RECHTE.may(hats, "beantragen", antrag) and schreibt(person, antrag)


@transaction.atomic
def antworten(
    zeile, *, by, version: str, zugelassen: bool, zugelassen_ab: date | None = None, antwort: str = ""
) -> VorzeitigerBeginn:
    """Write the answer, or write it anew; nothing is sent before a second person signs."""
    zeile = _offene(zeile, "antworten", by, version)
    brief_ist_vollstaendig(zeile.antrag)
    zeile.zugelassen, zeile.antwort = zugelassen, antwort
    zeile.zugelassen_ab = zugelassen_ab if zugelassen else None
    zeile.geschrieben_durch, zeile.geschrieben_am = by, timezone.now()
    zeile.fassung += 1
    zeile.save()
    text = "hat die Antwort zum vorzeitigen Beginn geschrieben"
    ereignis = ANTRAG.note(zeile.antrag, "vorzeitig_antworten", text, by=by)
    ANTRAG.write(wer_unterschreibt(zeile), "vorzeitig_antworten", zeile.antrag, ereignis)
    return zeile


@transaction.atomic
def bestaetigen(zeile, *, by, version: str) -> VorzeitigerBeginn:
    """The second person signs: the letter is fixed, the worker makes it and sends it to the school."""
    zeile = _offene(zeile, "bestaetigen", by, version)
    if zeile.geschrieben_am is None or by not in wer_unterschreibt(zeile):
        raise ValidationError(ZWEITE_PERSON)
    heute = timezone.localdate()
    if zeile.zugelassen and zeile.zugelassen_ab < heute:
        raise ValidationError(VORBEI)
    brief_ist_vollstaendig(zeile.antrag)
    zeile.schreiben = als_html(zeile, by=by, am=heute)
    zeile.beantwortet_durch, zeile.beantwortet_am = by, timezone.now()
    zeile.save()
    schritt, text = "vorzeitig_ablehnen", "hat den vorzeitigen Beginn nicht zugelassen"
    if zeile.zugelassen:
        schritt, text = "vorzeitig_zulassen", f"hat den Beginn ab dem {datum(zeile.zugelassen_ab)} zugelassen"
    ANTRAG.note(zeile.antrag, schritt, text, by=by, begruendung=zeile.antwort)
    order_job("vorzeitig_pdf", f"vorzeitig:{zeile.pk}", zeile=zeile.pk)
    return zeile


def wer_unterschreibt(zeile) -> list[Person]:
    """Who may sign this answer now: `zu_unterschreiben`, asked from the other side."""
    schule = zeile.antrag.schule.zugehoerigkeiten.gueltig().values("person")
    befugt = zeile.antrag.netzwerkstelle.mitarbeiten.to_notify().filter(zeichnungsbefugt=True)
    befugt = befugt.exclude(person=zeile.geschrieben_durch_id).exclude(person__in=schule).select_related("person")
    return list(dict.fromkeys(mitarbeit.person for mitarbeit in befugt))


def _offene(zeile, action, by, version) -> VorzeitigerBeginn:
    """The same request, locked, unanswered, and as its page showed it."""
    antrag = ANTRAG.lock_for(zeile.antrag, RECHTE, action, by)
    zeile = VorzeitigerBeginn.objects.select_for_update(of=("self",)).get(pk=zeile.pk)
    zeile.antrag = antrag
    if zeile.beantwortet_am:
        raise TransitionNotAllowed("Diese Anfrage ist schon beantwortet.")
    if version != str(zeile.fassung):
        raise Veraltet(str(zeile.fassung))
    return zeile
