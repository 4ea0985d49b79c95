"""What must be true before the school hands an Antrag on: the conditions that the table of steps names, and below them
everything that may speak against submitting, hard or as a note (fachdossier 3.5 T4, 3.7).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from angebote.antrag.abschnitte import ERKLAERUNGEN, KURZ, abschnitte_fuer, erklaert
from angebote.antrag.bedingungen_kosten import eigenanteil, jahre, zu_den_posten
from angebote.antrag.einwand import Einwand
from angebote.antrag.folgefragen import JA, gefragt
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import rollen, schreibt
from angebote.antrag.workflow import NIE_EINGEREICHT
from angebote.beratung.workflow import Status as Beratungsstand
from angebote.foerderung.models import Anlagenart, Bezug, Bezugszeit, Foerderregel, Format, Zeitpunkt
from schulerfolg.geld import euro
from schulerfolg.kalender import ferien, warum_frei
from schulerfolg.konten.permissions import Rolle
from schulerfolg.zeit import datum

VERWERFEN = ("verwerfen", "fremden_verwerfen")
WIEDER_AUFNEHMEN = timedelta(days=30)
"""So long a dropped draft can be taken up again."""
GESCHLOSSEN = (
    "Diese Schule arbeitet nicht mehr mit dem Portal; von hier lässt sich nichts einreichen. Bitte sprechen Sie mit "
    "Ihrer Netzwerkstelle: Sie sagt Ihnen, an welcher Schule es weitergeht."
)


def mitzeichnung_nicht_verlangt(antrag, by):
    regel = antrag.regel_heute
    if regel is None or regel.mitzeichnung:
        raise ValidationError("In Ihrer Region zeichnet die Schulleitung mit. Bitte geben Sie ihr den Antrag weiter.")


def vertretung_unterschreibt_eigenes(antrag, by):
    if by.pk == antrag.verfasst_durch_id and antrag.regel_heute and antrag.regel_heute.vertretung_bei_eigenem:
        raise ValidationError(
            "Sie haben den Antrag selbst geschrieben. In Ihrer Region unterschreibt dann Ihre Stellvertretung."
        )


def leitung_reicht_selbst_ein(antrag, by):
    regel = antrag.regel_heute
    andere_unterschreibt = by.pk == antrag.verfasst_durch_id and regel and regel.vertretung_bei_eigenem
    if Rolle.SCHULE_LEITUNG in rollen(by, antrag) and not andere_unterschreibt:
        raise ValidationError("Sie leiten die Schule und können den Antrag selbst einreichen.")


def wer_schreibt(antrag, by):
    if not schreibt(by, antrag):
        raise ValidationError(f"Das macht, wer den Entwurf schreibt: {antrag.verfasst_durch}.")


def wer_schrieb_holt_zurueck(antrag, by):
    weiter = antrag.ereignisse.filter(schritt="weitergeben").first()
    mit = antrag.mitschreibende.filter(person=by).exists()
    if not mit and by.pk not in (antrag.verfasst_durch_id, weiter and weiter.durch_id):
        raise ValidationError("Zurück holt den Antrag, wer ihn geschrieben oder weitergegeben hat.")


def eigener_entwurf(antrag, by):
    if by.pk != antrag.verfasst_durch_id:
        raise ValidationError("Einen Entwurf verwirft, wer ihn geschrieben hat, oder die Schulleitung.")


def fremder_entwurf(antrag, by):
    if by.pk == antrag.verfasst_durch_id:
        raise ValidationError("Diesen Entwurf haben Sie selbst geschrieben; Sie verwerfen ihn ohne Begründung.")


def wer_verwarf_nimmt_wieder_auf(antrag, by):
    verworfen = antrag.ereignisse.filter(schritt__in=VERWERFEN).first()
    if verworfen is None or by.pk != verworfen.durch_id:
        raise ValidationError("Einen Entwurf nimmt wieder auf, wer ihn verworfen hat.")
    if timezone.now() > verworfen.am + WIEDER_AUFNEHMEN:
        raise ValidationError("Ein Entwurf lässt sich 30 Tage lang wieder aufnehmen; diese Zeit ist vorbei.")


def kein_anderer_aus_der_beratung(antrag, by):
    if antrag.beratung and antrag.beratung.antraege.laufend().exclude(pk=antrag.pk).exists():
        raise ValidationError("Aus dieser Beratung ist inzwischen ein anderer Antrag geworden.")


def nichts_spricht_dagegen(antrag, by):
    harte = [einwand.satz for einwand in einwaende(antrag, antrag.regel_heute, am=timezone.localdate()) if einwand.hart]
    if harte:
        raise ValidationError(harte)


def fehlendes(antrag: Antrag) -> dict[str, list[Einwand]]:
    """What is still missing, by section; an empty list means: the section is complete."""
    return {
        abschnitt.name: [
            Einwand(abschnitt.name, feld, satz)
            for feld, satz in abschnitt.pflicht.items()
            if gefragt(antrag, feld) and ist_leer(antrag, feld)
        ]
        for abschnitt in abschnitte_fuer(antrag.kurz).values()
    }


def ist_leer(antrag, feld) -> bool:
    if feld in ERKLAERUNGEN:
        return not erklaert(antrag, feld)
    wert = getattr(antrag, feld)
    return not wert.exists() if hasattr(wert, "exists") else wert in (None, "", False)


def einwaende(antrag: Antrag, regel: Foerderregel | None, *, am: date) -> list[Einwand]:
    """Everything that speaks against submitting on this day, hard ones and mere notes (fachdossier 3.5 T4, 3.7)."""
    if not antrag.schule.aktiv:
        return [Einwand("pruefen", "", GESCHLOSSEN)]
    fehlt = [einwand for liste in fehlendes(antrag).values() for einwand in liste]
    if regel is None:
        return [*fehlt, Einwand("pruefen", "", "Ihre Netzwerkstelle hat für heute noch keine Förderregel hinterlegt.")]
    einzeln = (pruefe(antrag, regel, am) for pruefe in PRUEFUNGEN)
    geprueft = [*zu_den_posten(antrag, regel), *(einwand for einwand in einzeln if einwand)]
    return [*fehlt, *(map(_auf_der_seite, geprueft) if antrag.kurz else geprueft)]


def _auf_der_seite(einwand: Einwand) -> Einwand:
    """Where the one page asks it, it is put right there."""
    return replace(einwand, abschnitt=KURZ.name) if einwand.feld in KURZ.felder else einwand


def _beratung(antrag, regel, am):
    if antrag.beratung is None or antrag.beratung.status != Beratungsstand.BERATEN:
        return Einwand("pruefen", "beratung", "Vor dem Antrag steht ein Beratungsgespräch mit Ihrer Netzwerkstelle.")


# No rule says whether an office takes applications beside its calls: that is agreed on, and the office decides.
DANACH = (
    "Möglich ist der Antrag in einer anderen offenen Förderrunde oder, wenn Ihre Netzwerkstelle damit einverstanden "
    "ist, ohne Förderrunde."
)


def _runde(antrag, regel, am):
    """Asked later than the moment of the submission was taken: what passes was in time by the receipt as well."""
    runde = antrag.runde
    if runde is None or runde.offen_am(am):
        return None
    if runde.geschlossen_am is None and runde.beginn > am:
        return Einwand(
            "schule", "runde", f"Die Förderrunde „{runde}“ nimmt erst ab dem {datum(runde.beginn)} Anträge an."
        )
    frist = "ist geschlossen" if runde.geschlossen_am else f"war {runde.bis_in_worten} offen"
    satz = f"Die Förderrunde „{runde}“ {frist} und nimmt keine Anträge mehr an. {DANACH}"
    return Einwand("schule", "runde", satz)


def _je_schule(antrag, regel, am):
    """Counted behind the lock of the school when it is submitted."""
    runde = antrag.runde
    if runde is None or runde.hoechstens_je_schule is None:
        return None
    andere = runde.antraege.filter(schule=antrag.schule_id).exclude(pk=antrag.pk).exclude(status__in=NIE_EINGEREICHT)
    if andere.laufend().count() >= runde.hoechstens_je_schule:
        zahl = "ein Antrag" if runde.hoechstens_je_schule == 1 else f"{runde.hoechstens_je_schule} Anträge"
        satz = f"In der Förderrunde „{runde}“ ist je Schule höchstens {zahl} möglich; Ihre Schule hat das ausgeschöpft."
        return Einwand("schule", "runde", satz)


def fruehester_beginn(regel: Foerderregel, am: date) -> date:
    """The first day on which a project may begin whose application is sent on this day; that day itself counts."""
    return am + timedelta(days=regel.vorlauf_tage)


def _vorlauf(antrag, regel, am):
    frueh = fruehester_beginn(regel, am)
    if antrag.beginn and antrag.beginn < frueh:
        return Einwand(
            "zeitraum",
            "beginn",
            f"Zwischen Antrag und Beginn liegen mindestens {regel.vorlauf_tage} Tage. "
            f"Bitte wählen Sie einen Tag ab dem {datum(frueh)}.",
        )


def _freie_tage(antrag, regel, am):
    """Weekends, public holidays and school holidays: often an oversight, sometimes meant so."""
    tage = {"erste": antrag.beginn, "letzte": antrag.ende if antrag.ende != antrag.beginn else None}
    saetze = [
        f"Der {welcher} Tag, der {datum(tag)}, ist ein {grund}."
        for welcher, tag in tage.items()
        if tag and (grund := warum_frei(tag))
    ]
    if antrag.beginn and antrag.ende and antrag.format != Format.FERIEN:
        saetze += [
            f"Vom {datum(f.von)} bis zum {datum(f.bis)} sind {f.name}." for f in ferien(antrag.beginn, antrag.ende)
        ]
    if saetze:
        return Einwand("zeitraum", "beginn", " ".join([*saetze, "Wenn das so gemeint ist, bleibt es so."]), hart=False)


def _ziele(antrag, regel, am):
    if not antrag.kurz and antrag.ziele.filter(Q(ziel="") | Q(indikator="") | Q(nachweis="")).exists():
        satz = "Bitte schreiben Sie zu jedem Ziel, was sich ändern soll, woran Sie es merken und womit Sie es zeigen."
        return Einwand("projekt", "ziele", satz)


def _betrag(antrag, regel, am):
    if antrag.beantragt <= 0 and antrag.kostenposten.exists():
        return Einwand("kosten", "eigenmittel", "Die Ausgaben sind schon gedeckt; es bleibt nichts zu beantragen.")


def _hoechstbetrag(antrag, regel, am):
    andere = zum_hoechstbetrag(antrag, regel)
    rest = noch_frei(regel, andere)
    if antrag.beantragt > rest:
        satz = (
            f"Je {regel.get_hoechstbetrag_je_display()} sind {euro(regel.hoechstbetrag)} möglich; davon sind noch "
            f"{euro(rest)} frei. Sie beantragen {euro(antrag.beantragt)}."
        )
        if andere:
            satz = f"{satz} Schon eingereicht: {'; '.join(andere_in_worten(andere))}."
        return Einwand("kosten", "eigenmittel", satz, hart=regel.hoechstbetrag_hart)


def zum_hoechstbetrag(antrag: Antrag, regel: Foerderregel) -> list[Antrag]:
    """The other projects of this school that use up the same Höchstbetrag."""
    if regel.hoechstbetrag_je != Bezug.SCHULE or not antrag.beginn:
        return []
    von, bis = bezugszeitraum(regel, antrag.beginn)
    return list(Antrag.objects.exclude(pk=antrag.pk).zaehlen_zum_hoechstbetrag(antrag.schule, von=von, bis=bis))


def noch_frei(regel: Foerderregel, andere: list[Antrag]) -> Decimal:
    """What these projects leave of the Höchstbetrag, in euros; never below zero."""
    return max(regel.hoechstbetrag - sum((_betrag_von(projekt) for projekt in andere), Decimal(0)), Decimal(0))


def andere_in_worten(andere: list[Antrag]) -> list[str]:
    """„Zirkus“ (1.200,00 €)"""
    return [f"„{projekt.anzeigetitel}“ ({euro(_betrag_von(projekt))})" for projekt in andere]


def _betrag_von(projekt) -> Decimal:
    return projekt.beantragt if projekt.bewilligt is None else projekt.bewilligt


def _aufgaben(antrag, regel, am):
    if not antrag.kurz and antrag.partner.filter(aufgabe="").exists():
        return Einwand("kooperation", "partner", "Bitte schreiben Sie zu jedem Partner, was er im Projekt tut.")


def _empfaenger(antrag, regel, am):
    if not gefragt(antrag, "zahlung_an"):
        return None
    if antrag.geld_an is None:
        return Einwand("schule", "zahlung_an", "Bitte wählen Sie, welcher Kooperationspartner das Geld erhält.")
    if not antrag.kurz and not antrag.partner.filter(organisation=antrag.geld_an).exists():
        satz = f"Das Geld geht an „{antrag.geld_an}“. Bitte nennen Sie diese Organisation auch als Kooperationspartner."
        return Einwand("kooperation", "partner", satz)


def _begonnen(antrag, regel, am):
    if antrag.begonnen == JA:
        satz = (
            "Sie haben schon etwas bestellt oder gebucht. Das kann meist nicht gefördert werden; fragen Sie am besten "
            f"vor dem Absenden Ihre Netzwerkstelle: {antrag.netzwerkstelle}."
        )
        return Einwand("erklaerungen", "begonnen", satz, hart=False)


def _anlagen(antrag, regel, am):
    verlangt = [a.art for a in regel.verlangt(antrag.beantragt) if a.pflicht_bei == Zeitpunkt.EINREICHUNG]
    verlangt = dict.fromkeys([*verlangt, *(antrag.runde.anlagen if antrag.runde else [])])
    da = set(antrag.anlagen.geltend().values_list("art", flat=True))
    fehlt = [Anlagenart(art).label for art in verlangt if art not in da]
    if fehlt:
        return Einwand("erklaerungen", "anlage", f"Es fehlt noch: {', '.join(fehlt)}.")


# The checks in their order, at one glance.
PRUEFUNGEN: tuple[Callable[[Antrag, Foerderregel, date], Einwand | None], ...] = (
    _beratung, _runde, _je_schule, _aufgaben, _ziele, _vorlauf, _freie_tage, _betrag, eigenanteil, _hoechstbetrag,
    jahre, _empfaenger, _begonnen, _anlagen,
)  # fmt: skip


def bezugszeitraum(regel: Foerderregel, tag: date) -> tuple[date, date]:
    """First and last day of the calendar or school year of this day, as the rule counts."""
    if regel.hoechstbetrag_im == Bezugszeit.KALENDERJAHR:
        return date(tag.year, 1, 1), date(tag.year, 12, 31)
    anfang = tag.year if tag.month >= 8 else tag.year - 1
    return date(anfang, 8, 1), date(anfang + 1, 7, 31)
