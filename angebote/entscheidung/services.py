"""From the resolution to the award: carry out a Beschluss, decide as the office, release with a second signature.

Money first: every function locks the budgets before the Antrag (lock order Budget → Antrag → counter).
"""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.machine import ANTRAG, take_step
from angebote.budget.services import (
    aufteilen,
    binden,
    budgets_sperren,
    budgettage,
    reservieren,
    reservierung_freigeben,
    sperren_soweit_da,
)
from schulerfolg.akte.services import next_number, order_job
from schulerfolg.konten.permissions import Rolle

SCHRITT = {"bewilligen": "beschliessen", "ablehnen": "ablehnung_beschliessen", "zurueckstellen": "zurueckstellen"}


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


@transaction.atomic
def selbst_entscheiden(antrag, *, by, begruendung=""):
    """The office awards without a meeting, up to the limit of the frozen rule; reported to the next meeting."""
    heute = timezone.localdate()
    _budgets_zuerst(antrag)
    antrag = ANTRAG.lock(antrag)
    stellungnahme = antrag.stellungnahmen.exclude(bestaetigt_am=None).first()
    betrag = stellungnahme.betrag if stellungnahme else None
    antrag = take_step(
        antrag,
        "selbst_entscheiden",
        by=by,
        begruendung=begruendung,
        bewilligt=betrag,
        auflagen=stellungnahme.auflagen if stellungnahme else "",
    )
    kuerzel = antrag.netzwerkstelle.kuerzel
    nummer = f"{kuerzel}-N-{heute.year}/{next_number(f'entscheidung:{kuerzel}:{heute.year}'):02}"
    reservieren(antrag, _teile(antrag, betrag), by=by, nummer=nummer, am=heute)
    return antrag


@transaction.atomic
def bewilligen(antrag, *, by, begruendung=""):
    """The second signature under an award: the money is bound, the worker writes the letter (T18)."""
    _budgets_zuerst(antrag)
    antrag = take_step(antrag, "bewilligen", by=by, begruendung=begruendung)
    binden(antrag, by=by)
    brief_bestellen(antrag)
    return antrag


@transaction.atomic
def ablehnen(antrag, *, by, begruendung=""):
    """The second signature under a refusal; the worker writes the letter with reasons."""
    antrag = take_step(antrag, "ablehnen", by=by, begruendung=begruendung)
    brief_bestellen(antrag)
    return antrag


@transaction.atomic
def freigabe_verweigern(antrag, *, by, begruendung):
    """Send a resolution back: the reservation becomes free, the case is ready for the Gremium again."""
    _budgets_zuerst(antrag)
    antrag = take_step(
        antrag,
        "freigabe_verweigern",
        by=by,
        begruendung=begruendung,
        bewilligt=None,
        auflagen="",
    )
    reservierung_freigeben(antrag, by=by)
    return antrag


@transaction.atomic
def zurueckziehen(antrag, *, by, begruendung=""):
    """Withdraw at any time before the award; what was set aside becomes free (T28)."""
    _budgets_zuerst(antrag)
    antrag = take_step(antrag, "zurueckziehen", by=by, begruendung=begruendung, bewilligt=None, auflagen="")
    reservierung_freigeben(antrag, by=by)
    return antrag


def brief_bestellen(antrag) -> None:
    """Have the worker write the letter. A case is decided once, so there is one."""
    order_job("bescheid_pdf", f"bescheid:{antrag.pk}", antrag=antrag.pk)


def _budgets_zuerst(antrag):
    """Lock the budgets this Antrag may hold money in, before the Antrag itself; a draft holds none."""
    if antrag.regel and antrag.beginn and antrag.ende:
        sperren_soweit_da(antrag.netzwerkstelle, budgettage(antrag.beginn, antrag.ende, antrag.regel.budgetachse))


def _teile(antrag, betrag):
    if not betrag or betrag <= 0:
        raise ValidationError("Bitte nennen Sie einen Betrag über 0,00 €.")
    return aufteilen(betrag, antrag.beginn, antrag.ende, antrag.regel.budgetachse)


def _betrag_passt(antrag, betrag):
    if betrag > antrag.beantragt:
        raise ValidationError("Bewilligt werden kann höchstens der beantragte Betrag.")


def _worte(ergebnis):
    return {"bewilligen": "Bewilligung", "ablehnen": "Ablehnung", "zurueckstellen": "zurückgestellt"}[ergebnis]
