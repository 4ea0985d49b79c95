"""What the office does with a submitted Antrag: take it over, check, ask back, give its opinion (T5–T11, T17).

Every step is taken by the machine (`antrag.machine`); the conditions of the office's own steps stand in bedingungen.py.
"""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.anlage.services import hinzufuegen, neue
from angebote.antrag.machine import ANTRAG, take_step
from angebote.antrag.permissions import RECHTE
from angebote.antrag.services import fassung_festhalten
from angebote.antrag.workflow import ENTSCHEIDEN, ZEICHNENDE
from angebote.foerderung.models import Anlagenart
from angebote.korrektur import services as korrektur
from angebote.korrektur.einarbeiten import als_abschnitt, einarbeiten
from angebote.pruefung import vorab
from angebote.pruefung.bedingungen import wer_bestaetigt
from angebote.pruefung.models import Nachforderung, Pruefpunkt, Rueckfrage, Stellungnahme
from angebote.pruefung.queries import (
    gezeigte_pruefliste,
    offene_nachforderung,
    offene_stellungnahme,
    zeichen_je_punkt,
    zeichen_von,
)
from angebote.pruefung.worte import in_einem_satz, stehen_noch
from schulerfolg.datei.annahme import Datei
from schulerfolg.formular.konflikt import Konflikt, wer_hat
from schulerfolg.kalender import naechster_werktag
from schulerfolg.konten.models import Person
from schulerfolg.zeit import wann

Antwort = tuple[str, str]
"""Verdict and note of one point."""
ZWEITE_FEDER = (
    "{} hat diese Stellungnahme geschrieben. Bitte bestätigen Sie, dass Sie mitschreiben möchten, oder geben Sie die "
    "Stellungnahme mit einem Kommentar zurück."
)


def uebernehmen(antrag, *, by, begruendung=""):
    return take_step(antrag, "uebernehmen", by=by, zustaendig=by)


@transaction.atomic
def pruefpunkte_speichern(antrag, *, by, urteile: dict[str, Antwort], version: str | None = None):
    """Answer points of the check list: key → (verdict, note).

    `version` is how the page showed the list (`queries.gezeigte_pruefliste`). What stayed as it was shown there is not
    this person's answer; what a colleague answered meanwhile is not written over (Konflikt).
    """
    antrag = ANTRAG.lock_for(antrag, RECHTE, "pruefliste", by)
    if version is not None:
        gezeigt = zeichen_je_punkt(version)
        urteile = {punkt: a for punkt, a in urteile.items() if zeichen_von(a) != gezeigt.get(punkt)}
        _niemand_war_schneller(antrag, urteile, gezeigt)
    wie = {"antrag": antrag, "durch": by, "am": timezone.now()}
    Pruefpunkt.objects.bulk_create(
        [Pruefpunkt(schluessel=punkt, urteil=urteil, notiz=notiz, **wie) for punkt, (urteil, notiz) in urteile.items()],
        update_conflicts=True,
        unique_fields=["antrag", "schluessel"],
        update_fields=["urteil", "notiz", "durch", "am"],
    )
    return antrag


def _niemand_war_schneller(antrag, urteile: dict[str, Antwort], gezeigt: dict[str, str]) -> None:
    """Raises Konflikt where a point was answered otherwise since the page was opened."""
    version = gezeigte_pruefliste(antrag)
    jetzt = zeichen_je_punkt(version)
    anders = [p for p, a in urteile.items() if jetzt.get(p) not in (gezeigt.get(p), zeichen_von(a))]
    punkte = antrag.pruefpunkte.filter(schluessel__in=anders).select_related("durch")
    if punkte:
        wer = list(dict.fromkeys(str(punkt.durch) for punkt in punkte))
        was = "denselben Punkt" if len(punkte) == 1 else "dieselben Punkte"
        hat = f"{' und '.join(wer)} {'hat' if len(wer) == 1 else 'haben'} inzwischen {was} beantwortet."
        raise Konflikt(hat, "; ".join(punkt.in_worten for punkt in punkte), version)


@transaction.atomic
def nachfordern(
    antrag,
    *,
    by,
    fragen: list[str],
    frist: date,
    warum="",
    abschnitte: Sequence[str] = (),
    marken: Sequence[korrektur.Marke] = (),
):
    """Ask the school: each question on its own, what to correct in the Antrag, why, and until when (T6).

    `abschnitte` names, question by question, the section of the form it is about; may be shorter or empty. A `frist`
    that is no working day ends with the next one (VwVfG § 31 (3)). The answers lead back to the check that asked.
    """
    frist = naechster_werktag(frist)
    fachlich = RECHTE.due("stellung_nehmen", ANTRAG.lock(antrag))

    def festhalten(antrag):
        nachforderung = Nachforderung.objects.create(
            antrag=antrag, warum=warum, frist=frist, fachlich=fachlich, gestellt_durch=by
        )
        zeilen = zip_longest(fragen, abschnitte[: len(fragen)], fillvalue="")
        Rueckfrage.objects.bulk_create(
            [Rueckfrage(nachforderung=nachforderung, frage=frage, abschnitt=name) for frage, name in zeilen]
        )
        korrektur.markieren(antrag, nachforderung, marken)

    return take_step(antrag, "nachfordern", by=by, begruendung=warum, meanwhile=festhalten)


