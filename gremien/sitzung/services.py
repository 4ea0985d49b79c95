"""Planning, inviting to, opening and closing a meeting. One function, one step."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from angebote.antrag.services import take_step as antrag_schritt
from angebote.models import Antrag
from gremien.sitzung.models import (
    Anwesenheit,
    Beschlussvorlage,
    Ladung,
    Sitzung,
    Sitzungsereignis,
    Tagesordnungspunkt,
)
from gremien.sitzung.permissions import rollen
from gremien.sitzung.vorlage import vorlage
from gremien.sitzung.workflow import ABLAUF, AGENDA_OFFEN, Rolle, Status
from schulerfolg.akte.services import auftrag_anlegen, naechste_nummer
from schulerfolg.konten.permissions import Rolle as Hut
from schulerfolg.konten.services import benachrichtigen
from schulerfolg.workflow import TransitionNotAllowed

Art, Ausgang = Tagesordnungspunkt.Art, Tagesordnungspunkt.Ausgang


@transaction.atomic
def sitzung_anlegen(gremium, *, by, beginn, ort, zweite_ladung=False) -> Sitzung:
    """Plan a meeting; numbers run without gaps per Gremium and year."""
    jahr = timezone.localtime(beginn).year
    sitzung = Sitzung.objects.create(
        gremium=gremium,
        nummer=f"{jahr}/{naechste_nummer(f'sitzung:{gremium.pk}:{jahr}'):02}",
        beginn=beginn,
        ort=ort,
        zweite_ladung=zweite_ladung,
    )
    _ereignis(sitzung, "anlegen", "hat die Sitzung geplant", by=by)
    return sitzung


@transaction.atomic
def bereite_aufnehmen(sitzung, *, by) -> int:
    """Put every Antrag that is ready on the agenda, and what the office decided by itself as Kenntnisnahme."""
    sitzung = sperren(sitzung)
    _agenda_offen(sitzung)
    bereit = Antrag.objects.bereit_fuer(sitzung.gremium.netzwerkstelle)
    for antrag in bereit:
        antrag_schritt(
            antrag, "auf_tagesordnung", by=by, als=Hut.GREMIUM, text=f"hat den Antrag für {sitzung} vorgesehen"
        )
        _punkt(sitzung, Art.ANTRAG, str(antrag), antrag)
    zu_berichten = Antrag.objects.selbst_entschieden(sitzung.gremium.netzwerkstelle).exclude(
        tagesordnungspunkte__art=Art.KENNTNISNAHME
    )
    for antrag in zu_berichten:
        _punkt(sitzung, Art.KENNTNISNAHME, f"Zur Kenntnis: {antrag}", antrag)
    return sitzung.punkte.count()


@transaction.atomic
def punkt_hinzufuegen(sitzung, *, by, titel) -> Tagesordnungspunkt:
    sitzung = sperren(sitzung)
    _agenda_offen(sitzung)
    return _punkt(sitzung, Art.SONSTIGES, titel, None)


@transaction.atomic
def punkt_entfernen(punkt, *, by) -> None:
    """Take an item off the agenda that is still being made; its Antrag is ready again."""
    sitzung = sperren(punkt.sitzung)
    _agenda_offen(sitzung)
    if punkt.art == Art.ANTRAG:
        antrag_schritt(punkt.antrag, "von_tagesordnung", by=by, als=Hut.GREMIUM)
    punkt.delete()
    for position, rest in enumerate(sitzung.punkte.order_by("position"), start=1):
        Tagesordnungspunkt.objects.filter(pk=rest.pk).update(position=position)


@transaction.atomic
def punkt_verschieben(punkt, *, by, hoch: bool) -> None:
    """Swap an item with its neighbour."""
    sitzung = sperren(punkt.sitzung)
    _agenda_offen(sitzung)
    nachbar = (
        sitzung.punkte.filter(position__lt=punkt.position).order_by("-position").first()
        if hoch
        else sitzung.punkte.filter(position__gt=punkt.position).order_by("position").first()
    )
    if nachbar:
        punkt.position, nachbar.position = nachbar.position, punkt.position
        punkt.save(update_fields=["position"])
        nachbar.save(update_fields=["position"])


@transaction.atomic
def einladen(sitzung, *, by, begruendung="") -> Sitzung:
    """Freeze agenda and papers, record an invitation per member, have the worker render and send it."""
    sitzung = sperren(sitzung)
    if not sitzung.punkte.exists():
        raise ValidationError("Die Tagesordnung ist noch leer.")
    frist = sitzung.beginn - timedelta(days=sitzung.gremium.ladungsfrist_tage)
    if timezone.now() > frist and not begruendung:
        raise ValidationError(
            f"Die Ladungsfrist von {sitzung.gremium.ladungsfrist_tage} Tagen ist nicht mehr einzuhalten. "
            "Bitte begründen Sie die Eile, oder wählen Sie einen späteren Termin."
        )
    sitzung = take_step(sitzung, "einladen", by=by, begruendung=begruendung)
    for punkt in sitzung.punkte.exclude(antrag=None).select_related("antrag"):
        Beschlussvorlage.objects.create(punkt=punkt, inhalt=vorlage(punkt.antrag))
    for mitglied in sitzung.gremium.mitgliedschaften.gueltig().filter(person__is_active=True):
        Ladung.objects.create(sitzung=sitzung, mitgliedschaft=mitglied)
    auftrag_anlegen("einladung_pdf", f"einladung:{sitzung.pk}", sitzung=sitzung.pk)
    return sitzung


def eroeffnen(sitzung, *, by, begruendung="") -> Sitzung:
    return take_step(sitzung, "eroeffnen", by=by, eroeffnet_am=timezone.now())


@transaction.atomic
def schliessen(sitzung, *, by, begruendung="") -> Sitzung:
    """Close the meeting; the worker assembles the minutes. Withdrawn cases are noted as such."""
    sitzung = sperren(sitzung)
    offen = sitzung.punkte.filter(ausgang=Ausgang.OFFEN)
    zurueckgezogen = offen.filter(antrag__status="zurueckgezogen")
    zurueckgezogen.update(ausgang=Ausgang.ZURUECKGEZOGEN)
    offen.filter(art=Art.SONSTIGES).update(ausgang=Ausgang.ZUR_KENNTNIS)
    if offen.exists():
        raise ValidationError(
            f"{offen.count()} Punkte sind noch offen. Bitte beschließen, vertagen oder zur Kenntnis nehmen lassen."
        )
    jetzt = timezone.now()
    sitzung.anwesenheiten.filter(bis=None).update(bis=jetzt)
    sitzung = take_step(sitzung, "schliessen", by=by, geschlossen_am=jetzt)
    auftrag_anlegen("niederschrift_pdf", f"niederschrift:{sitzung.pk}", sitzung=sitzung.pk)
    return sitzung


@transaction.atomic
def absagen(sitzung, *, by, begruendung) -> Sitzung:
    """Call a meeting off: its cases are ready for the next one."""
    sitzung = take_step(sitzung, "absagen", by=by, begruendung=begruendung)
    for punkt in sitzung.punkte.filter(art=Art.ANTRAG, ausgang=Ausgang.OFFEN).select_related("antrag"):
        if punkt.antrag.steht_auf_tagesordnung:
            antrag_schritt(punkt.antrag, "von_tagesordnung", by=by, als=Hut.GREMIUM)
    sitzung.punkte.filter(ausgang=Ausgang.OFFEN).update(ausgang=Ausgang.VERTAGT)
    return sitzung


@transaction.atomic
def anwesend(sitzung, mitgliedschaft, *, by, da: bool) -> None:
    """A member comes or goes; the moments stay on record and move the quorum."""
    sitzung = sperren(sitzung)
    if sitzung.status != Status.LAUFEND:
        raise TransitionNotAllowed("Anwesend ist man in einer Sitzung, die läuft.")
    hier = Anwesenheit.objects.filter(sitzung=sitzung, mitgliedschaft=mitgliedschaft, bis=None)
    if da and not hier.exists():
        Anwesenheit.objects.create(sitzung=sitzung, mitgliedschaft=mitgliedschaft, von=timezone.now())
    elif not da:
        hier.update(bis=timezone.now())


@transaction.atomic
def take_step(sitzung, name, *, by, begruendung="", **changes) -> Sitzung:
    """Lock, ask the table again, write the status, the Ereignis and the mails: all or nothing."""
    sitzung = sperren(sitzung)
    step = ABLAUF.require(name, sitzung.status, rollen(by, sitzung.gremium))
    sitzung.status = step.target
    for field, value in changes.items():
        setattr(sitzung, field, value)
    sitzung.save(update_fields=["status", *changes])
    ereignis = _ereignis(sitzung, name, step.past, by=by, begruendung=begruendung)
    if step.notifies and name != "einladen":  # the invitation goes out with its PDF, by the worker
        personen = [m.person for m in sitzung.gremium.mitgliedschaften.gueltig().select_related("person")]
        benachrichtigen(
            [p for p in personen if p.is_active],
            f"gremien/mail/{name}.txt",
            {"sitzung": sitzung, "ereignis": ereignis},
            ereignis=f"sitzung:{ereignis.pk}",
        )
    return sitzung


def sperren(sitzung) -> Sitzung:
    """The row as it is now, locked until the end of the transaction."""
    return Sitzung.objects.select_for_update(of=("self",)).for_page().get(pk=sitzung.pk)


def _agenda_offen(sitzung):
    if sitzung.status not in AGENDA_OFFEN:
        raise TransitionNotAllowed("Die Einladung ist versandt; die Tagesordnung steht fest.")


def _punkt(sitzung, art, titel, antrag) -> Tagesordnungspunkt:
    letzte = sitzung.punkte.aggregate(hoechste=Max("position"))["hoechste"] or 0
    return Tagesordnungspunkt.objects.create(
        sitzung=sitzung, position=letzte + 1, art=art, titel=titel[:200], antrag=antrag
    )


def _ereignis(sitzung, schritt, text, *, by, begruendung="") -> Sitzungsereignis:
    worn = rollen(by, sitzung.gremium)
    hut = next((rolle for rolle in Rolle if rolle in worn), None)
    return Sitzungsereignis.objects.create(
        sitzung=sitzung,
        schritt=schritt,
        text=text,
        begruendung=begruendung,
        durch=by,
        rolle=f"{hut.label}, {sitzung.gremium.name}"[:120] if hut else "",
    )
