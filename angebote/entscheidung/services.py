"""From the resolution to the award: carry out a Beschluss, decide as the office, release with a second signature.

Money first: every function locks the budgets before the Antrag (lock order Budget → Antrag → counter). What is signed
is a letter that lay before its signer: `vorschau_bestellen` has it made, and the signature names its SHA-256.
"""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.jahre import jahresteile
from angebote.antrag.machine import ANTRAG, empfaenger, take_step
from angebote.antrag.models_akte import Schriftstueck
from angebote.antrag.permissions import rollen
from angebote.antrag.workflow import ABLAUF, SCHULE
from angebote.budget.services import (
    binden,
    budgets_sperren,
    budgettage,
    reservieren,
    reservierung_freigeben,
    sperren_soweit_da,
)
from angebote.entscheidung.bedingungen import brief_ist_vollstaendig
from angebote.entscheidung.brief import Brief, als_html, brief
from angebote.entscheidung.models import Briefvorschau
from angebote.entscheidung.queries import empfehlung_von
from angebote.pruefung import vorab
from schulerfolg.akte.models import Dokument
from schulerfolg.akte.services import next_number, order_job
from schulerfolg.geld import euro
from schulerfolg.konten.permissions import Rolle
from schulerfolg.konten.services import notify

SCHRITT = {"bewilligen": "beschliessen", "ablehnen": "ablehnung_beschliessen", "zurueckstellen": "zurueckstellen"}
MIT_BRIEF = ("bewilligen", "ablehnen", "formal_ablehnen")
"""The steps that send a letter; each is signed with its preview."""
NEU_ANSEHEN = (
    "Das Schreiben, das Sie unterschreiben wollen, ist nicht das, was Sie zuletzt angesehen haben: Seitdem hat sich "
    "etwas darin geändert, zum Beispiel das Datum. Bitte sehen Sie es noch einmal an."
)


@transaction.atomic
def beschluss_umsetzen(
    antrag, *, by, ergebnis: str, nummer: str, am: date, betrag: Decimal | None = None, auflagen="", gruende=""
):
    """Write what the Gremium resolved into the Antrag: the only place that wears the hat GREMIUM (T14–T16).

    `ergebnis`: bewilligen, ablehnen or zurueckstellen. Refused when the case was withdrawn meanwhile
    (TransitionNotAllowed) or the money does not reach (ValidationError).
    """
    teile = _teile(antrag, betrag) if ergebnis == "bewilligen" else {}
    antrag = sperren_fuer(antrag, betrag if teile else None)
    if teile:
        _betrag_passt(antrag, betrag)
    antrag = take_step(
        antrag,
        SCHRITT[ergebnis],
        by=by,
        hat=Rolle.GREMIUM,
        begruendung=gruende,
        text=f"hat den Beschluss {nummer} festgestellt: {_worte(ergebnis)}",
        bewilligt=betrag if ergebnis == "bewilligen" else None,
        auflagen=auflagen,
    )
    if teile:
        reservieren(antrag, teile, by=by, nummer=nummer, am=am)
    return antrag


def sperren_fuer(antrag, betrag: Decimal | None):
    """The Antrag, locked after the budgets it would draw on: for a caller that needs both before its own rows."""
    if betrag is not None:
        budgets_sperren(antrag.netzwerkstelle, _teile(antrag, betrag))
    return ANTRAG.lock(antrag)


def bewilligung_moeglich(antrag, betrag: Decimal) -> None:
    """Raises ValidationError where this sum can't be awarded today, so that nobody votes on it."""
    if betrag > antrag.beantragt:
        raise ValidationError({"betrag": f"Mehr als beantragt ({euro(antrag.beantragt)}) lässt sich nicht bewilligen."})
    teile = _teile(antrag, betrag)
    for jahr, budget in budgets_sperren(antrag.netzwerkstelle, teile).items():
        if budget.verfuegbar < teile[jahr]:
            raise ValidationError(
                {
                    "betrag": f"Das Budget {jahr} reicht nicht: frei sind noch {euro(budget.verfuegbar)}. "
                    "Bitte stellen Sie weniger zur Abstimmung, oder vertagen Sie den Punkt."
                }
            )


