"""„Darf ich, wie viel, bis wann?“: what the rules and calls in force say to a plan, reason by reason.

It never says more than the check before the submission (`angebote.antrag.bedingungen`) would; what a school has used
up is told to its own people alone (`eigene`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_UP, Decimal

from django.utils import timezone
from django.utils.formats import number_format

from angebote.antrag.bedingungen import (
    DANACH,
    andere_in_worten,
    bezugszeitraum,
    fruehester_beginn,
    noch_frei,
    zum_hoechstbetrag,
)
from angebote.antrag.workflow import NIE_EINGEREICHT
from angebote.foerderung.filters import Vorhaben
from angebote.foerderung.models import Bezug, Bezugszeit, Foerderregel
from angebote.models import Antrag, Foerderrunde
from schulerfolg.dach.auskunft.queries import Lage
from schulerfolg.geld import CENT, euro
from schulerfolg.kalender import warum_frei
from schulerfolg.zeit import datum, in_worten, termin

JA, FRAGEN, NEIN, HINWEIS = "ja", "fragen", "nein", "hinweis"
HUNDERT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Grund:
    """One reason and where it comes from: `quelle` in words, `adresse` where it can be read."""

    art: str
    satz: str
    quelle: str = ""
    adresse: str = ""


@dataclass(frozen=True, slots=True)
class Antwort:
    gruende: list[Grund]
    bis: str = ""
    """Until when to send it, in words; empty where it can't be sent."""
    runde: Foerderrunde | None = None
    """The call it fits, the one that ends first."""
    selbst: bool = False
    """Whether the office decides it without a meeting."""

    @property
    def urteil(self) -> str:
        arten = {grund.art for grund in self.gruende}
        return NEIN if NEIN in arten else FRAGEN if FRAGEN in arten else JA

    @property
    def warum(self) -> list[Grund]:
        """What made the answer what it is."""
        return [grund for grund in self.gruende if grund.art == self.urteil]

    @property
    def sonst(self) -> list[Grund]:
        rang = [NEIN, FRAGEN, JA, HINWEIS]
        return sorted((g for g in self.gruende if g.art != self.urteil), key=lambda grund: rang.index(grund.art))


@dataclass(frozen=True, slots=True)
class Frage:
    """A plan, complete but for the school, which may be missing from the list; `eigene`: asked by one of its people."""

    vorhaben: Vorhaben
    eigene: bool
    betrag: Decimal
    beginn: date


def antworten(vorhaben: Vorhaben, lage: Lage, *, eigene: bool) -> Antwort:
    """The answer to a plan with amount and day, for somebody of this school (`eigene`) or for anybody."""
    if vorhaben.betrag is None or vorhaben.beginn is None:
        raise ValueError("Without amount and day there is nothing to answer.")
    frage = Frage(vorhaben, eigene, vorhaben.betrag, vorhaben.beginn)
    gruende = [*_schule(frage, lage), *_nach_der_regel(frage, lage), *_freier_tag(frage)]
    passende, runden = _nach_den_runden(frage, lage)
    antwort = Antwort([*gruende, *runden])
    if antwort.urteil == NEIN or lage.regel is None:
        return antwort
    return Antwort(antwort.gruende, _bis(frage, lage.regel, passende), next(iter(passende), None), _selbst(frage, lage))


def _schule(frage, lage) -> Iterator[Grund]:
    if frage.vorhaben.schule is None:
        satz = (
            "Ihre Schule steht hier nicht in der Liste. Zuständig ist die Netzwerkstelle, in deren Gebiet sie liegt; "
            "diese kann eine fehlende Schule eintragen."
        )
        yield Grund(FRAGEN, satz, f"Schulen der {lage.stelle}", lage.stelle.get_absolute_url())


def _nach_der_regel(frage, lage) -> Iterator[Grund]:
    regel = lage.regel
    if regel is None:
        satz = "Für heute ist hier noch keine Förderregel hinterlegt; was möglich ist, weiß die Netzwerkstelle."
        if lage.naechste_regel:
            satz = f"{satz} Anträge nimmt sie ab dem {in_worten(lage.naechste_regel.von)} an."
        yield Grund(FRAGEN, satz, str(lage.stelle), lage.stelle.get_absolute_url())
        return
    quelle = f"Förderregel seit {in_worten(regel.von)}" if regel.von else "Förderregel"
    for pruefung in NACH_DER_REGEL:
        for art, satz in pruefung(frage, regel, lage.am):
            yield Grund(art, satz, quelle, "#regel")


