"""The thread of a case for one person: what they read, who is asked, and the forms they write with."""

from django.urls import reverse
from django.utils import timezone

from angebote.antrag.workflow import OHNE_ENTSCHEIDUNG, SCHULINTERN
from angebote.nachricht.forms import NachrichtForm, NotizForm
from angebote.nachricht.models import Nachricht
from angebote.nachricht.permissions import RECHTE, beide_lesen, darf_notizen_lesen, ist_schule
from angebote.nachricht.services import BEDENKZEIT, darf_erledigen
from angebote.nachricht.verantwortung import gefragte_der_schule, verantwortlich


def faden(antrag, person, hats, *, form=None, notiz=None) -> dict:
    """What the thread shows; a form that has errors is handed in."""
    schule, schreibt = ist_schule(hats), RECHTE.may(hats, "schreiben", antrag)
    sichtbar = antrag.nachrichten.lesbar(darf_notizen_lesen(hats)).mit_antwort().for_page()
    neu: set[int] = getattr(antrag, "neue_nachrichten", set())
    nachrichten = [_zeile(nachricht, person, hats, schreibt, neu) for nachricht in sichtbar]
    offen = [zeile["nachricht"] for zeile in nachrichten if zeile["offen"]]
    notiert = RECHTE.may(hats, "notieren", antrag) and not schule
    return {
        "antrag": antrag,
        "nachrichten": nachrichten,
        "neu": len(neu),
        "wartet_stelle": _frueheste(offen, Nachricht.Art.AN_STELLE),
        "wartet_schule": _frueheste(offen, Nachricht.Art.AN_SCHULE),
        "ist_schule": schule,
        "verantwortlich": verantwortlich(antrag),
        "gefragte": gefragte_der_schule(antrag) if any(n.art == Nachricht.Art.AN_SCHULE for n in offen) else [],
        "form": form or (NachrichtForm(row=antrag, von_schule=schule) if schreibt else None),
        "notiz": notiz or (NotizForm(row=antrag) if notiert else None),
    }


def _zeile(nachricht, person, hats, schreibt, neu) -> dict:
    """A message, whether it waits for an answer, and what this person may do with it."""
    gilt = nachricht.zurueckgenommen_am is None
    fragt = nachricht.art == Nachricht.Art.AN_STELLE or nachricht.erbeten
    wartet = fragt and not nachricht.beantwortet and nachricht.erledigt_am is None
    offen = gilt and wartet and nachricht.antrag.status not in OHNE_ENTSCHEIDUNG and beide_lesen(hats, nachricht.antrag)
    frisch = nachricht.am + BEDENKZEIT > timezone.now() and not nachricht.vermerke.all() and not nachricht.erledigt_am
    return {
        "nachricht": nachricht,
        "eigene": nachricht.durch_id == person.pk,
        "intern": nachricht.art == Nachricht.Art.INTERN,
        "an_uns": schreibt
        and nachricht.art == (Nachricht.Art.AN_SCHULE if ist_schule(hats) else Nachricht.Art.AN_STELLE),
        "offen": offen,
        "neu": nachricht.pk in neu,
        "darf_erledigen": offen and schreibt and darf_erledigen(nachricht, hats),
        "darf_zuruecknehmen": gilt and frisch and nachricht.durch_id == person.pk and schreibt,
    }


def _frueheste(offen, art):
    """Of what waits for this side, the message with the first day."""
    return min((n for n in offen if n.art == art), key=lambda n: n.frist, default=None)


def wohin(antrag) -> str:
    """Where somebody goes on who wrote: the thread on the page of the case; a draft has a page of its own for it."""
    if antrag.status in SCHULINTERN:
        return reverse("antraege:nachrichten", args=[antrag.pk])
    return f"{antrag.get_absolute_url()}#nachrichten"
