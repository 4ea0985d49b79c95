"""Votes and resolutions. The count follows regeln.py; what it means for the case follows from the Beschluss.

Lock order: Sitzung → Budget → Antrag → counter.
"""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.services import take_step as antrag_schritt
from angebote.entscheidung.services import beschluss_umsetzen
from angebote.entscheidung.services import sperren_fuer as geld_und_antrag_sperren
from gremien.abstimmung import befangenheit
from gremien.abstimmung.lage import Lage, Saal, lage
from gremien.abstimmung.models import Befangenheit, Beschluss, Stimme
from gremien.abstimmung.regeln import Ergebnis, ergebnis
from gremien.sitzung import services as sitzungen
from gremien.sitzung.models import Sitzung, Tagesordnungspunkt
from schulerfolg.akte.services import naechste_nummer
from schulerfolg.geld import euro
from schulerfolg.konten.permissions import Rolle as Hut
from schulerfolg.workflow import TransitionNotAllowed

Art, Ausgang, Entscheidung = Tagesordnungspunkt.Art, Tagesordnungspunkt.Ausgang, Befangenheit.Entscheidung
BEWILLIGEN, ABLEHNEN = Beschluss.Ausgang.BEWILLIGEN, Beschluss.Ausgang.ABLEHNEN


@transaction.atomic
def einladen(sitzung, *, by, begruendung="") -> Sitzung:
    """Send the invitation and note the portal's own proposals of Befangenheit, so that members see them in time."""
    sitzung = sitzungen.einladen(sitzung, by=by, begruendung=begruendung)
    befangenheit.vorschlagen(sitzung)
    return sitzung


@transaction.atomic
def eroeffnen(sitzung, *, by, begruendung="") -> Sitzung:
    """Open the meeting; who came or joined a partner since the invitation is looked at again."""
    sitzung = sitzungen.eroeffnen(sitzung, by=by)
    befangenheit.vorschlagen(sitzung)
    return sitzung


@transaction.atomic
def abstimmen(punkt, *, by, stimmen: dict[int, str]) -> Lage:
    """Record votes: id of the Mitgliedschaft → ja, nein or enthaltung. Only of those who may vote now."""
    befangenheit.leiten(punkt, by)
    _auf_der_tagesordnung(punkt)
    stand = lage(punkt)
    if set(stimmen) - {m.pk for m in stand.stimmberechtigt}:
        raise ValidationError("Wer befangen oder nicht anwesend ist, stimmt nicht mit.")
    jetzt = timezone.now()
    Stimme.objects.bulk_create(
        [Stimme(punkt=punkt, mitgliedschaft_id=mitglied, wert=wert, am=jetzt) for mitglied, wert in stimmen.items()],
        update_conflicts=True,
        unique_fields=["punkt", "mitgliedschaft"],
        update_fields=["wert", "am"],
    )
    return stand


@transaction.atomic
def feststellen(punkt, *, by, stimmen: dict[int, str], **antrag) -> Beschluss:
    """Record the last votes and close the vote in one go: what the page of an item does."""
    abstimmen(punkt, by=by, stimmen=stimmen)
    return beschliessen(punkt, by=by, **antrag)


@transaction.atomic
def beschliessen(punkt, *, by, antrag_auf: str, betrag: Decimal | None = None, auflagen="", gruende="") -> Beschluss:
    """Close the vote on one item and carry the result out on the Antrag: both or neither.

    `antrag_auf`: what was voted on: bewilligen, ablehnen or zurueckstellen. A lost motion to award is a refusal
    and needs its reasons; another lost motion resolves nothing. Raises ValidationError with a German sentence when
    the Gremium can't resolve or the money does not reach, TransitionNotAllowed when the case was withdrawn.
    """
    sitzung = befangenheit.leiten(punkt, by)
    _auf_der_tagesordnung(punkt)
    saal = Saal(sitzung)
    stand = saal.lage(punkt)
    _beschlussreif(saal, stand, punkt)
    if antrag_auf == BEWILLIGEN and not betrag:
        raise ValidationError({"betrag": "Bitte nennen Sie den Betrag, über den abgestimmt wird."})
    antrag = geld_und_antrag_sperren(punkt.antrag, betrag if antrag_auf == BEWILLIGEN else None)
    zahlen = zaehlen(punkt, stand)
    gefasst = _gefasst(sitzung, zahlen, antrag_auf)
    if gefasst != BEWILLIGEN and not gruende.strip():
        raise ValidationError({"gruende": "Bitte nennen Sie die Gründe; sie stehen im Brief an die Schule."})
    beschluss = _festhalten(punkt, antrag, sitzung, stand, zahlen, gefasst, betrag, auflagen, gruende, by)
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
    _ausgang(punkt, Ausgang.BESCHLOSSEN)
    return beschluss


