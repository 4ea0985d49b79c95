"""Votes and resolutions. The count follows regeln.py; what it means for the case follows from the Beschluss.

Each locks the meeting, reads the Lage once, decides and writes. Lock order: Sitzung → Budget → Antrag → counter.
"""

from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.machine import take_step as antrag_schritt
from angebote.entscheidung.services import beschluss_umsetzen
from angebote.entscheidung.services import sperren_fuer as geld_und_antrag_sperren
from gremien.abstimmung.lage import Lage, read_lage
from gremien.abstimmung.models import Beschluss, Stimme
from gremien.abstimmung.regeln import Ergebnis
from gremien.befangenheit.models import Befangenheit
from gremien.befangenheit.services import leiten
from gremien.sitzung.models import Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, rollen
from gremien.sitzung.services import leitung_festhalten
from gremien.sitzung.vorsitz import NIEMAND
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.services import next_number
from schulerfolg.geld import euro
from schulerfolg.konten.permissions import Rolle as Kontorolle

Art, Ausgang, Entscheidung = Tagesordnungspunkt.Art, Tagesordnungspunkt.Ausgang, Befangenheit.Entscheidung
BEWILLIGEN, ABLEHNEN = Beschluss.Ausgang.BEWILLIGEN, Beschluss.Ausgang.ABLEHNEN


@transaction.atomic
def abstimmen(punkt, *, by, stimmen: dict[int, str]) -> Lage:
    """Record votes: id of the Mitgliedschaft → ja, nein or enthaltung. Only of those who may vote now."""
    return _stimmen_festhalten(_unter_sperre(punkt, by), stimmen)


@transaction.atomic
def feststellen(punkt, *, by, stimmen: dict[int, str], **vorschlag) -> Beschluss:
    """Record the last votes and close the vote in one go: what the page of an item does."""
    return _fassen(_stimmen_festhalten(_unter_sperre(punkt, by), stimmen), by, **vorschlag)


@transaction.atomic
def beschliessen(punkt, *, by, **vorschlag) -> Beschluss:
    """Close the vote on one item and carry the result out on the Antrag: both or neither.

    `antrag_auf`: what was voted on: bewilligen, ablehnen or zurueckstellen; `betrag`, `auflagen`, `gruende` as the
    motion has them. A lost motion to award is a refusal and needs its reasons; another lost motion resolves nothing.
    Raises ValidationError with a German sentence when the Gremium can't resolve or the money does not reach,
    TransitionNotAllowed when the case was withdrawn.
    """
    return _fassen(_unter_sperre(punkt, by), by, **vorschlag)


def _unter_sperre(punkt, by) -> Lage:
    """How an item stands on which somebody may have a vote taken now, with its meeting locked."""
    punkt = leiten(punkt, by)
    if not punkt.abstimmbar:
        raise TransitionNotAllowed("Über diesen Punkt wird nicht abgestimmt; sein Antrag ist zurückgezogen.")
    lage = read_lage(punkt)
    if lage.vorsitz is None:
        raise ValidationError(NIEMAND)
    return lage


def _wer_feststellt(lage: Lage, by) -> None:
    """Only who leads the meeting declares; whoever has no such hat gets 403, everybody else the reason."""
    hats = lage.leitung.hats(by, rollen(by, lage.saal.sitzung.gremium))
    RECHTE.require(hats, "feststellen")
    if hindernis := lage.leitung.hindernis(by):
        raise ValidationError(hindernis)


def _stimmen_festhalten(lage: Lage, stimmen) -> Lage:
    if set(stimmen) - {m.pk for m in lage.stimmberechtigt}:
        raise ValidationError("Wer befangen oder nicht anwesend ist, stimmt nicht mit.")
    jetzt = timezone.now()
    neu = [Stimme(punkt=lage.punkt, mitgliedschaft_id=wer, wert=wert, am=jetzt) for wer, wert in stimmen.items()]
    Stimme.objects.bulk_create(
        neu,
        update_conflicts=True,
        unique_fields=["punkt", "mitgliedschaft"],
        update_fields=["wert", "am"],
    )
    return replace(lage, stimmen={**lage.stimmen, **{stimme.mitgliedschaft_id: stimme for stimme in neu}})


def _fassen(lage: Lage, by, *, antrag_auf: str, betrag: Decimal | None = None, auflagen="", gruende="") -> Beschluss:
    _wer_feststellt(lage, by)
    _beschlussreif(lage)
    if antrag_auf == BEWILLIGEN and not betrag:
        raise ValidationError({"betrag": "Bitte nennen Sie den Betrag, über den abgestimmt wird."})
    antrag = geld_und_antrag_sperren(lage.punkt.antrag, betrag if antrag_auf == BEWILLIGEN else None)
    gefasst = _gefasst(lage, antrag_auf)
    if gefasst != BEWILLIGEN and not gruende.strip():
        raise ValidationError({"gruende": "Bitte nennen Sie die Gründe; sie stehen im Brief an die Schule."})
    beschluss = _festhalten(lage, antrag, gefasst, betrag, auflagen, gruende, by)
    beschluss_umsetzen(
        antrag,
        by=by,
        ergebnis=gefasst,
        nummer=beschluss.nummer,
        am=timezone.localdate(beschluss.am),
        betrag=beschluss.betrag,
        auflagen=beschluss.auflagen,
        gruende=gruende,
    )
    _ausgang(lage.punkt, Ausgang.BESCHLOSSEN, by)
    return beschluss