def nachreichen(antrag, *, by, **antworten):
    """The school answers what the formal check asked (T7); see `_beantworten`."""
    return _beantworten(antrag, "nachreichen", by=by, **antworten)


def nachreichen_fachlich(antrag, *, by, **antworten):
    """The school answers what the fachliche Prüfung asked; the check list stays as it is."""
    return _beantworten(antrag, "nachreichen_fachlich", by=by, **antworten)


@transaction.atomic
def _beantworten(
    antrag,
    schritt,
    *,
    by,
    antworten: dict[int, str],
    dateien: Sequence[Datei] = (),
    gemerkt: Collection[int] = (),
    art=Anlagenart.SONSTIGES,
    version: str | None = None,
):
    """Answer every question (id of the Rueckfrage → text) and work the corrections in: together a new Fassung.

    `version` is what whoever sends has read of the corrections (`korrektur.gezeigt`).

    `dateien` come along and are kept with the answers, all of the same `art`; before them those of the person's
    Vorabdateien that are named by key in `gemerkt`.
    """
    alle = [*vorab.gemerkte(antrag, gemerkt, by=by), *dateien]

    def beantworten(antrag):
        nachforderung = offene_nachforderung(antrag)
        rueckfragen = list(nachforderung.rueckfragen.all())
        for rueckfrage in rueckfragen:
            rueckfrage.antwort = antworten.get(rueckfrage.pk, "").strip()
            if not rueckfrage.antwort:
                raise ValidationError("Bitte beantworten Sie jede Rückfrage.")
            rueckfrage.save(update_fields=["antwort"])
        was = einarbeiten(antrag, nachforderung, by=by, version=version)
        vorab.abschliessen(antrag)
        for datei in neue(antrag, alle):
            hinzufuegen(antrag, art, datei, by=by, nachforderung=nachforderung)
        gesagt = [*_als_abschnitt(rueckfragen, alle), *als_abschnitt(was.zeilen)]
        fassung_festhalten(antrag, by=by, vorab=gesagt, unterschrieben=bool(was.unterschrieben))

    offen = antrag.nachforderungen.filter(beantwortet_am=None).first()
    zahlen = (offen.rueckfragen.count(), len(alle), offen.markierungen.count()) if offen else (0, 0, 0)
    return take_step(antrag, schritt, by=by, meanwhile=beantworten, text=in_einem_satz(*zahlen))


def _als_abschnitt(rueckfragen, dateien) -> list[dict]:
    zeilen = [[rueckfrage.frage, rueckfrage.antwort] for rueckfrage in rueckfragen]
    if dateien:
        zeilen.append(["Nachgereichte Dateien", ", ".join(datei.name for datei in dateien)])
    return [{"name": "rueckfragen", "titel": "Antworten auf die Rückfragen", "zeilen": zeilen}] if zeilen else []


@transaction.atomic
def ohne_antwort_beenden(antrag, *, by, begruendung):
    """Close a case whose questions stayed open beyond the deadline; never by itself (T8)."""
    antrag = take_step(antrag, "ohne_antwort_beenden", by=by, begruendung=begruendung)
    vorab.abschliessen(antrag)
    return antrag


def weiter_zur_fachpruefung(antrag, *, by, begruendung="", version: str | None = None):
    """The check list is complete: on to the professional opinion (T10)."""
    return take_step(antrag, "weiter_zur_fachpruefung", by=by, version=version)


@transaction.atomic
def stellung_nehmen(
    antrag, *, by, text, empfehlung, betrag, auflagen="", mitverfassen=False, version: str | None = None
) -> Stellungnahme:
    """Write the opinion, or the next version of it while nobody has confirmed it. At most the requested amount.

    `version` is the number of the version the page showed. `mitverfassen`: somebody else wrote it, and whoever writes
    on knows that neither of them can confirm it then. What changes nothing is no version of its own.
    """
    antrag = ANTRAG.lock_for(antrag, RECHTE, "stellung_nehmen", by)
    vorige = antrag.stellungnahmen.select_related("verfasst_durch").first()
    _ist_neueste(vorige, version, by=by)
    if betrag > antrag.beantragt:
        raise ValidationError({"betrag": "Mehr als beantragt können Sie nicht empfehlen."})
    inhalt = {"text": text, "empfehlung": empfehlung, "betrag": betrag, "auflagen": auflagen}
    if vorige and vorige.wartet_auf_bestaetigung and vorige.sagt(**inhalt):
        return vorige
    if vorige and vorige.bestaetigt_am is None and by.pk not in vorige.verfassende and not mitverfassen:
        raise ValidationError({"mitverfassen": ZWEITE_FEDER.format(vorige.verfasst_durch)})
    neue = Stellungnahme(antrag=antrag, fassung=vorige.fassung + 1 if vorige else 1, verfasst_durch=by, **inhalt)
    steht = vorige and stehen_noch(f"{vorige.text} {vorige.auflagen}", f"{text} {auflagen}")
    neue.steht_seit = vorige.steht_seit if steht else neue.fassung
    neue.full_clean(exclude=["antrag", "bestaetigt_am", "bestaetigt_durch", "zurueckgabe"])
    neue.save()
    _bitten(antrag, vorige, neue, by=by)
    return neue


