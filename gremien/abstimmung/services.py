"""Votes and resolutions. The count follows regeln.py; what it means for the case follows from the Beschluss.

Each locks the meeting, reads the Lage once, decides and writes. Lock order: Sitzung → Budget → Antrag → counter.
"""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.machine import take_step as antrag_schritt
from gremien.abstimmung.gegenstand import abstimmbar, gegenstand
from gremien.abstimmung.lage import Lage, read_lage
from gremien.abstimmung.models import Ausgang, Beschluss, Beschlussvorschlag, Stimme
from gremien.abstimmung.regeln import Ergebnis
from gremien.befangenheit.models import Befangenheit
from gremien.befangenheit.services import leiten
from gremien.sitzung import services as sitzungen
from gremien.sitzung.machine import SITZUNG
from gremien.sitzung.models import Tagesordnungspunkt
from gremien.sitzung.permissions import RECHTE, rollen
from gremien.sitzung.services import NIEMAND_DA, leitung_festhalten
from gremien.sitzung.vorsitz import NIEMAND
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.services import next_number
from schulerfolg.formular.konflikt import Konflikt
from schulerfolg.konten.permissions import Rolle as Kontorolle

Art, Punktausgang, Entscheidung = Tagesordnungspunkt.Art, Tagesordnungspunkt.Ausgang, Befangenheit.Entscheidung
BERATEN = "Über einen Antrag wird abgestimmt, oder er wird vertagt."
ANDERER_VORSCHLAG = (
    "Gezählt wurden Stimmen zu einem anderen Vorschlag: {}. Bitte zählen Sie zuerst die Stimmen zu Ihrem; "
    "danach stellen Sie den Beschluss fest."
)

OHNE_MEHRHEIT = (
    "{} hat keine Mehrheit. {}. Ist das so gemeint, zählen Sie zuerst die Stimmen und bestätigen es dann. Wollen Sie "
    "über einen anderen Betrag abstimmen, ändern Sie den Vorschlag."
)


@transaction.atomic
def abstimmen(punkt, *, by, stimmen: dict[int, str], version: str | None = None, **vorschlag) -> Lage:
    """Store what is put to the vote, and the votes on it: id of the Mitgliedschaft → ja, nein or enthaltung.

    Where votes were counted on another motion before, these are void and stay on record; on the new one everybody is
    asked again, so that nobody's vote moves to what they were not asked. Only of those who may vote now, and only
    while the Gremium can resolve: votes without a quorum are none. `version`: what the page knew (`Lage.version`).
    """
    vorher = _unter_sperre(punkt, by, version)
    _beschlussfaehig(vorher)
    _unbefangene_unter_sich(vorher)
    lage = _vorlegen(vorher, by, vorschlag)
    return lage if _neu_zu_fragen(vorher, lage) else _stimmen_festhalten(lage, stimmen)


@transaction.atomic
def feststellen(
    punkt, *, by, stimmen: dict[int, str], version: str | None = None, verloren: bool = False, **vorschlag
) -> Beschluss:
    """Record the last votes, close the vote and carry the result out: all of it or nothing.

    `verloren`: it is meant, where a lost motion means more than itself. `antrag_auf`: what was voted on; `betrag`,
    `auflagen`, `gruende` or `text` as the motion has them. Raises ValidationError with a German sentence when the
    Gremium can't resolve, the money does not reach or the votes were given on another motion, TransitionNotAllowed when
    the case was withdrawn.
    """
    vorher = _unter_sperre(punkt, by, version)
    _wer_feststellt(vorher, by)
    _beschlussfaehig(vorher)
    _unbefangene_unter_sich(vorher)
    lage = _vorlegen(vorher, by, vorschlag)
    if _neu_zu_fragen(vorher, lage):
        raise ValidationError(ANDERER_VORSCHLAG.format(gegenstand(punkt).in_worten(vorher.vorschlag)))
    return _fassen(_stimmen_festhalten(lage, stimmen), by, verloren)


def _unter_sperre(punkt, by, version) -> Lage:
    """How an item stands on which somebody may have a vote taken now, with its meeting locked."""
    punkt = leiten(punkt, by)
    if not abstimmbar(punkt):
        raise TransitionNotAllowed("Über diesen Punkt wird nicht abgestimmt; sein Antrag ist zurückgezogen.")
    lage = read_lage(punkt)
    noch_gueltig(lage, version)
    if lage.vorsitz is None:
        raise ValidationError(NIEMAND)
    return lage


