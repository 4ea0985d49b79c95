"""Bias, votes and resolutions. The count follows regeln.py; what it means for the case follows from the Beschluss."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.abschnitte import euro
from angebote.antrag.services import take_step as antrag_schritt
from angebote.entscheidung.services import beschluss_umsetzen, sperren_fuer
from gremien.abstimmung.models import Befangenheit, Beschluss, Stimme
from gremien.abstimmung.regeln import Beschlussfaehigkeit, Ergebnis, ergebnis
from gremien.abstimmung.vorschlaege import vorschlaege
from gremien.gremium.models import Mitgliedschaft
from gremien.sitzung import services as sitzungen
from gremien.sitzung.models import Sitzung, Tagesordnungspunkt
from gremien.sitzung.permissions import may_with, rollen
from gremien.sitzung.services import sperren
from gremien.sitzung.workflow import Status
from schulerfolg.akte.services import naechste_nummer
from schulerfolg.konten.permissions import Rolle as Hut
from schulerfolg.workflow import TransitionNotAllowed

Ausgang, Entscheidung = Tagesordnungspunkt.Ausgang, Befangenheit.Entscheidung


@dataclass(frozen=True, slots=True)
class Lage:
    """How an item stands at this moment: who may vote, and whether the Gremium can resolve."""

    stimmberechtigt: list[Mitgliedschaft]
    """Present and not excluded, with a vote."""
    faehig: Beschlussfaehigkeit


def lage(punkt) -> Lage:
    """Count for one item, live. An open question of bias excludes until it is decided."""
    gremium = punkt.sitzung.gremium
    alle = list(gremium.mitgliedschaften.stimmberechtigt().select_related("person", "organisation"))
    befangen = set(
        punkt.befangenheiten.exclude(entscheidung=Entscheidung.NICHT_BEFANGEN).values_list("mitgliedschaft", flat=True)
    )
    da = set(punkt.sitzung.anwesenheiten.filter(bis=None).values_list("mitgliedschaft", flat=True))
    duerfen = [m for m in alle if m.pk in da and m.pk not in befangen]
    return Lage(
        duerfen,
        Beschlussfaehigkeit(
            stimmberechtigt=len(alle),
            anwesend=len(duerfen),
            ausgeschlossen=len([m for m in alle if m.pk in befangen]),
            mindestens=gremium.mindestens,
            zweite_ladung=punkt.sitzung.zweite_ladung,
        ),
    )


@transaction.atomic
def einladen(sitzung, *, by, begruendung="") -> Sitzung:
    """Send the invitation and note the portal's own proposals of Befangenheit, so that members see them in time."""
    sitzung = sitzungen.einladen(sitzung, by=by, begruendung=begruendung)
    befangenheit_vorschlagen(sitzung)
    return sitzung


@transaction.atomic
def befangenheit_vorschlagen(sitzung) -> int:
    """The portal's own proposals for every case on the agenda; what a member declared stays."""
    mitglieder = list(sitzung.gremium.mitgliedschaften.gueltig())
    neu = [
        Befangenheit(punkt=punkt, mitgliedschaft=v.mitgliedschaft, grad=v.grad, grund=v.grund)
        for punkt in sitzung.punkte.filter(art="antrag").select_related("antrag__schule")
        for v in vorschlaege(punkt.antrag, mitglieder)
    ]
    return len(Befangenheit.objects.bulk_create(neu, ignore_conflicts=True))


@transaction.atomic
def befangenheit_erklaeren(punkt, mitgliedschaft, *, grad, grund) -> Befangenheit:
    """A member says so; it counts at once, until the Gremium decides."""
    _ohne_beschluss(punkt)
    befangenheit, _ = Befangenheit.objects.update_or_create(
        punkt=punkt,
        mitgliedschaft=mitgliedschaft,
        defaults={
            "grad": grad,
            "grund": grund,
            "selbst_erklaert": True,
            "erklaert_am": timezone.now(),
            "entscheidung": Entscheidung.OFFEN,
            "entschieden_am": None,
        },
    )
    return befangenheit