def _festhalten(lage, antrag, gefasst, betrag, auflagen, gruende, by) -> Beschluss:
    jetzt, bewilligt, zahlen = timezone.now(), gefasst == BEWILLIGEN, lage.zahlen
    kuerzel, jahr = lage.saal.sitzung.gremium.netzwerkstelle.kuerzel, timezone.localtime(jetzt).year
    return Beschluss.objects.create(
        punkt=lage.punkt,
        antrag=antrag,
        nummer=f"{kuerzel}-B-{jahr}/{next_number(f'beschluss:{kuerzel}:{jahr}'):02}",
        ausgang=gefasst,
        wortlaut=wortlaut(antrag, gefasst, betrag),
        betrag=betrag if bewilligt else None,
        auflagen=auflagen if bewilligt else "",
        gruende=gruende,
        festgestellt_durch=by,
        am=jetzt,
        ja=zahlen.ja,
        nein=zahlen.nein,
        enthaltung=zahlen.enthaltung,
        stimmberechtigt=lage.faehig.stimmberechtigt,
        anwesend=lage.faehig.anwesend,
        ausgeschlossen=lage.faehig.ausgeschlossen,
        beschlussfaehigkeit=lage.faehig.satz,
    )


@transaction.atomic
def vertagen(punkt, *, by) -> None:
    """Put an item off: its case waits for the next meeting."""
    punkt = leiten(punkt, by)
    if punkt.art == Art.ANTRAG:
        text = f"hat den Antrag in {punkt.sitzung} vertagt"
        antrag_schritt(punkt.antrag, "von_tagesordnung", by=by, hat=Kontorolle.GREMIUM, text=text)
    _ausgang(punkt, Ausgang.VERTAGT, by)


@transaction.atomic
def zur_kenntnis_nehmen(punkt, *, by) -> None:
    """An item on which nobody votes was heard."""
    punkt = leiten(punkt, by)
    if punkt.art == Art.ANTRAG:
        raise TransitionNotAllowed("Über einen Antrag wird abgestimmt, oder er wird vertagt.")
    _ausgang(punkt, Ausgang.ZUR_KENNTNIS, by)


def _beschlussreif(lage: Lage) -> None:
    """All who may vote have voted, every open question of bias is decided, who is excluded has left."""
    if not lage.faehig.gegeben:
        raise ValidationError(f"Das Gremium ist zu diesem Punkt nicht beschlussfähig: {lage.faehig.satz}.")
    for zeile in lage.befangenheiten:
        if zeile.mitgliedschaft_id not in lage.saal.da or not zeile.schliesst_aus:
            continue
        name = zeile.mitgliedschaft.person
        if zeile.entscheidung == Entscheidung.OFFEN:
            raise ValidationError(f"Bitte entscheiden Sie zuerst, ob {name} befangen ist.")
        if not zeile.hat_verlassen:
            raise ValidationError(f"{name} ist befangen und noch im Raum (§ 20 Abs. 4 VwVfG).")
    fehlt = ", ".join(str(m.person) for m in lage.stimmberechtigt if m.pk not in lage.stimmen)
    if fehlt:
        raise ValidationError(f"Es fehlt noch die Stimme von: {fehlt}.")


def _gefasst(lage: Lage, antrag_auf) -> str:
    if lage.zahlen.ergebnis == Ergebnis.ANGENOMMEN:
        return antrag_auf
    if antrag_auf == BEWILLIGEN:
        return ABLEHNEN
    raise ValidationError(
        "Dafür gibt es keine Mehrheit. Bitte stellen Sie die Bewilligung zur Abstimmung, oder vertagen Sie."
    )


def wortlaut(antrag, gefasst, betrag) -> str:
    """The wording of the resolution, as it stands in the minutes."""
    if gefasst == BEWILLIGEN:
        return f"Das Gremium bewilligt für den Antrag {antrag} eine Förderung von {euro(betrag)}."
    if gefasst == ABLEHNEN:
        return f"Das Gremium lehnt den Antrag {antrag} ab."
    return f"Das Gremium stellt den Antrag {antrag} zurück."


def _ausgang(punkt, ausgang, by):
    leitung_festhalten(punkt, by=by, am=timezone.now())
    Tagesordnungspunkt.objects.filter(pk=punkt.pk).update(ausgang=ausgang)