def _ist_neueste(vorige: Stellungnahme | None, version: str | None, *, by) -> None:
    """Raises Konflikt where the page showed an older one; the page then shows both."""
    jetzt = str(vorige.fassung if vorige else 0)
    if vorige and version not in (None, jetzt):
        hat = f"{wer_hat(vorige.verfasst_durch, by)} {wann(vorige.verfasst_am)} Fassung {vorige.fassung} gespeichert."
        raise Konflikt(hat, "", jetzt, vorige)


def _bitten(antrag, vorige: Stellungnahme | None, neue: Stellungnahme, *, by) -> None:
    """Tell the history, and whoever may confirm: of what is new to them, not of each save on one and the same day."""
    weiter = vorige if vorige and vorige.bestaetigt_am is None else None
    was = "hat die fachliche Stellungnahme " + ("geändert" if weiter else "geschrieben")
    ereignis = ANTRAG.note(antrag, "stellung_nehmen", f"{was} (Fassung {neue.fassung})", by=by)
    if weiter is None or neue.ist_neu_nach(weiter):
        ANTRAG.write(wer_bestaetigt(antrag), "stellung_nehmen", antrag, ereignis)


@transaction.atomic
def bestaetigen(antrag, *, by, begruendung="", version: str | None = None):
    """A second person confirms the version she read: the Antrag is ready for the decision (T11)."""
    antrag = ANTRAG.lock(antrag)
    stellungnahme = offene_stellungnahme(antrag)
    text = f"hat die fachliche Stellungnahme bestätigt (Fassung {stellungnahme.fassung})" if stellungnahme else ""
    antrag = take_step(antrag, "bestaetigen", by=by, version=version, text=text)
    stellungnahme.bestaetigt_am, stellungnahme.bestaetigt_durch = timezone.now(), by
    stellungnahme.save(update_fields=["bestaetigt_am", "bestaetigt_durch"])
    return antrag


@transaction.atomic
def stellungnahme_zurueckgeben(antrag, *, by, begruendung, version: str | None = None):
    """Instead of writing on herself, the second person says what should change; the opinion stays open."""
    antrag = take_step(antrag, "stellungnahme_zurueckgeben", by=by, begruendung=begruendung, version=version)
    stellungnahme = offene_stellungnahme(antrag)
    stellungnahme.zurueckgabe = antrag.ereignisse.first()
    stellungnahme.save(update_fields=["zurueckgabe"])
    return antrag


def wiederaufnehmen(antrag, *, by, begruendung):
    return take_step(antrag, "wiederaufnehmen", by=by, begruendung=begruendung)


def wer_kann_zeichnen(antrag, beteiligt: set[int] | None = None) -> list[Person]:
    """Who may take the second signature: zeichnungsbefugt, neither author nor confirmer, not of the school.

    Whoever decided as the office, or declared how the Gremium decided, can't sign it as well. `beteiligt`: who would
    have written or confirmed; without it those of the latest opinion.
    """
    return _ohne_beteiligte(antrag, beteiligt, zeichnungsbefugt=True)


def wer_koennte_befugt_werden(antrag, beteiligt: set[int] | None = None) -> list[Person]:
    """Who could take it if the Leitung named them zeichnungsbefugt."""
    return _ohne_beteiligte(antrag, beteiligt, zeichnungsbefugt=False, rolle__in=ZEICHNENDE)


def _ohne_beteiligte(antrag, beteiligt, **mitarbeit) -> list[Person]:
    if beteiligt is None:
        neueste = antrag.stellungnahmen.first()
        beteiligt = neueste.beteiligte if neueste else set()
    entschied = antrag.ereignisse.filter(schritt__in=ENTSCHEIDEN).values_list("durch", flat=True)
    personen = antrag.netzwerkstelle.mitarbeiten.to_notify().filter(**mitarbeit).exclude(person__in=beteiligt)
    schule = antrag.schule.zugehoerigkeiten.gueltig().values("person")
    personen = personen.exclude(person__in=set(entschied)).exclude(person__in=schule).select_related("person")
    return list(dict.fromkeys(m.person for m in personen))