@transaction.atomic
def befangenheit_entscheiden(befangenheit, *, by, entscheidung, hat_verlassen=False) -> Befangenheit:
    """The Gremium decides without the member (VwVfG § 20 (4)); before the vote, not after it."""
    sitzung = sperren(befangenheit.punkt.sitzung)
    _laufend(sitzung, by)
    _ohne_beschluss(befangenheit.punkt)
    befangenheit.entscheidung, befangenheit.entschieden_am = entscheidung, timezone.now()
    befangenheit.hat_verlassen = hat_verlassen
    befangenheit.save(update_fields=["entscheidung", "entschieden_am", "hat_verlassen"])
    return befangenheit


@transaction.atomic
def abstimmen(punkt, *, by, stimmen: dict[int, str]) -> None:
    """Record votes: id of the Mitgliedschaft → ja, nein or enthaltung. Only of those who may vote now."""
    sitzung = sperren(punkt.sitzung)
    _laufend(sitzung, by)
    _ohne_beschluss(punkt)
    duerfen = {m.pk for m in lage(punkt).stimmberechtigt}
    fremd = set(stimmen) - duerfen
    if fremd:
        raise ValidationError("Wer befangen oder nicht anwesend ist, stimmt nicht mit.")
    for mitgliedschaft, wert in stimmen.items():
        Stimme.objects.update_or_create(
            punkt=punkt, mitgliedschaft_id=mitgliedschaft, defaults={"wert": wert, "am": timezone.now()}
        )


@transaction.atomic
def beschliessen(punkt, *, by, antrag_auf: str, betrag: Decimal | None = None, auflagen="", gruende="") -> Beschluss:
    """Close the vote on one item and carry the result out on the Antrag: both or neither.

    `antrag_auf`: what was voted on: bewilligen, ablehnen or zurueckstellen. A lost motion to award is a refusal
    and needs its reasons; another lost motion resolves nothing. Raises ValidationError with a German sentence when
    the Gremium can't resolve or the money does not reach, TransitionNotAllowed when the case was withdrawn.
    """
    sitzung = sperren(punkt.sitzung)
    _laufend(sitzung, by)
    _ohne_beschluss(punkt)
    stand = lage(punkt)
    if not stand.faehig.gegeben:
        raise ValidationError(f"Das Gremium ist zu diesem Punkt nicht beschlussfähig: {stand.faehig.satz}.")
    antrag = sperren_fuer(punkt.antrag, betrag if antrag_auf == "bewilligen" else None)
    zahlen = _zaehlen(punkt, stand)
    gefasst = _gefasst(sitzung, zahlen, antrag_auf)
    if gefasst != Beschluss.Ausgang.BEWILLIGEN and not gruende.strip():
        raise ValidationError({"gruende": "Bitte nennen Sie die Gründe; sie stehen im Brief an die Schule."})
    jetzt, betrag = timezone.now(), betrag if gefasst == Beschluss.Ausgang.BEWILLIGEN else None
    kuerzel = sitzung.gremium.netzwerkstelle.kuerzel
    nummer = f"{kuerzel}-B-{jetzt.year}/{naechste_nummer(f'beschluss:{kuerzel}:{jetzt.year}'):02}"
    beschluss = Beschluss.objects.create(
        punkt=punkt,
        antrag=antrag,
        nummer=nummer,
        ausgang=gefasst,
        wortlaut=_wortlaut(antrag, gefasst, betrag),
        betrag=betrag,
        auflagen=auflagen if betrag else "",
        gruende=gruende,
        festgestellt_durch=by,
        am=jetzt,
        ja=zahlen["ja"],
        nein=zahlen["nein"],
        enthaltung=zahlen["enthaltung"],
        stimmberechtigt=stand.faehig.stimmberechtigt,
        anwesend=stand.faehig.anwesend,
        ausgeschlossen=stand.faehig.ausgeschlossen,
        beschlussfaehigkeit=stand.faehig.satz,
    )
    beschluss_umsetzen(
        antrag,
        by=by,
        ergebnis=gefasst,
        nummer=nummer,
        am=timezone.localdate(jetzt),
        betrag=betrag,
        auflagen=beschluss.auflagen,
        gruende=gruende,
    )
    _ausgang(punkt, Ausgang.BESCHLOSSEN)
    return beschluss