def grenze_in_worten(regel: Foerderregel) -> str:
    """„3.000,00 € je Schule und Kalenderjahr“"""
    bezug = f"je {regel.get_hoechstbetrag_je_display()}"
    if regel.hoechstbetrag_je == Bezug.SCHULE:
        bezug += f" und {regel.get_hoechstbetrag_im_display()}"
    return f"{euro(regel.hoechstbetrag)} {bezug}"


def _ueber_der_grenze(regel) -> str:
    return NEIN if regel.hoechstbetrag_hart else FRAGEN


EMPFOHLEN = " Das ist eine Empfehlung; ob mehr möglich ist, sagt Ihnen die Netzwerkstelle."


def _hoechstbetrag(frage, regel, am):
    grenze = grenze_in_worten(regel)
    if frage.betrag <= regel.hoechstbetrag:
        yield JA, f"Der Betrag passt: {'Möglich' if regel.hoechstbetrag_hart else 'Empfohlen'} sind bis zu {grenze}."
        return
    wort, danach = ("Möglich", "") if regel.hoechstbetrag_hart else ("Empfohlen", EMPFOHLEN)
    yield _ueber_der_grenze(regel), f"{wort} sind höchstens {grenze}; Sie denken an {euro(frage.betrag)}.{danach}"


def _rest(frage, regel, am):
    """What the school has left: for its own people alone."""
    if regel.hoechstbetrag_je != Bezug.SCHULE or frage.vorhaben.schule is None:
        return
    if not frage.eigene:
        yield (
            HINWEIS,
            (
                "Frühere Anträge der Schule zählen mit. Wie viel noch frei ist, sehen Menschen dieser Schule, wenn sie "
                "angemeldet sind."
            ),
        )
        return
    andere = zum_hoechstbetrag(Antrag(schule=frage.vorhaben.schule, beginn=frage.beginn), regel)
    rest, zeit = noch_frei(regel, andere), _zeit(regel, frage.beginn)
    if not andere:
        yield HINWEIS, f"Im {zeit} hat Ihre Schule noch nichts beantragt: {euro(rest)} sind frei."
        return
    satz = f"Im {zeit} sind für Ihre Schule noch {euro(rest)} frei. Schon eingereicht: "
    satz += f"{'; '.join(andere_in_worten(andere))}."
    if frage.betrag <= rest:
        yield JA, satz
    else:
        yield _ueber_der_grenze(regel), satz if regel.hoechstbetrag_hart else satz + EMPFOHLEN


def _zeit(regel, tag) -> str:
    von, bis = bezugszeitraum(regel, tag)
    if regel.hoechstbetrag_im == Bezugszeit.KALENDERJAHR:
        return f"Kalenderjahr {von.year}"
    return f"Schuljahr {von.year}/{bis:%y}"


def _vorlauf(frage, regel, am):
    tage = "1 Tag" if regel.vorlauf_tage == 1 else f"{regel.vorlauf_tage} Tage"
    frueh = fruehester_beginn(regel, am)
    if frage.beginn < frueh:
        yield (
            NEIN,
            (
                f"Zwischen Antrag und Beginn liegen mindestens {tage}. Reichen Sie noch heute ein, kann das Projekt "
                f"ab dem {in_worten(frueh)} beginnen."
            ),
        )
    else:
        bis = frage.beginn - timedelta(days=regel.vorlauf_tage)
        wann = "noch heute" if bis == am else f"bis zum {in_worten(bis)}"
        yield JA, f"Der Beginn passt, wenn Sie {wann} einreichen: Dazwischen liegen mindestens {tage}."


def _eigenanteil(frage, regel, am):
    prozent = regel.eigenanteil_prozent
    if prozent <= 0:
        return
    anteil = f"{number_format(prozent.normalize(), use_l10n=True)} Prozent"
    if prozent >= HUNDERT:
        yield NEIN, "Hier trägt die Schule alle Kosten selbst; Förderung ist zurzeit nicht möglich."
        return
    eigenes = (frage.betrag * prozent / (HUNDERT - prozent)).quantize(CENT, ROUND_UP)
    yield (
        HINWEIS,
        (
            f"Mindestens {anteil} der Kosten trägt die Schule selbst: Zu {euro(frage.betrag)} Förderung gehören "
            f"mindestens {euro(eigenes)} aus Eigenmitteln, Beiträgen oder von anderen."
        ),
    )


