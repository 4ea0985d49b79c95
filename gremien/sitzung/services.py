"""Planning, inviting to, opening and closing a meeting. One function, one step.

Lock order: Sitzung → Budget → Antrag → counter.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from angebote.antrag.machine import take_step as antrag_schritt
from angebote.models import Antrag
from gremien.sitzung.bedingungen import zu_laden
from gremien.sitzung.leiten import leiten, sperren_fuer
from gremien.sitzung.machine import SITZUNG, take_step
from gremien.sitzung.models import (
    Anwesenheit,
    Beschlussvorlage,
    Ladung,
    Punktleitung,
    Sitzung,
    Tagesordnungspunkt,
)
from gremien.sitzung.permissions import RECHTE, rollen
from gremien.sitzung.vorlage import vorlage
from gremien.sitzung.vorsitz import read_leitung
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.services import next_number, order_job
from schulerfolg.konten.permissions import Rolle as Kontorolle

Art, Ausgang = Tagesordnungspunkt.Art, Tagesordnungspunkt.Ausgang


@transaction.atomic
def sitzung_anlegen(gremium, *, by, beginn, ort, zweite_ladung=False) -> Sitzung:
    """Plan a meeting; numbers run without gaps per Gremium and year."""
    RECHTE.require(rollen(by, gremium), "planen")
    jahr = timezone.localtime(beginn).year
    sitzung = Sitzung.objects.create(
        gremium=gremium,
        nummer=f"{jahr}/{next_number(f'sitzung:{gremium.pk}:{jahr}'):02}",
        beginn=beginn,
        ort=ort,
        zweite_ladung=zweite_ladung,
    )
    SITZUNG.note(sitzung, "anlegen", "hat die Sitzung geplant", by=by, before="")
    return sitzung


@transaction.atomic
def termin_aendern(sitzung, *, by, beginn, ort, zweite_ladung=False) -> Sitzung:
    """Another day or place, as long as nobody was invited. The number stays."""
    sitzung = sperren_fuer(sitzung, "tagesordnung", by)
    sitzung.beginn, sitzung.ort, sitzung.zweite_ladung = beginn, ort, zweite_ladung
    sitzung.save(update_fields=["beginn", "ort", "zweite_ladung"])
    SITZUNG.note(sitzung, "termin_aendern", "hat Termin oder Ort geändert", by=by)
    return sitzung


@transaction.atomic
def bereite_aufnehmen(sitzung, *, by, nur: Iterable[Antrag] | None = None) -> int:
    """Put every Antrag that is ready on the agenda, and what the office decided by itself as Kenntnisnahme.

    `nur` keeps to these. Returns how many items came.
    """
    sitzung = sperren_fuer(sitzung, "tagesordnung", by)
    stelle, vorher = sitzung.gremium.netzwerkstelle, sitzung.punkte.count()
    gewollt = None if nur is None else {antrag.pk for antrag in nur}
    for antrag in Antrag.objects.bereit_fuer(stelle):
        if gewollt is None or antrag.pk in gewollt:
            text = f"hat den Antrag für {sitzung} vorgesehen"
            antrag_schritt(antrag, "auf_tagesordnung", by=by, hat=Kontorolle.GREMIUM, text=text)
            _punkt(sitzung, Art.ANTRAG, str(antrag), antrag)
    berichtet = Tagesordnungspunkt.objects.filter(art=Art.KENNTNISNAHME).exclude(ausgang=Ausgang.VERTAGT)
    for antrag in Antrag.objects.selbst_entschieden(stelle).exclude(pk__in=berichtet.values("antrag")):
        if gewollt is None or antrag.pk in gewollt:
            _punkt(sitzung, Art.KENNTNISNAHME, f"Zur Kenntnis: {antrag}", antrag)
    return sitzung.punkte.count() - vorher


@transaction.atomic
def punkt_hinzufuegen(sitzung, *, by, titel) -> Tagesordnungspunkt:
    return _punkt(sperren_fuer(sitzung, "tagesordnung", by), Art.SONSTIGES, titel, None)


@transaction.atomic
def punkt_entfernen(punkt, *, by) -> None:
    """Take an item off the agenda that is still being made; its Antrag is ready again, unless it was withdrawn."""
    sitzung = sperren_fuer(punkt.sitzung, "tagesordnung", by)
    if punkt.art == Art.ANTRAG and punkt.antrag.steht_auf_tagesordnung:
        antrag_schritt(punkt.antrag, "von_tagesordnung", by=by, hat=Kontorolle.GREMIUM)
    punkt.delete()
    for position, rest in enumerate(sitzung.punkte.order_by("position"), start=1):
        Tagesordnungspunkt.objects.filter(pk=rest.pk).update(position=position)


@transaction.atomic
def punkt_verschieben(punkt, *, by, hoch: bool) -> None:
    """Swap an item with its neighbour."""
    sitzung = sperren_fuer(punkt.sitzung, "tagesordnung", by)
    punkt.refresh_from_db()
    nachbar = (
        sitzung.punkte.filter(position__lt=punkt.position).order_by("-position").first()
        if hoch
        else sitzung.punkte.filter(position__gt=punkt.position).order_by("position").first()
    )
    if nachbar:
        punkt.position, nachbar.position = nachbar.position, punkt.position
        punkt.save(update_fields=["position"])
        nachbar.save(update_fields=["position"])


def einladen(sitzung, *, by, begruendung="") -> Sitzung:
    """Freeze agenda and papers, record an invitation per member, have the worker render and send it."""

    def laden(sitzung):
        if timezone.now() > ladungsschluss(sitzung) and not begruendung.strip():
            raise ValidationError(
                f"Die Ladungsfrist von {sitzung.gremium.ladungsfrist_tage} Tagen ist nicht mehr einzuhalten. "
                "Bitte begründen Sie die Eile, oder wählen Sie einen späteren Termin."
            )
        for punkt in sitzung.punkte.exclude(antrag=None).select_related("antrag"):
            Beschlussvorlage.objects.create(punkt=punkt, inhalt=vorlage(punkt.antrag))
        _laden(sitzung)

    return take_step(sitzung, "einladen", by=by, begruendung=begruendung, meanwhile=laden)


@transaction.atomic
def nachladen(sitzung, *, by) -> int:
    """Invite members who came after the invitation; who was invited already hears nothing. Returns how many."""
    return _laden(sperren_fuer(sitzung, "laden", by))


def ladungsschluss(sitzung):
    """The last moment at which the invitation is in time."""
    return sitzung.beginn - timedelta(days=sitzung.gremium.ladungsfrist_tage)


def eroeffnen(sitzung, *, by, begruendung="") -> Sitzung:
    return take_step(sitzung, "eroeffnen", by=by, eroeffnet_am=timezone.now())


def schliessen(sitzung, *, by, begruendung="") -> Sitzung:
    """Close the meeting; the worker assembles the minutes. Withdrawn cases are noted as such."""

    def abschliessen(sitzung):
        offen = sitzung.punkte.filter(ausgang=Ausgang.OFFEN)
        offen.filter(art=Art.ANTRAG).update(ausgang=Ausgang.ZURUECKGEZOGEN)
        offen.filter(art=Art.SONSTIGES).update(ausgang=Ausgang.ZUR_KENNTNIS)
        sitzung.anwesenheiten.filter(bis=None).update(bis=sitzung.geschlossen_am)
        order_job("niederschrift_pdf", f"niederschrift:{sitzung.pk}", sitzung=sitzung.pk)

    return take_step(sitzung, "schliessen", by=by, meanwhile=abschliessen, geschlossen_am=timezone.now())


def absagen(sitzung, *, by, begruendung) -> Sitzung:
    """Call a meeting off: its cases are ready for the next one."""

    def freigeben(sitzung):
        for punkt in sitzung.punkte.filter(art=Art.ANTRAG, ausgang=Ausgang.OFFEN).select_related("antrag"):
            if punkt.antrag.steht_auf_tagesordnung:
                antrag_schritt(punkt.antrag, "von_tagesordnung", by=by, hat=Kontorolle.GREMIUM)
        sitzung.punkte.filter(ausgang=Ausgang.OFFEN).update(ausgang=Ausgang.VERTAGT)

    return take_step(sitzung, "absagen", by=by, begruendung=begruendung, meanwhile=freigeben)


@transaction.atomic
def anwesend(sitzung, mitgliedschaft, *, by, da: bool) -> None:
    """A member comes or goes; the moments stay on record and move the quorum."""
    sitzung = sperren_fuer(sitzung, "leiten", by)
    hier = Anwesenheit.objects.filter(sitzung=sitzung, mitgliedschaft=mitgliedschaft, bis=None)
    if da and not hier.exists():
        Anwesenheit.objects.create(sitzung=sitzung, mitgliedschaft=mitgliedschaft, von=timezone.now())
    elif not da:
        hier.update(bis=timezone.now())


@transaction.atomic
def leitung_bestimmen(punkt, *, by, mitglied) -> Punktleitung:
    """The members say who presides over an item on which nobody has the chair; somebody who leads records it."""
    punkt = leiten(punkt, by)
    leitung = read_leitung(punkt)
    if leitung.mitglied and leitung.mitglied.leitet:
        raise TransitionNotAllowed(f"{leitung.mitglied.person} ist da und leitet diesen Punkt.")
    if mitglied not in leitung.hier:
        raise ValidationError({"mitglied": f"{mitglied.person} ist nicht im Raum oder bei diesem Punkt befangen."})
    text = f"hat zu {punkt.top} festgehalten, dass die Mitglieder {{betrifft}} die Leitung übertragen haben"
    SITZUNG.note(punkt.sitzung, "leitung_bestimmen", text, by=by, betrifft=mitglied.person)
    return Punktleitung.objects.create(punkt=punkt, mitgliedschaft=mitglied, bestimmt=True, festgehalten_durch=by)


def leitung_festhalten(punkt, *, by, am) -> None:
    """Note with what becomes of an item who presided over it; nothing where nobody did."""
    leitung = read_leitung(punkt)
    if leitung.mitglied:
        Punktleitung.objects.create(punkt=punkt, mitgliedschaft=leitung.mitglied, am=am, festgehalten_durch=by)


def _laden(sitzung) -> int:
    neu = Ladung.objects.bulk_create([Ladung(sitzung=sitzung, mitgliedschaft=m) for m in zu_laden(sitzung)])
    if neu:
        order_job("einladung_pdf", f"einladung:{sitzung.pk}:{sitzung.ladungen.count()}", sitzung=sitzung.pk)
    return len(neu)


def _punkt(sitzung, art, titel, antrag) -> Tagesordnungspunkt:
    letzte = sitzung.punkte.aggregate(hoechste=Max("position"))["hoechste"] or 0
    return Tagesordnungspunkt.objects.create(
        sitzung=sitzung, position=letzte + 1, art=art, titel=titel[:200], antrag=antrag
    )
