"""Who writes on a draft beside its author, and to whom it is handed over. All of it stands in its history."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import rollen
from angebote.zusammenarbeit.models import Entwurfsuebergabe, Mitschreibende
from angebote.zusammenarbeit.permissions import RECHTE, erlaubt
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import SCHULROLLEN

ANTWORT_IN = timedelta(days=14)
Ausgang = Entwurfsuebergabe.Ausgang


def kollegium(antrag, *, ausser) -> list[Person]:
    """Who could write here or take the draft: everybody of the school today but these people."""
    zeilen = antrag.schule.zugehoerigkeiten.am_platz().filter(rolle__in=SCHULROLLEN)
    zeilen = zeilen.exclude(person__in=ausser).select_related("person")
    return sorted(dict.fromkeys(z.person for z in zeilen), key=lambda person: (person.nachname, person.vorname))


@transaction.atomic
def mitschreiben_lassen(antrag, *, person, by) -> Antrag:
    antrag = _gesperrt(antrag, "einladen", by)
    if person not in kollegium(antrag, ausser=[antrag.verfasst_durch]):
        raise ValidationError({"person": f"{person} gehört zurzeit nicht zu dieser Schule."})
    _, neu = Mitschreibende.objects.get_or_create(antrag=antrag, person=person)
    if neu:
        text = "lässt {betrifft} am Entwurf mitschreiben"
        ereignis = ANTRAG.note(antrag, "mitschreiben_lassen", text, by=by, betrifft=person)
        ANTRAG.write([person], "mitschreiben_lassen", antrag, ereignis)
    return antrag


@transaction.atomic
def nicht_mehr_mitschreiben(antrag, *, person, by) -> Antrag:
    antrag = _gesperrt(antrag, "einladen", by)
    geloescht, _ = antrag.mitschreibende.filter(person=person).delete()
    if geloescht:
        ANTRAG.note(
            antrag, "nicht_mehr_mitschreiben", "lässt {betrifft} nicht mehr mitschreiben", by=by, betrifft=person
        )
    return antrag


@transaction.atomic
def anbieten(antrag, *, person, by) -> Antrag:
    """Offer the draft to a colleague; until she takes it, everything stays as it is."""
    antrag = _gesperrt(antrag, "uebergeben", by)
    if person not in kollegium(antrag, ausser=[by]):
        raise ValidationError({"person": f"{person} gehört zurzeit nicht zu dieser Schule."})
    if antrag.uebergaben.filter(ausgang=Ausgang.OFFEN).exists():
        raise ValidationError("Dieser Entwurf ist schon jemandem angeboten. Nehmen Sie das zuerst zurück.")
    bis = timezone.localdate() + ANTWORT_IN
    uebergabe = Entwurfsuebergabe.objects.create(antrag=antrag, von=by, an=person, bis=bis)
    ereignis = ANTRAG.note(antrag, "anbieten", "möchte den Entwurf an {betrifft} übergeben", by=by, betrifft=person)
    _schreiben([person], "uebergabe_angeboten", uebergabe, ereignis)
    return antrag


@transaction.atomic
def annehmen(antrag, *, by) -> Antrag:
    """From now on the draft is hers; who handed it over reads on."""
    antrag, uebergabe = _offene(antrag, an=by)
    if rollen(by, antrag).isdisjoint(SCHULROLLEN):
        raise TransitionNotAllowed("Sie gehören zurzeit nicht zu dieser Schule.")
    uebergabe.ausgang = Ausgang.ANGENOMMEN
    uebergabe.save(update_fields=["ausgang"])
    _gehoert_jetzt(antrag, by)
    text = "hat den Entwurf von {betrifft} übernommen"
    ereignis = ANTRAG.note(antrag, "annehmen", text, by=by, betrifft=uebergabe.von)
    _schreiben([uebergabe.von], "uebergabe_angenommen", uebergabe, ereignis)
    return antrag


@transaction.atomic
def ablehnen(antrag, *, by) -> Antrag:
    antrag, uebergabe = _offene(antrag, an=by)
    uebergabe.ausgang = Ausgang.ABGELEHNT
    uebergabe.save(update_fields=["ausgang"])
    ereignis = ANTRAG.note(antrag, "ablehnen_uebergabe", "übernimmt den Entwurf nicht", by=by)
    _schreiben([uebergabe.von], "uebergabe_abgelehnt", uebergabe, ereignis)
    return antrag


@transaction.atomic
def zuruecknehmen(antrag, *, by) -> Antrag:
    antrag, uebergabe = _offene(antrag, von=by)
    uebergabe.ausgang = Ausgang.ZURUECKGENOMMEN
    uebergabe.save(update_fields=["ausgang"])
    ANTRAG.note(antrag, "zuruecknehmen", "behält den Entwurf und übergibt ihn nicht", by=by)
    return antrag


@transaction.atomic
def an_sich_nehmen(antrag, *, begruendung, by) -> Antrag:
    """The head takes a draft over at once, such as from somebody who is ill; why stays inside the school."""
    antrag = _gesperrt(antrag, "an_sich_nehmen", by)
    if not begruendung.strip():
        raise ValidationError({"begruendung": "Bitte schreiben Sie, warum Sie den Entwurf übernehmen."})
    bisher = antrag.verfasst_durch
    antrag.uebergaben.filter(ausgang=Ausgang.OFFEN).update(ausgang=Ausgang.ZURUECKGENOMMEN)
    _gehoert_jetzt(antrag, by)
    text = "hat den Entwurf von {betrifft} an sich genommen"
    ereignis = ANTRAG.note(antrag, "an_sich_nehmen", text, by=by, begruendung=begruendung, betrifft=bisher)
    if bisher.is_active and not rollen(bisher, antrag).isdisjoint(SCHULROLLEN):
        ANTRAG.write([bisher], "an_sich_nehmen", antrag, ereignis)
    return antrag


def uebergaben_verfallen(heute: date) -> int:
    """The daily run: what nobody answered in time stays with whoever offered it, who is told."""
    alte = Entwurfsuebergabe.objects.filter(ausgang=Ausgang.OFFEN, bis__lt=heute).values_list("antrag", flat=True)
    return sum(_verfallen(antrag, heute) for antrag in Antrag.objects.filter(pk__in=list(alte)).order_by("pk"))


@transaction.atomic
def _verfallen(antrag, heute) -> int:
    antrag = ANTRAG.lock(antrag)
    uebergabe = antrag.uebergaben.filter(ausgang=Ausgang.OFFEN, bis__lt=heute).first()
    if uebergabe is None:
        return 0
    uebergabe.ausgang = Ausgang.VERFALLEN
    uebergabe.save(update_fields=["ausgang"])
    ereignis = ANTRAG.note(
        antrag, "verfallen", "hat die Übergabe beendet, weil niemand geantwortet hat", by=None, hats=set()
    )
    if RECHTE.due("uebergeben", antrag):
        _schreiben([uebergabe.von], "uebergabe_verfallen", uebergabe, ereignis)
    return 1


def _gesperrt(antrag, recht, by) -> Antrag:
    antrag = ANTRAG.lock(antrag)
    if recht not in erlaubt(by, antrag):
        if not RECHTE.due(recht, antrag):
            raise TransitionNotAllowed(ANTRAG.too_late(antrag, rollen(by, antrag)))
        RECHTE.require(set(), recht)
    return antrag


def _offene(antrag, **wessen) -> tuple[Antrag, Entwurfsuebergabe]:
    antrag = ANTRAG.lock(antrag)
    uebergabe = antrag.uebergaben.filter(ausgang=Ausgang.OFFEN, **wessen).select_related("von", "an").first()
    if uebergabe is None or not RECHTE.due("uebergeben", antrag):
        raise TransitionNotAllowed("Diese Übergabe ist schon beendet. Wie es jetzt steht, lesen Sie auf dieser Seite.")
    return antrag, uebergabe


def _gehoert_jetzt(antrag, person):
    antrag.verfasst_durch = person
    antrag.save(update_fields=["verfasst_durch"])
    antrag.mitschreibende.filter(person=person).delete()


def _schreiben(personen, name, uebergabe, ereignis):
    """Only to who still has an account and belongs there."""
    antrag = uebergabe.antrag
    da = [p for p in personen if p.is_active and rollen(p, antrag)]
    ANTRAG.write(da, name, antrag, ereignis)