def _wer_feststellt(lage: Lage, by) -> None:
    """Only who leads the meeting declares; whoever has no such hat gets 403, everybody else the reason."""
    hats = lage.leitung.hats(by, rollen(by, lage.saal.sitzung.gremium))
    RECHTE.require(hats, "feststellen")
    if hindernis := lage.leitung.hindernis(by):
        raise ValidationError(hindernis)


def noch_gueltig(lage: Lage, version: str | None) -> None:
    """Raises Konflikt for a form that shows the item as it stood before."""
    if version is not None and version != lage.version:
        raise Konflikt(
            "Seit Sie diese Seite geöffnet haben, hat sich hier etwas geändert.", lage.in_worten, lage.version
        )


def _vorlegen(lage: Lage, by, angaben) -> Lage:
    """The motion before the Gremium: the one on record if these words mean the same, else a new row without votes.

    Once somebody voted on it, other Gründe make it another motion.
    """
    gegenstand(lage.punkt).vorlegen(lage.punkt, angaben)
    bisher = lage.vorschlag
    if bisher is None or not bisher.ist(angaben):
        neu = Beschlussvorschlag.objects.create(punkt=lage.punkt, durch=by, **angaben)
        return replace(lage, vorschlag=neu, stimmen={})
    if bisher.gruende == angaben.get("gruende", ""):
        return lage
    if lage.stimmen and not _ist_verloren(lage):
        neu = Beschlussvorschlag.objects.create(punkt=lage.punkt, durch=by, **angaben)
        return replace(lage, vorschlag=neu, stimmen={})
    bisher.gruende = angaben.get("gruende", "")
    bisher.save(update_fields=["gruende"])
    return lage


def _ist_verloren(lage: Lage) -> bool:
    """A motion that is lost as far as it was counted, and means the opposite then: its Gründe are written now."""
    verloren = Ausgang(lage.vorschlag.antrag_auf) in gegenstand(lage.punkt).verloren
    return verloren and lage.zahlen.ergebnis != Ergebnis.ANGENOMMEN


def _neu_zu_fragen(vorher: Lage, lage: Lage) -> bool:
    return bool(vorher.stimmen) and lage.vorschlag != vorher.vorschlag


def _stimmen_festhalten(lage: Lage, stimmen) -> Lage:
    if set(stimmen) - {m.pk for m in lage.stimmberechtigt}:
        raise ValidationError("Wer befangen oder nicht anwesend ist, stimmt nicht mit.")
    jetzt = timezone.now()
    neu = [
        Stimme(vorschlag=lage.vorschlag, mitgliedschaft_id=wer, wert=wert, am=jetzt) for wer, wert in stimmen.items()
    ]
    Stimme.objects.bulk_create(
        neu,
        update_conflicts=True,
        unique_fields=["vorschlag", "mitgliedschaft"],
        update_fields=["wert", "am"],
    )
    return replace(lage, stimmen={**lage.stimmen, **{stimme.mitgliedschaft_id: stimme for stimme in neu}})


def _fassen(lage: Lage, by, verloren: bool) -> Beschluss:
    _beschlussreif(lage)
    if lage.verloren and not verloren:
        raise ValidationError(OHNE_MEHRHEIT.format(gegenstand(lage.punkt).in_worten(lage.vorschlag), lage.verloren))
    worueber, ausgang = gegenstand(lage.punkt), _gefasst(lage)
    worueber.sperren(lage.punkt, ausgang, lage.vorschlag)
    beschluss = _festhalten(lage, ausgang, by)
    worueber.umsetzen(beschluss, by=by)
    _ausgang(lage.punkt, Punktausgang.BESCHLOSSEN, by)
    return beschluss