@transaction.atomic
def vertagen(punkt, *, by) -> None:
    """Put an item off: its case waits for the next meeting."""
    sitzung = sperren(punkt.sitzung)
    _laufend(sitzung, by)
    _ohne_beschluss(punkt)
    if punkt.antrag and punkt.art == Tagesordnungspunkt.Art.ANTRAG:
        antrag_schritt(
            punkt.antrag, "von_tagesordnung", by=by, als=Hut.GREMIUM, text=f"hat den Antrag in {sitzung} vertagt"
        )
    _ausgang(punkt, Ausgang.VERTAGT)


@transaction.atomic
def zur_kenntnis_nehmen(punkt, *, by) -> None:
    sitzung = sperren(punkt.sitzung)
    _laufend(sitzung, by)
    _ausgang(punkt, Ausgang.ZUR_KENNTNIS)


def _zaehlen(punkt, stand) -> dict[str, int | str | None]:
    """Only votes of those who may vote at this moment count."""
    duerfen = {m.pk: m for m in stand.stimmberechtigt}
    werte = {s.mitgliedschaft_id: s.wert for s in punkt.stimmen.all() if s.mitgliedschaft_id in duerfen}
    vorsitz = next((wert for pk, wert in werte.items() if duerfen[pk].rolle == Mitgliedschaft.Rolle.VORSITZ), None)
    return {wert: list(werte.values()).count(wert) for wert in Stimme.Wert.values} | {"vorsitz": vorsitz}


def _gefasst(sitzung, zahlen, antrag_auf) -> str:
    gefunden = ergebnis(
        zahlen["ja"],
        zahlen["nein"],
        stimme_vorsitz=zahlen["vorsitz"],
        vorsitz_entscheidet=sitzung.gremium.vorsitz_entscheidet,
    )
    if gefunden == Ergebnis.ANGENOMMEN:
        return antrag_auf
    if antrag_auf == Beschluss.Ausgang.BEWILLIGEN:
        return Beschluss.Ausgang.ABLEHNEN
    raise ValidationError(
        "Dafür gibt es keine Mehrheit. Bitte stellen Sie die Bewilligung zur Abstimmung, oder vertagen Sie."
    )


def _wortlaut(antrag, gefasst, betrag) -> str:
    if gefasst == Beschluss.Ausgang.BEWILLIGEN:
        return f"Das Gremium bewilligt für den Antrag {antrag} eine Förderung von {euro(betrag)}."
    wort = "lehnt ab" if gefasst == Beschluss.Ausgang.ABLEHNEN else "stellt zurück"
    return f"Das Gremium {wort}: Antrag {antrag}."


def _ausgang(punkt, ausgang):
    Tagesordnungspunkt.objects.filter(pk=punkt.pk).update(ausgang=ausgang)


def _ohne_beschluss(punkt):
    if Tagesordnungspunkt.objects.get(pk=punkt.pk).ausgang != Ausgang.OFFEN:
        raise TransitionNotAllowed("Zu diesem Punkt ist schon entschieden.")


def _laufend(sitzung, by):
    if sitzung.status != Status.LAUFEND:
        raise TransitionNotAllowed("Das geht nur, während die Sitzung läuft.")
    if not may_with(rollen(by, sitzung.gremium), "leiten"):
        raise TransitionNotAllowed("Die Sitzung leiten Vorsitz, Schriftführung und Netzwerkstelle.")
