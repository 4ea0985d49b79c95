"""Planning, inviting to, opening and closing a meeting. One function, one step.

Lock order: Sitzung → Budget → Antrag → counter.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from angebote.antrag.machine import take_step as antrag_schritt
from angebote.models import Antrag
from gremien.sitzung.ladung import zeit_ist_frei
from gremien.sitzung.leiten import jetzt_unter_sperre, leiten, sperren_fuer
from gremien.sitzung.machine import SITZUNG, take_step
from gremien.sitzung.models import (
    Anwesenheit,
    Punktleitung,
    Sitzung,
    Tagesordnungspunkt,
)
from gremien.sitzung.permissions import RECHTE, rollen
from gremien.sitzung.vorsitz import read_leitung
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.services import next_number, order_job
from schulerfolg.formular.konflikt import Konflikt, fingerprint
from schulerfolg.konten.permissions import Rolle as Kontorolle
from schulerfolg.zeit import termin

Art, Ausgang = Tagesordnungspunkt.Art, Tagesordnungspunkt.Ausgang
NICHT_BEIM_SCHLIESSEN = (
    "Dabei wirken Sie nicht mit, solange Sie befangen sein können. Sie können nur festhalten, dass der Punkt nicht "
    "behandelt wurde; sonst schließt jemand anderes die Sitzung."
)
KEIN_ANLASS = (
    "Eine zweite Ladung gibt es nur für einen Punkt, über den das Gremium mangels Beschlussfähigkeit nicht beschließen "
    "konnte. Zurzeit ist keiner offen."
)
NIEMAND_DA = "Niemand ist als anwesend festgehalten. Bitte halten Sie zuerst fest, wer da ist."
ANTWORTEN = {
    "behandelt": Ausgang.ZUR_KENNTNIS,
    "vertagt": Ausgang.VERTAGT,
    "nicht_behandelt": Ausgang.NICHT_BEHANDELT,
}


@transaction.atomic
def sitzung_anlegen(gremium, *, by, beginn, ort, zweite_ladung=False) -> Sitzung:
    """Plan a meeting; numbers run without gaps per Gremium and year."""
    RECHTE.require(rollen(by, gremium), "planen")
    zeit_ist_frei(gremium, beginn)
    _anlass_fuer(gremium, zweite_ladung)
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
def termin_aendern(sitzung, *, by, beginn, ort, zweite_ladung=False, version="") -> Sitzung:
    """Another day or place, as long as nobody was invited. The number stays. `version`: what the page showed."""
    zeit_ist_frei(sitzung.gremium, beginn, sitzung)
    sitzung = sperren_fuer(sitzung, "tagesordnung", by)
    _anlass_fuer(sitzung.gremium, zweite_ladung)
    if version not in ("", jetzt := version_des_termins(sitzung)):
        was = "Jemand hat den Termin inzwischen geändert."
        raise Konflikt(was, f"{termin(sitzung.beginn)}, {sitzung.ort}", jetzt, termin_in_feldern(sitzung))
    sitzung.beginn, sitzung.ort, sitzung.zweite_ladung = beginn, ort, zweite_ladung
    sitzung.save(update_fields=["beginn", "ort", "zweite_ladung"])
    SITZUNG.note(sitzung, "termin_aendern", "hat Termin oder Ort geändert", by=by)
    return sitzung


def _anlass_fuer(gremium, zweite_ladung) -> None:
    """VwVfG § 90 (2): only what was put off for lack of a quorum is invited to a second time."""
    if zweite_ladung and not Tagesordnungspunkt.objects.ohne_quorum(gremium).exists():
        raise ValidationError({"zweite_ladung": KEIN_ANLASS})


def termin_in_feldern(sitzung) -> dict[str, Any]:
    """Day, hour and place as the forms ask for them."""
    beginn = timezone.localtime(sitzung.beginn)
    return {"tag": beginn.date(), "uhrzeit": beginn.time(), "ort": sitzung.ort, "zweite_ladung": sitzung.zweite_ladung}


def version_des_termins(sitzung) -> str:
    return fingerprint([sitzung.beginn, sitzung.ort, sitzung.zweite_ladung])


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
    berichtet = Tagesordnungspunkt.objects.filter(art=Art.KENNTNISNAHME).exclude(
        ausgang__in=[Ausgang.VERTAGT, Ausgang.NICHT_BEHANDELT]
    )
    for antrag in Antrag.objects.selbst_entschieden(stelle).exclude(pk__in=berichtet.values("antrag")):
        if gewollt is None or antrag.pk in gewollt:
            _punkt(sitzung, Art.KENNTNISNAHME, f"Zur Kenntnis: {antrag}", antrag)
    return sitzung.punkte.count() - vorher


@transaction.atomic
def punkt_hinzufuegen(sitzung, *, by, titel) -> Tagesordnungspunkt:
    sitzung = sperren_fuer(sitzung, "tagesordnung", by)
    if vorhanden := sitzung.punkte.filter(art=Art.SONSTIGES, titel=titel).first():
        raise ValidationError({"titel": f"„{titel}“ steht schon auf der Tagesordnung: {vorhanden.top}."})
    return _punkt(sitzung, Art.SONSTIGES, titel, None)


@transaction.atomic
def auf_tagesordnung(sitzung, *, by, antrag) -> Tagesordnungspunkt:
    """One case from its own page onto this agenda; TransitionNotAllowed where it is not ready any more."""
    if not bereite_aufnehmen(sitzung, by=by, nur=[antrag]):
        raise TransitionNotAllowed(
            "Der Antrag ist nicht mehr bereit für das Gremium, oder er steht schon auf einer "
            "Tagesordnung. Wie es jetzt steht, lesen Sie auf dieser Seite."
        )
    return sitzung.punkte.get(antrag=antrag, art=Art.ANTRAG, ausgang=Ausgang.OFFEN)


@transaction.atomic
def punkt_entfernen(punkt, *, by, begruendung="") -> None:
    """Take an item off the agenda that is still being made; its Antrag is ready again, unless it was withdrawn.

    What a case waits for again is told in its history: there it needs a reason.
    """
    sitzung = sperren_fuer(punkt.sitzung, "tagesordnung", by)
    if not sitzung.punkte.filter(pk=punkt.pk).exists():
        return
    if punkt.art == Art.ANTRAG and punkt.antrag.steht_auf_tagesordnung:
        if not begruendung.strip():
            raise ValidationError({"begruendung": "Bitte sagen Sie, warum der Antrag nicht in diese Sitzung kommt."})
        antrag_schritt(punkt.antrag, "von_tagesordnung", by=by, hat=Kontorolle.GREMIUM, begruendung=begruendung)
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


@transaction.atomic
def eroeffnen(sitzung, *, by, begruendung="") -> Sitzung:
    """Open the meeting on its day; on another one somebody says why, for the history and the minutes."""

    def am_tag(sitzung):
        if not sitzung.ist_am_tag_von(sitzung.eroeffnet_am) and not begruendung.strip():
            tag = date_format(timezone.localdate(sitzung.beginn), "l, j. F Y")
            raise ValidationError(f"Die Sitzung ist für {tag} angesetzt. Bitte begründen Sie, warum sie heute beginnt.")

    jetzt = jetzt_unter_sperre(sitzung)
    return take_step(
        sitzung, "eroeffnen", by=by, begruendung=begruendung, am=jetzt, meanwhile=am_tag, eroeffnet_am=jetzt
    )


@transaction.atomic
def schliessen(
    sitzung,
    *,
    by,
    antworten: Mapping[int, str] = {},
    version=None,
    ohne_quorum: Collection[int] = (),
) -> Sitzung:
    """Close the meeting; the worker assembles the minutes. Withdrawn cases are noted as such.

    `antworten`: what became of every other item that is still open, by its id: behandelt, vertagt, nicht_behandelt.
    `ohne_quorum`: on which of them the Gremium could not have resolved.
    """

    def abschliessen(sitzung):
        offen = list(sitzung.punkte.offen())
        if unklar := ", ".join(p.top for p in offen if p.pk not in antworten and not p.zurueckgezogen):
            raise ValidationError(f"Noch offen: {unklar}. Bitte sagen Sie zu jedem Punkt, was daraus geworden ist.")
        for punkt in offen:
            _abschliessen(punkt, antworten.get(punkt.pk), by, sitzung.geschlossen_am, ohne_quorum)
        sitzung.anwesenheiten.filter(bis=None).update(bis=sitzung.geschlossen_am)
        order_job("niederschrift_pdf", f"niederschrift:{sitzung.pk}", sitzung=sitzung.pk)

    jetzt = jetzt_unter_sperre(sitzung)
    return take_step(
        sitzung, "schliessen", by=by, version=version, am=jetzt, meanwhile=abschliessen, geschlossen_am=jetzt
    )


def _abschliessen(punkt, antwort, by, am, ohne_quorum) -> None:
    """What becomes of one open item when the meeting closes; a case that was not resolved waits for the next one."""
    unfaehig = False
    if punkt.zurueckgezogen:
        ausgang = Ausgang.ZURUECKGEZOGEN
    else:
        ausgang = ANTWORTEN[antwort]
        unfaehig = punkt.pk in ohne_quorum
        if ausgang == Ausgang.ZUR_KENNTNIS and not punkt.sitzung.anwesenheiten.exists():
            raise ValidationError(f"{punkt.top}: {NIEMAND_DA}")
        if (
            ausgang != Ausgang.NICHT_BEHANDELT
            and punkt.befangenheiten.filter(mitgliedschaft__person=by).schliessen_aus().exists()
        ):
            raise ValidationError(f"{punkt.top}: {NICHT_BEIM_SCHLIESSEN}")
        if punkt.art == Art.ANTRAG and ausgang == Ausgang.ZUR_KENNTNIS:
            raise ValidationError(
                f"{punkt.top}: Über einen Antrag wird abgestimmt, oder er kommt auf die nächste Sitzung."
            )
        if punkt.art == Art.ANTRAG:
            text = f"hat festgehalten: in {punkt.sitzung} {ausgang.label}"
            antrag_schritt(punkt.antrag, "von_tagesordnung", by=by, hat=Kontorolle.GREMIUM, text=text)
        if ausgang != Ausgang.NICHT_BEHANDELT:
            leitung_festhalten(punkt, by=by, am=am)
    Tagesordnungspunkt.objects.filter(pk=punkt.pk).update(ausgang=ausgang, beschlussunfaehig=unfaehig)


def absagen(sitzung, *, by, begruendung) -> Sitzung:
    """Call a meeting off: its cases are ready for the next one."""

    def freigeben(sitzung):
        for punkt in sitzung.punkte.filter(art=Art.ANTRAG, ausgang=Ausgang.OFFEN).select_related("antrag"):
            if punkt.antrag.steht_auf_tagesordnung:
                antrag_schritt(punkt.antrag, "von_tagesordnung", by=by, hat=Kontorolle.GREMIUM)
        sitzung.punkte.filter(ausgang=Ausgang.OFFEN).update(ausgang=Ausgang.NICHT_BEHANDELT)

    return take_step(sitzung, "absagen", by=by, begruendung=begruendung, meanwhile=freigeben)


@transaction.atomic
def anwesend(sitzung, mitgliedschaft, *, by, da: bool) -> None:
    """A member comes or goes; the moments stay on record and move the quorum."""
    sitzung = sperren_fuer(sitzung, "leiten", by)
    jetzt = timezone.now()
    hier = Anwesenheit.objects.filter(sitzung=sitzung, mitgliedschaft=mitgliedschaft, bis=None)
    if da and not hier.exists():
        Anwesenheit.objects.create(sitzung=sitzung, mitgliedschaft=mitgliedschaft, von=jetzt)
    elif not da:
        hier.update(bis=jetzt)


@transaction.atomic
def leitung_bestimmen(punkt, *, by, mitglied) -> Punktleitung:
    """The members say who presides over an item on which nobody has the chair; somebody who leads records it."""
    punkt = leiten(punkt, by)
    leitung = read_leitung(punkt)
    if leitung.mitglied and leitung.mitglied.leitet and not leitung.niemand_stellt_fest:
        raise TransitionNotAllowed(f"{leitung.mitglied.person} ist da und leitet diesen Punkt.")
    if mitglied not in leitung.hier:
        raise ValidationError({"mitglied": f"{mitglied.person} ist nicht im Raum oder bei diesem Punkt befangen."})
    text = f"hat zu {punkt.top} festgehalten, dass die Mitglieder {{betrifft}} die Leitung übertragen haben"
    jetzt = timezone.now()
    SITZUNG.note(punkt.sitzung, "leitung_bestimmen", text, by=by, betrifft=mitglied.person, am=jetzt)
    return Punktleitung.objects.create(
        punkt=punkt, mitgliedschaft=mitglied, bestimmt=True, festgehalten_durch=by, am=jetzt
    )


def leitung_festhalten(punkt, *, by, am) -> None:
    """Note with what becomes of an item who presided over it; nothing where nobody did."""
    leitung = read_leitung(punkt)
    if leitung.mitglied:
        Punktleitung.objects.create(punkt=punkt, mitgliedschaft=leitung.mitglied, am=am, festgehalten_durch=by)


def _punkt(sitzung, art, titel, antrag) -> Tagesordnungspunkt:
    letzte = sitzung.punkte.aggregate(hoechste=Max("position"))["hoechste"] or 0
    return Tagesordnungspunkt.objects.create(sitzung=sitzung, position=letzte + 1, art=art, titel=titel, antrag=antrag)
