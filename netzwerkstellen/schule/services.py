"""What an office changes about its schools and the people there."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from netzwerkstellen.schule.models import Schule, Schulsozialarbeit, Schulzugehoerigkeit
from netzwerkstellen.schule.permissions import KOLLEGIUM, KOPF, RECHTE, action_fuer, rollen
from netzwerkstellen.stelle.permissions import require
from netzwerkstellen.stelle.services import aendern, anlegen, festhalten, sichern
from schulerfolg.konten.permissions import Rolle

STEHT_FEST = (
    "Das Ende steht schon fest: {:%d.%m.%Y}. Ein späterer Tag verlängert nichts. "
    "Soll es weitergehen, beginnen Sie bitte neu: mit einer Einladung oder einem neuen Eintrag."
)


def schule_anlegen(schule: Schule, *, by):
    return anlegen(
        schule, schule.netzwerkstelle, by=by, action="schulen_pflegen", schritt="schule_anlegen", was="Schule"
    )


@transaction.atomic
def schule_aendern(schule: Schule, *, by, version: str) -> Schule:
    """Save the master data. A school that moves to another office takes its open invitations along."""
    bisher = Schule.objects.select_related("netzwerkstelle").get(pk=schule.pk).netzwerkstelle
    zieht_um = schule.netzwerkstelle_id != bisher.pk
    if zieht_um:
        require(by, "schule_umziehen", bisher)
    aendern(schule, bisher, by=by, action="schulen_pflegen", schritt="schule_aendern", was="Schule", version=version)
    if zieht_um:
        schule.einladungen.offen().update(netzwerkstelle=schule.netzwerkstelle)
        text = f"Schule {schule} kommt von: {bisher.name}"
        festhalten(schule.netzwerkstelle, "schule_uebernehmen", text, by=by, rolle=Rolle.KOORDINATION)
    return schule


@transaction.atomic
def zusammenlegen(schule: Schule, nachfolgerin: Schule, *, by) -> Schule:
    """This school becomes part of another one: it is closed, and its people belong to the other one from today on.

    They keep their roles here, for what was submitted before. Who signs at the other school is said by its office
    alone: heads come along as teachers, invitations to lead the closed school end.
    """
    zeilen = Schule.objects.select_related("netzwerkstelle").select_for_update(of=("self",), no_key=True)
    gesperrt = {zeile.pk: zeile for zeile in zeilen.filter(pk__in=[schule.pk, nachfolgerin.pk]).order_by("pk")}
    alt, neu = gesperrt[schule.pk], gesperrt[nachfolgerin.pk]
    umzug = alt.netzwerkstelle_id != neu.netzwerkstelle_id
    rolle = require(by, "schule_umziehen" if umzug else "schulen_pflegen", alt.netzwerkstelle)
    if alt == neu or not neu.aktiv or alt.nachfolgerin_id:
        raise ValidationError({"nachfolgerin": "Bitte wählen Sie eine andere Schule, die in Betrieb ist."})
    alt.aktiv, alt.nachfolgerin = False, neu
    alt.bearbeitet_am, alt.bearbeitet_durch = timezone.now(), by
    sichern(alt, update_fields=["aktiv", "nachfolgerin", "bearbeitet_am", "bearbeitet_durch"])
    _mitnehmen(alt, neu)
    for stelle in {alt.netzwerkstelle, neu.netzwerkstelle}:
        festhalten(stelle, "schule_zusammenlegen", f"Schule {alt} ist aufgegangen in: {neu}", by=by, rolle=rolle)
    return alt


def _mitnehmen(alt, neu):
    """People, open invitations and requests; whoever has the role there already keeps that one."""
    heute, jetzt = timezone.localdate(), timezone.now()
    for zeile in alt.zugehoerigkeiten.gueltig().order_by("pk"):
        hut = zeile.rolle if zeile.rolle in KOLLEGIUM else Rolle.SCHULE_MITARBEIT
        hier = neu.zugehoerigkeiten.filter(person=zeile.person, rolle=hut)
        if not hier.filter(Q(bis=None) | Q(bis__gte=heute)).exists():
            neu.zugehoerigkeiten.create(
                person=zeile.person, rolle=hut, arbeitgeber=zeile.arbeitgeber, von=heute, bis=zeile.bis
            )
    schon = neu.einladungen.offen().filter(email=OuterRef("email"), rolle=OuterRef("rolle"))
    alt.einladungen.offen().filter(Exists(schon) | Q(rolle__in=KOPF)).update(zurueckgenommen_am=jetzt)
    alt.einladungen.offen().update(schule=neu, netzwerkstelle=neu.netzwerkstelle)
    wartet = neu.registrierungen.wartend().filter(person=OuterRef("person"))
    alt.registrierungen.wartend().filter(~Exists(wartet), rolle__in=KOLLEGIUM).update(schule=neu)
    alt.registrierungen.wartend().update(verfallen_am=jetzt)


@transaction.atomic
def schulsozialarbeit_eintragen(schulsozialarbeit: Schulsozialarbeit, *, by) -> Schulsozialarbeit:
    schule = schulsozialarbeit.schule
    rolle = require(by, "schulen_pflegen", schule.netzwerkstelle)
    sichern(schulsozialarbeit)
    text = f"Schulsozialarbeit ({schule}): {schulsozialarbeit.traeger} eingetragen"
    festhalten(schule.netzwerkstelle, "schulsozialarbeit_eintragen", text, by=by, rolle=rolle)
    return schulsozialarbeit


@transaction.atomic
def schulsozialarbeit_beenden(schulsozialarbeit: Schulsozialarbeit, *, by, letzter_tag: date) -> Schulsozialarbeit:
    text = (
        f"Schulsozialarbeit ({schulsozialarbeit.schule}): {schulsozialarbeit.traeger} endet am {letzter_tag:%d.%m.%Y}"
    )
    hut = require(by, "schulen_pflegen", schulsozialarbeit.schule.netzwerkstelle)
    return _beenden(schulsozialarbeit, "schulsozialarbeit_beenden", text, by=by, hut=hut, letzter_tag=letzter_tag)


@transaction.atomic
def zugehoerigkeit_beenden(zugehoerigkeit: Schulzugehoerigkeit, *, by, letzter_tag: date) -> Schulzugehoerigkeit:
    hut = RECHTE.require(rollen(by, zugehoerigkeit.schule), action_fuer(zugehoerigkeit.rolle))
    rolle, schule = zugehoerigkeit.get_rolle_display(), zugehoerigkeit.schule
    text, wer = f"{{betrifft}}: {rolle}, {schule} endet am {letzter_tag:%d.%m.%Y}", zugehoerigkeit.person
    return _beenden(
        zugehoerigkeit, "zugehoerigkeit_beenden", text, by=by, hut=hut, letzter_tag=letzter_tag, betrifft=wer
    )


def _beenden(zeile, schritt, text, *, by, hut, letzter_tag, **nennt):
    """Set the last day, or an earlier one; what has an end does not come back by ending it again."""
    netzwerkstelle = zeile.schule.netzwerkstelle
    zeile = type(zeile)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=zeile.pk)
    if zeile.bis and letzter_tag > zeile.bis:
        raise ValidationError({"letzter_tag": STEHT_FEST.format(zeile.bis)})
    zeile.bis = letzter_tag
    sichern(zeile, update_fields=["bis"])
    festhalten(netzwerkstelle, schritt, text, by=by, rolle=hut, **nennt)
    return zeile