def _festhalten(lage, ausgang, by) -> Beschluss:
    punkt, vorschlag, zahlen, jetzt = lage.punkt, lage.vorschlag, lage.zahlen, timezone.now()
    kuerzel, jahr = lage.saal.sitzung.gremium.netzwerkstelle.kuerzel, timezone.localtime(jetzt).year
    bewilligt = ausgang == Ausgang.BEWILLIGEN
    return Beschluss.objects.create(
        punkt=punkt,
        vorschlag=vorschlag,
        antrag=punkt.antrag,
        nummer=f"{kuerzel}-B-{jahr}/{next_number(f'beschluss:{kuerzel}:{jahr}'):02}",
        ausgang=ausgang,
        wortlaut=gegenstand(punkt).wortlaut(punkt, ausgang, vorschlag),
        betrag=vorschlag.betrag if bewilligt else None,
        auflagen=vorschlag.auflagen if bewilligt else "",
        gruende=vorschlag.gruende,
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
def vertagen(punkt, *, by, warum="") -> None:
    """Put an item off: its case waits for the next meeting. `warum` goes into the minutes and its history."""
    punkt = leiten(punkt, by)
    if punkt.art == Art.ANTRAG:
        text = f"hat den Antrag in {punkt.sitzung} vertagt"
        antrag_schritt(punkt.antrag, "von_tagesordnung", by=by, hat=Kontorolle.GREMIUM, text=text, begruendung=warum)
    _ausgang(punkt, Punktausgang.VERTAGT, by, warum, beschlussunfaehig=_ohne_quorum(punkt))


@transaction.atomic
def zur_kenntnis_nehmen(punkt, *, by) -> None:
    """An item on which nobody votes was heard."""
    punkt = leiten(punkt, by)
    if punkt.art == Art.ANTRAG:
        raise TransitionNotAllowed(BERATEN)
    if not punkt.sitzung.anwesenheiten.exists():
        raise ValidationError(NIEMAND_DA)
    _ausgang(punkt, Punktausgang.ZUR_KENNTNIS, by)


@transaction.atomic
def schliessen(sitzung, *, by, **angaben):
    """Close the meeting; what could not be resolved for lack of a quorum is known again by a second invitation."""
    offen = list(SITZUNG.lock(sitzung).punkte.offen())
    ohne = {punkt.pk for punkt in offen if punkt.art == Art.ANTRAG and _ohne_quorum(punkt)}
    return sitzungen.schliessen(sitzung, by=by, ohne_quorum=ohne, **angaben)


def _ohne_quorum(punkt) -> bool:
    return not read_lage(punkt).faehig.gegeben


def _beschlussfaehig(lage: Lage) -> None:
    if not lage.faehig.gegeben:
        raise ValidationError(f"Das Gremium ist zu diesem Punkt nicht beschlussfähig: {lage.faehig.satz}.")


def _unbefangene_unter_sich(lage: Lage) -> None:
    """Every open question of bias is decided and who is excluded has left, before anybody votes."""
    for zeile in lage.befangenheiten:
        if zeile.mitgliedschaft_id not in lage.saal.da or not zeile.schliesst_aus:
            continue
        name = zeile.mitgliedschaft.person
        if zeile.entscheidung == Entscheidung.OFFEN:
            raise ValidationError(f"Bitte entscheiden Sie zuerst, ob {name} befangen ist.")
        if not zeile.hat_verlassen:
            raise ValidationError(f"{name} ist befangen und noch im Raum (§ 20 Abs. 4 VwVfG).")


def _beschlussreif(lage: Lage) -> None:
    """All who may vote have voted."""
    fehlt = ", ".join(str(m.person) for m in lage.stimmberechtigt if m.pk not in lage.stimmen)
    if fehlt:
        raise ValidationError(f"Es fehlt noch die Stimme von: {fehlt}.")


def _gefasst(lage: Lage) -> Ausgang:
    """What the votes make of the motion."""
    antrag_auf = Ausgang(lage.vorschlag.antrag_auf)
    if lage.zahlen.ergebnis == Ergebnis.ANGENOMMEN:
        return antrag_auf
    verloren = gegenstand(lage.punkt).verloren
    if antrag_auf in verloren:
        return verloren[antrag_auf]
    raise ValidationError(
        "Dafür gibt es keine Mehrheit. Bitte stellen Sie die Bewilligung zur Abstimmung, oder vertagen Sie."
    )


def _ausgang(punkt, ausgang, by, warum="", **mehr):
    leitung_festhalten(punkt, by=by, am=timezone.now())
    Tagesordnungspunkt.objects.filter(pk=punkt.pk).update(ausgang=ausgang, warum=warum, **mehr)