@transaction.atomic
def selbst_entscheiden(antrag, *, by, begruendung="", version=None):
    """The office awards without a meeting, up to the limit of the frozen rule; reported to the next meeting."""
    _budgets_zuerst(antrag)
    antrag = ANTRAG.lock(antrag)
    jetzt = timezone.now()
    heute, kuerzel = timezone.localtime(jetzt).date(), antrag.netzwerkstelle.kuerzel
    nummer = f"{kuerzel}-N-{heute.year}/{next_number(f'entscheidung:{kuerzel}:{heute.year}'):02}"
    stellungnahme = empfehlung_von(antrag)
    betrag = stellungnahme.betrag if stellungnahme else None
    antrag = take_step(
        antrag,
        "selbst_entscheiden",
        by=by,
        am=jetzt,
        text=f"hat als Netzwerkstelle entschieden ({nummer})",
        begruendung=begruendung,
        version=version,
        bewilligt=betrag,
        auflagen=stellungnahme.auflagen if stellungnahme else "",
    )
    reservieren(antrag, _teile(antrag, betrag), by=by, nummer=nummer, am=heute)
    return antrag


@transaction.atomic
def vorschau_bestellen(antrag, schritt: str, *, by, begruendung="", version=None) -> Briefvorschau:
    """Have the worker make the letter as this person would sign it today; the same one is made once.

    Refused like the step itself: whoever may not sign sees no letter either. What the page showed (`version`) counts
    with the signature.
    """
    antrag = ANTRAG.lock(antrag)
    ANTRAG.require(antrag, schritt, rollen(by, antrag))
    ABLAUF.check(schritt, antrag, by)
    brief_ist_vollstaendig(antrag)
    inhalt = brief(antrag, schritt, by=by, am=timezone.localdate(), begruendung=begruendung)
    werte = {"schritt": schritt, "begruendung": begruendung, "text": als_html(inhalt)}
    eigene = antrag.briefvorschauen.filter(fuer=by)
    if vorschau := eigene.filter(**werte).first():
        return vorschau
    vorschauen_verwerfen(eigene)
    vorschau = Briefvorschau.objects.create(antrag=antrag, fuer=by, art=inhalt.art, titel=inhalt.titel, **werte)
    order_job("briefvorschau_pdf", f"briefvorschau:{vorschau.pk}", vorschau=vorschau.pk)
    return vorschau


@transaction.atomic
def bewilligen(antrag, *, by, schreiben: str, begruendung="", version=None):
    """The second signature under an award: the money is bound, the letter goes to the school (T18).

    `schreiben`: the SHA-256 of the letter that was looked at; exactly these bytes are sent.
    """
    _budgets_zuerst(antrag)
    antrag = _unterschreiben(antrag, "bewilligen", by=by, schreiben=schreiben, version=version)
    binden(antrag, by=by)
    return antrag


def ablehnen(antrag, *, by, schreiben: str, begruendung="", version=None):
    """The second signature under a refusal of the Gremium; the letter gives its reasons."""
    return _unterschreiben(antrag, "ablehnen", by=by, schreiben=schreiben, version=version)


@transaction.atomic
def formal_ablehnen(antrag, *, by, schreiben: str, begruendung):
    """Refuse on formal grounds: whoever took the case over can't also refuse it (T9)."""
    antrag = _unterschreiben(antrag, "formal_ablehnen", by=by, schreiben=schreiben, begruendung=begruendung)
    vorab.abschliessen(antrag)
    return antrag


