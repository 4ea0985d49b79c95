"""Asking for advice, and noting it: one function per step."""

from django.db import transaction

from angebote.beratung.machine import BERATUNG, take_step
from angebote.beratung.models import Beratung
from angebote.beratung.permissions import BERATENDE
from schulerfolg.konten.services import notify


@transaction.atomic
def anfragen(schule, *, by, titel, was="", fuer_wen="", warum="", telefon="", wunsch="") -> Beratung:
    """A school has an idea: three sentences to the office of its district, and a receipt to whoever wrote them."""
    beratung = Beratung.objects.create(
        schule=schule,
        netzwerkstelle=schule.netzwerkstelle,
        angefragt_durch=by,
        titel=titel,
        was=was,
        fuer_wen=fuer_wen,
        warum=warum,
        telefon=telefon,
        wunsch=wunsch,
    )
    ereignis = BERATUNG.note(beratung, "anfragen", "hat um Beratung gebeten", by=by, before="")
    stelle = schule.netzwerkstelle.mitarbeiten.to_notify().filter(rolle__in=BERATENDE).select_related("person")
    BERATUNG.write({m.person for m in stelle}, "anfragen", beratung, ereignis)
    context = {"beratung": beratung}
    notify([by], "angebote/mail/beratung_eingang.txt", context, ereignis=f"beratung:{beratung.pk}:eingang")
    return beratung


@transaction.atomic
def notieren(schule, *, by, titel, tag, ergebnis, weg="") -> Beratung:
    """The office notes a conversation that nobody had asked for in the portal; the heads of the school hear of it."""
    beratung = Beratung.objects.create(
        schule=schule, netzwerkstelle=schule.netzwerkstelle, angefragt_durch=by, titel=titel
    )
    return beraten(beratung, by=by, tag=tag, weg=weg, ergebnis=ergebnis)


@transaction.atomic
def beraten(beratung, *, by, tag, ergebnis, weg="") -> Beratung:
    """Note what came of the conversation; the school may apply from now on."""
    return take_step(beratung, "beraten", by=by, tag=tag, weg=weg, ergebnis=ergebnis, beraten_durch=by)


@transaction.atomic
def absagen(beratung, *, by, begruendung) -> Beratung:
    return take_step(beratung, "absagen", by=by, begruendung=begruendung)
