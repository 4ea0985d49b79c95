"""Asking for advice, and noting it: one function per step."""

from django.db import transaction

from angebote.beratung.machine import BERATUNG, beratende, take_step
from angebote.beratung.models import Beratung
from angebote.beratung.permissions import RECHTE, rollen
from angebote.beratung.queries import anfrage_gezeigt
from schulerfolg.formular.konflikt import Konflikt
from schulerfolg.konten.services import notify


@transaction.atomic
def anfragen(schule, *, by, titel, **angaben) -> Beratung:
    """A school has an idea: three sentences to the office of its district, and a receipt to whoever wrote them.

    `angaben`: columns of a Beratung that the form asks for.
    """
    beratung = Beratung.objects.create(
        schule=schule, netzwerkstelle=schule.netzwerkstelle, angefragt_durch=by, titel=titel, **angaben
    )
    ereignis = BERATUNG.note(beratung, "anfragen", "hat um Beratung gebeten", by=by, before="")
    BERATUNG.write(beratende(beratung), "anfragen", beratung, ereignis)
    context = {"beratung": beratung}
    notify([by], "angebote/mail/beratung_eingang.txt", context, ereignis=f"beratung:{beratung.pk}:eingang")
    return beratung


@transaction.atomic
def aendern(beratung, *, by, version, **angaben) -> Beratung:
    """The school changes or completes what it asked, until a date is agreed; the office hears of it once a day."""
    beratung = BERATUNG.lock(beratung)
    hats = RECHTE.require(rollen(by, beratung), "aendern", beratung)
    if version != (jetzt := anfrage_gezeigt(beratung)):
        raise Konflikt("Diese Anfrage wurde inzwischen geändert.", "", jetzt, beratung)
    neu = {name: wert for name, wert in angaben.items() if getattr(beratung, name) != wert}
    if not neu:
        return beratung
    for name, wert in neu.items():
        setattr(beratung, name, wert)
    beratung.save(update_fields=[*neu])
    ereignis = BERATUNG.note(beratung, "aendern", "hat die Anfrage geändert", by=by, hats={hats})
    BERATUNG.write(beratende(beratung), "aendern", beratung, ereignis)
    return beratung


@transaction.atomic
def notieren(schule, *, by, titel, tag, ergebnis, weg="") -> Beratung:
    """The office notes a conversation that nobody had asked for in the portal; the heads of the school hear of it."""
    beratung = Beratung.objects.create(
        schule=schule, netzwerkstelle=schule.netzwerkstelle, angefragt_durch=by, titel=titel
    )
    return beraten(beratung, by=by, tag=tag, weg=weg, ergebnis=ergebnis)


@transaction.atomic
def verabreden(beratung, *, by, termin, weg, treffpunkt="", nachricht="", version=None) -> Beratung:
    """Agree on a date, or on another one; who asked gets it by mail, with a file for the calendar."""
    spalten = {"termin": termin, "weg": weg, "treffpunkt": treffpunkt}
    return take_step(beratung, "verabreden", by=by, begruendung=nachricht, version=version, **spalten)


@transaction.atomic
def beraten(beratung, *, by, tag, ergebnis, weg="", version=None) -> Beratung:
    """Note what came of the conversation; the school may apply from now on."""
    spalten = {"tag": tag, "weg": weg, "ergebnis": ergebnis, "beraten_durch": by}
    return take_step(beratung, "beraten", by=by, version=version, **spalten)


@transaction.atomic
def absagen(beratung, *, by, begruendung, version=None) -> Beratung:
    return take_step(beratung, "absagen", by=by, begruendung=begruendung, version=version)


@transaction.atomic
def zurueckziehen(beratung, *, by, begruendung="", version=None) -> Beratung:
    """The school needs no advice any more; it stays readable."""
    return take_step(beratung, "zurueckziehen", by=by, version=version)