def _unterschreiben(antrag, schritt, *, by, schreiben, begruendung="", version=None):
    """Take the step with the letter this person looked at, if it would still be the same letter now."""

    def festlegen(antrag):
        vorschau = antrag.briefvorschauen.fertig().filter(fuer=by, schritt=schritt, dokument__sha256=schreiben).first()
        inhalt = brief(antrag, schritt, by=by, am=timezone.localdate(), begruendung=begruendung)
        if vorschau is None or vorschau.text != als_html(inhalt):
            raise ValidationError(NEU_ANSEHEN)
        brief_ablegen(inhalt, vorschau.dokument)
        vorschauen_verwerfen(antrag.briefvorschauen.all(), ausser=vorschau.dokument)

    return take_step(antrag, schritt, by=by, begruendung=begruendung, version=version, meanwhile=festlegen)


def brief_ablegen(inhalt: Brief, dokument: Dokument) -> Schriftstueck:
    """These bytes are the letter: it belongs to the case, and the school gets it in the mail."""
    antrag = inhalt.antrag
    schriftstueck = Schriftstueck.objects.create(antrag=antrag, art=inhalt.art, titel=inhalt.titel, dokument=dokument)
    notify(
        empfaenger(antrag, SCHULE),
        "angebote/mail/brief.txt",
        {"antrag": antrag, "brief": inhalt, "schriftstueck": schriftstueck},
        ereignis=f"brief:{antrag.pk}",
        vertretbar=lambda person: not rollen(person, antrag).isdisjoint(SCHULE),
        anlagen=[dokument],
    )
    return schriftstueck


def vorschauen_verwerfen(vorschauen, ausser: Dokument | None = None) -> None:
    """A preview that was not signed is no paper of the case: it goes, with its bytes."""
    dokumente = [vorschau.dokument for vorschau in vorschauen.fertig().defer("dokument__inhalt")]
    vorschauen.delete()
    for dokument in dokumente:
        if dokument != ausser:
            dokument.delete()


@transaction.atomic
def freigabe_verweigern(antrag, *, by, begruendung, version=None):
    """Send a resolution back: the reservation becomes free, the case is ready for the Gremium again."""
    _budgets_zuerst(antrag)
    antrag = take_step(
        antrag,
        "freigabe_verweigern",
        by=by,
        begruendung=begruendung,
        version=version,
        bewilligt=None,
        auflagen="",
    )
    reservierung_freigeben(antrag, by=by)
    vorschauen_verwerfen(antrag.briefvorschauen.all())
    return antrag


@transaction.atomic
def zurueckziehen(antrag, *, by, begruendung="", version=None):
    """Withdraw at any time before the award; what was set aside becomes free (T28)."""
    _budgets_zuerst(antrag)
    ohne = {"bewilligt": None, "auflagen": ""}
    antrag = take_step(antrag, "zurueckziehen", by=by, begruendung=begruendung, version=version, **ohne)
    reservierung_freigeben(antrag, by=by)
    vorschauen_verwerfen(antrag.briefvorschauen.all())
    vorab.abschliessen(antrag)
    return antrag


def _budgets_zuerst(antrag):
    """Lock the budgets this Antrag may hold money in, before the Antrag itself; a draft holds none."""
    if antrag.regel and antrag.beginn and antrag.ende:
        sperren_soweit_da(antrag.netzwerkstelle, budgettage(antrag.beginn, antrag.ende, antrag.regel.budgetachse))


def _teile(antrag, betrag):
    if not betrag or betrag <= 0:
        raise ValidationError("Bitte nennen Sie einen Betrag über 0,00 €.")
    return jahresteile(antrag, betrag, antrag.regel)


def _betrag_passt(antrag, betrag):
    if betrag > antrag.beantragt:
        raise ValidationError("Bewilligt werden kann höchstens der beantragte Betrag.")


def _worte(ergebnis):
    return {"bewilligen": "Bewilligung", "ablehnen": "Ablehnung", "zurueckstellen": "zurückgestellt"}[ergebnis]
