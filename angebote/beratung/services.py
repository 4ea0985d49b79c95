"""Asking for advice, and noting it: one function per step."""

from django.db import transaction
from django.utils import timezone

from angebote.beratung.models import Beratung, Beratungsereignis
from angebote.beratung.permissions import BERATENDE, rollen
from angebote.beratung.workflow import ABLAUF
from schulerfolg.konten.permissions import SCHULROLLEN
from schulerfolg.konten.services import benachrichtigen


@transaction.atomic
def anfragen(schule, *, by, titel, was="", fuer_wen="", warum="", wunsch="") -> Beratung:
    """A school has an idea: three sentences to the office of its district."""
    beratung = Beratung.objects.create(
        schule=schule,
        netzwerkstelle=schule.netzwerkstelle,
        angefragt_durch=by,
        titel=titel,
        was=was,
        fuer_wen=fuer_wen,
        warum=warum,
        wunsch=wunsch,
    )
    ereignis = _ereignis(beratung, "anfragen", "hat um Beratung gebeten", by=by)
    stelle = schule.netzwerkstelle.mitarbeiten.zu_benachrichtigen().filter(rolle__in=BERATENDE).select_related("person")
    _melden("anfragen", beratung, ereignis, {m.person for m in stelle} - {by})
    return beratung


@transaction.atomic
def notieren(schule, *, by, titel, tag, ergebnis, weg="") -> Beratung:
    """The office notes a conversation that nobody had asked for in the portal: three fields."""
    beratung = Beratung.objects.create(
        schule=schule, netzwerkstelle=schule.netzwerkstelle, angefragt_durch=by, titel=titel
    )
    return beraten(beratung, by=by, tag=tag, weg=weg, ergebnis=ergebnis)


@transaction.atomic
def beraten(beratung, *, by, tag, ergebnis, weg="") -> Beratung:
    """Note what came of the conversation; the school may apply from now on."""
    return _take_step(beratung, "beraten", by=by, tag=tag, weg=weg, ergebnis=ergebnis, beraten_durch=by)


@transaction.atomic
def absagen(beratung, *, by, begruendung) -> Beratung:
    return _take_step(beratung, "absagen", by=by, begruendung=begruendung)


def _take_step(beratung, name, *, by, begruendung="", **changes):
    """Lock, ask the table again, write the status, the Ereignis and the mails."""
    beratung = Beratung.objects.select_for_update(of=("self",)).for_list().get(pk=beratung.pk)
    step = ABLAUF.require(name, beratung.status, rollen(by, beratung))
    beratung.status = step.target
    for field, value in changes.items():
        setattr(beratung, field, value)
    beratung.save(update_fields=["status", *changes])
    ereignis = _ereignis(beratung, name, step.past, by=by, begruendung=begruendung)
    an = {beratung.angefragt_durch} if beratung.angefragt_durch.is_active else set()
    _melden(name, beratung, ereignis, an - {by})
    return beratung


def _ereignis(beratung, schritt, text, *, by, begruendung=""):
    hut = next(iter(sorted(rollen(by, beratung))), None)
    ort = beratung.schule.name if hut in SCHULROLLEN else beratung.netzwerkstelle.name
    return Beratungsereignis.objects.create(
        beratung=beratung,
        schritt=schritt,
        text=text,
        begruendung=begruendung,
        durch=by,
        rolle=f"{hut.label}, {ort}"[:120] if hut else "",
        am=timezone.now(),
    )


def _melden(name, beratung, ereignis, personen):
    benachrichtigen(
        sorted(personen, key=lambda person: person.pk),
        f"angebote/mail/beratung_{name}.txt",
        {"beratung": beratung, "ereignis": ereignis},
        ereignis=f"beratung:{ereignis.pk}",
        vertretbar=lambda person: bool(rollen(person, beratung)),
    )