def _festhalten(punkt, antrag, sitzung, stand, zahlen, gefasst, betrag, auflagen, gruende, by) -> Beschluss:
    jetzt, bewilligt = timezone.now(), gefasst == BEWILLIGEN
    kuerzel, jahr = sitzung.gremium.netzwerkstelle.kuerzel, timezone.localtime(jetzt).year
    return Beschluss.objects.create(
        punkt=punkt,
        antrag=antrag,
        nummer=f"{kuerzel}-B-{jahr}/{naechste_nummer(f'beschluss:{kuerzel}:{jahr}'):02}",
        ausgang=gefasst,
        wortlaut=wortlaut(antrag, gefasst, betrag),
        betrag=betrag if bewilligt else None,
        auflagen=auflagen if bewilligt else "",
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


@transaction.atomic
def vertagen(punkt, *, by) -> None:
    """Put an item off: its case waits for the next meeting."""
    sitzung = befangenheit.leiten(punkt, by)
    if punkt.art == Art.ANTRAG:
        text = f"hat den Antrag in {sitzung} vertagt"
        antrag_schritt(punkt.antrag, "von_tagesordnung", by=by, als=Hut.GREMIUM, text=text)
    _ausgang(punkt, Ausgang.VERTAGT)


@transaction.atomic
def zur_kenntnis_nehmen(punkt, *, by) -> None:
    """An item on which nobody votes was heard."""
    befangenheit.leiten(punkt, by)
    if punkt.art == Art.ANTRAG:
        raise TransitionNotAllowed("Über einen Antrag wird abgestimmt, oder er wird vertagt.")
    _ausgang(punkt, Ausgang.ZUR_KENNTNIS)


def zaehlen(punkt, stand: Lage) -> dict[str, int | str | None]:
    """`ja`, `nein`, `enthaltung`: how many; `vorsitz`: the chair's vote. Only of those who may vote at this moment."""
    duerfen = {m.pk for m in stand.stimmberechtigt}
    werte = {s.mitgliedschaft_id: s.wert for s in punkt.stimmen.all() if s.mitgliedschaft_id in duerfen}
    vorsitz = werte.get(stand.vorsitz.pk) if stand.vorsitz else None
    return {wert: list(werte.values()).count(wert) for wert in Stimme.Wert.values} | {"vorsitz": vorsitz}


def voraussicht(sitzung, zahlen, antrag_auf, *, faehig: bool) -> str:
    """What the votes recorded so far would mean, before anybody closes the vote."""
    angenommen = _ergebnis(sitzung, zahlen) == Ergebnis.ANGENOMMEN
    worte = {"bewilligen": "Bewilligung", "ablehnen": "Ablehnung", "zurueckstellen": "Zurückstellung"}
    stand = f"{zahlen['ja']} Ja, {zahlen['nein']} Nein, {zahlen['enthaltung']} Enthaltung"
    if not faehig:
        return f"{stand}. Ohne Beschlussfähigkeit ist das noch kein Ergebnis."
    gleich = zahlen["ja"] == zahlen["nein"] > 0
    warum = " Bei Gleichstand entscheidet die Stimme des Vorsitzes." if gleich and zahlen["vorsitz"] else ""
    return f"{stand}: {worte[antrag_auf]} {'angenommen' if angenommen else 'ohne Mehrheit'}.{warum}"


def _beschlussreif(saal, stand, punkt):
    """All who may vote have voted, every open question of bias is decided, who is excluded has left."""
    if not stand.faehig.gegeben:
        raise ValidationError(f"Das Gremium ist zu diesem Punkt nicht beschlussfähig: {stand.faehig.satz}.")
    for zeile in saal.befangenheiten[punkt.pk]:
        if zeile.mitgliedschaft_id not in saal.da or zeile.entscheidung == Entscheidung.NICHT_BEFANGEN:
            continue
        name = zeile.mitgliedschaft.person
        if zeile.entscheidung == Entscheidung.OFFEN:
            raise ValidationError(f"Bitte entscheiden Sie zuerst, ob {name} befangen ist.")
        if not zeile.hat_verlassen:
            raise ValidationError(f"{name} ist befangen und noch im Raum (§ 20 Abs. 4 VwVfG).")
    gestimmt = set(punkt.stimmen.values_list("mitgliedschaft", flat=True))
    fehlt = ", ".join(str(m.person) for m in stand.stimmberechtigt if m.pk not in gestimmt)
    if fehlt:
        raise ValidationError(f"Es fehlt noch die Stimme von: {fehlt}.")


def _ergebnis(sitzung, zahlen) -> Ergebnis:
    return ergebnis(
        zahlen["ja"],
        zahlen["nein"],
        stimme_vorsitz=zahlen["vorsitz"],
        vorsitz_entscheidet=sitzung.gremium.vorsitz_entscheidet,
    )


def _gefasst(sitzung, zahlen, antrag_auf) -> str:
    if _ergebnis(sitzung, zahlen) == Ergebnis.ANGENOMMEN:
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


def _ausgang(punkt, ausgang):
    Tagesordnungspunkt.objects.filter(pk=punkt.pk).update(ausgang=ausgang)


def _auf_der_tagesordnung(punkt):
    if punkt.antrag:
        punkt.antrag.refresh_from_db(fields=["status"])
    if punkt.art != Art.ANTRAG or not punkt.antrag.steht_auf_tagesordnung:
        raise TransitionNotAllowed("Über diesen Punkt wird nicht abgestimmt; sein Antrag ist zurückgezogen.")
