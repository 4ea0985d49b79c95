"""What changes a Gremium and its members. Each change is noted in the history of the office."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from gremien.gremium.models import Gremium, Mitgliedschaft
from gremien.gremium.permissions import require
from netzwerkstellen.stelle.services import festhalten, sichern, unterschiede


@transaction.atomic
def gremium_anlegen(gremium: Gremium, *, by) -> Gremium:
    rolle = require(by, gremium.netzwerkstelle)
    sichern(gremium)
    festhalten(gremium.netzwerkstelle, "gremium_anlegen", f"Gremium {gremium} eingetragen", by=by, rolle=rolle)
    return gremium


@transaction.atomic
def regeln_aendern(neu: Gremium, *, by) -> Gremium:
    """Save the rules that differ; a meeting that runs keeps counting by the rules as they are now."""
    alt = Gremium.objects.select_for_update(of=("self",), no_key=True).select_related("netzwerkstelle").get(pk=neu.pk)
    rolle = require(by, alt.netzwerkstelle)
    felder = unterschiede(alt, neu)
    if felder:
        sichern(neu)
        namen = ", ".join(str(feld.verbose_name) for feld in felder)
        festhalten(alt.netzwerkstelle, "gremium_aendern", f"Gremium {neu} geändert: {namen}", by=by, rolle=rolle)
    return neu


@transaction.atomic
def mitglied_aufnehmen(mitglied: Mitgliedschaft, *, by) -> Mitgliedschaft:
    """A person sits in the Gremium from this day on; whoever is obliged to secrecy already is noted as such."""
    gremium = _gremium(mitglied)
    rolle = require(by, gremium.netzwerkstelle)
    mitglied.von = mitglied.von or timezone.localdate()
    sichern(mitglied)
    festhalten(gremium.netzwerkstelle, "mitglied_aufnehmen", f"{mitglied} in {gremium} aufgenommen", by=by, rolle=rolle)
    return mitglied


@transaction.atomic
def mitglied_aendern(neu: Mitgliedschaft, *, by) -> Mitgliedschaft:
    gremium = _gremium(neu)
    rolle = require(by, gremium.netzwerkstelle)
    felder = unterschiede(Mitgliedschaft.objects.get(pk=neu.pk), neu)
    if felder:
        sichern(neu)
        namen = ", ".join(str(feld.verbose_name) for feld in felder)
        text = f"{neu} in {gremium} geändert: {namen}"
        festhalten(gremium.netzwerkstelle, "mitglied_aendern", text, by=by, rolle=rolle)
    return neu


@transaction.atomic
def mitglied_beenden(mitglied: Mitgliedschaft, *, by, letzter_tag: date) -> Mitgliedschaft:
    """The last day of a membership; the row stays, with all its votes."""
    gremium = _gremium(mitglied)
    rolle = require(by, gremium.netzwerkstelle)
    mitglied.bis = letzter_tag
    if mitglied.von and letzter_tag < mitglied.von:
        raise ValidationError({"letzter_tag": f"Die Mitgliedschaft beginnt erst am {date_format(mitglied.von)}."})
    sichern(mitglied)
    text = f"{mitglied} in {gremium} bis {letzter_tag:%d.%m.%Y}"
    festhalten(gremium.netzwerkstelle, "mitglied_beenden", text, by=by, rolle=rolle)
    return mitglied


@transaction.atomic
def verpflichten(mitglied: Mitgliedschaft, *, by, am: date) -> Mitgliedschaft:
    """Note the day on which a member was obliged to secrecy: from then on the papers open (VwVfG § 84)."""
    gremium = _gremium(mitglied)
    rolle = require(by, gremium.netzwerkstelle)
    mitglied.verschwiegen_am = am
    sichern(mitglied, update_fields=["verschwiegen_am"])
    text = f"{mitglied} in {gremium} am {am:%d.%m.%Y} zur Verschwiegenheit verpflichtet"
    festhalten(gremium.netzwerkstelle, "verpflichten", text, by=by, rolle=rolle)
    return mitglied


def _gremium(mitglied) -> Gremium:
    """The Gremium of this seat, locked: two changes of its members come one after the other."""
    zeilen = Gremium.objects.select_for_update(of=("self",), no_key=True).select_related("netzwerkstelle")
    return zeilen.get(pk=mitglied.gremium_id)