def _band(frage, regel, am):
    if band := regel.band(frage.betrag):
        yield HINWEIS, f"Bis {euro(band.bis)} gilt: {band.in_worten}."


Pruefung = Callable[[Frage, Foerderregel, date], Iterable[tuple[str, str]]]
NACH_DER_REGEL: tuple[Pruefung, ...] = (_hoechstbetrag, _rest, _vorlauf, _eigenanteil, _band)


def _freier_tag(frage) -> Iterator[Grund]:
    if grund := warum_frei(frage.beginn):
        satz = f"Der {datum(frage.beginn)} ist ein {grund}. Wenn das so gemeint ist, ist das in Ordnung."
        yield Grund(HINWEIS, satz, "Kalender")


def _nach_den_runden(frage, lage) -> tuple[list[Foerderrunde], list[Grund]]:
    """The open calls that this fits, and what is to be said of the calls."""
    einwaende = {runde: _einwand(frage, runde) for runde in lage.offene}
    passende = [runde for runde, einwand in einwaende.items() if not einwand]
    gruende = [
        _aus(JA, runde, f"{_die(runde)} nimmt Anträge {runde.bis_in_worten} an.{_je_schule(runde)}")
        for runde in passende
    ]
    # Beside a call that fits, another one that does not is only worth a word.
    art = HINWEIS if passende else FRAGEN
    gruende += [_aus(art, runde, einwand) for runde, einwand in einwaende.items() if einwand]
    if lage.offene and not passende:
        gruende.append(Grund(FRAGEN, DANACH, str(lage.stelle), lage.stelle.get_absolute_url()))
    if not lage.offene and lage.mit_runden:
        satz = "Zurzeit ist keine Förderrunde offen. Ob ein Antrag trotzdem möglich ist, sagt Ihnen die Netzwerkstelle."
        gruende.append(Grund(FRAGEN, satz, str(lage.stelle), lage.stelle.get_absolute_url()))
    elif not lage.offene:
        satz = "Einen Antragsschluss gibt es nicht: Anträge sind das ganze Jahr möglich."
        gruende.append(Grund(JA, satz, str(lage.stelle), lage.stelle.get_absolute_url()))
    for runde in lage.kommende:
        satz = f"{_die(runde)} öffnet am {in_worten(runde.beginn)} und nimmt Anträge {runde.bis_in_worten} an."
        gruende.append(_aus(HINWEIS, runde, satz))
    return passende, gruende


def _aus(art, runde, satz) -> Grund:
    return Grund(art, satz, "Seite der Förderrunde", runde.get_absolute_url())


def _die(runde) -> str:
    return f"Die Förderrunde „{runde}“"


def _je_schule(runde) -> str:
    zahl = runde.hoechstens_je_schule
    return f" Je Schule ist höchstens {_antraege(zahl)} möglich." if zahl else ""


def _antraege(zahl) -> str:
    return "ein Antrag" if zahl == 1 else f"{zahl} Anträge"


def _einwand(frage, runde) -> str:
    """Why this plan does not fit this call; what its school sent already is asked only for its own people."""
    themen = list(runde.themen.all())
    if themen and frage.vorhaben.thema not in themen:
        return f"{_die(runde)} sucht Projekte zu: {', '.join(str(thema) for thema in themen)}."
    if runde.betrag and frage.betrag > runde.betrag:
        return (
            f"{_die(runde)} sieht für alle Anträge zusammen {euro(runde.betrag)} vor; Sie denken an "
            f"{euro(frage.betrag)}."
        )
    if frage.eigene and runde.hoechstens_je_schule:
        da = runde.antraege.filter(schule=frage.vorhaben.schule).exclude(status__in=NIE_EINGEREICHT)
        if da.laufend().count() >= runde.hoechstens_je_schule:
            zahl = _antraege(runde.hoechstens_je_schule)
            return f"In der Förderrunde „{runde}“ ist je Schule höchstens {zahl} möglich; Ihre hat das ausgeschöpft."
    return ""


def _bis(frage, regel, passende) -> str:
    """Until when to send it: the last day of the rule, or the deadline of the call where that comes first."""
    tag = frage.beginn - timedelta(days=regel.vorlauf_tage)
    frist = passende[0].frist if passende else None
    if frist and timezone.localdate(frist) <= tag:
        return f"bis {termin(frist)}"
    return f"bis zum {in_worten(tag)}"


def _selbst(frage, lage) -> bool:
    grenze = lage.regel.stelle_entscheidet_bis(frage.betrag)
    return grenze is not None and frage.betrag <= grenze
