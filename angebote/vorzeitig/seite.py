"""The page of an early start: what was asked and answered, and the form that is this person's now."""

from angebote.vorzeitig.forms import AntwortForm, BeantragenForm, BestaetigenForm
from angebote.vorzeitig.permissions import RECHTE
from angebote.vorzeitig.services import kann_beantragen, wer_unterschreibt
from schulerfolg.konten.permissions import STELLENROLLEN


def vorzeitig_seite(antrag, person, hats, **formulare) -> dict:
    """`formulare`: the one that was sent and could not be carried out, by its name."""
    zeilen = list(antrag.vorzeitige.for_page())
    offen = next((zeile for zeile in zeilen if zeile.beantwortet_am is None), None)
    intern = not hats.isdisjoint(STELLENROLLEN)
    unterschreibende = wer_unterschreibt(offen) if offen and offen.geschrieben_am and intern else []
    darf = {
        "form": kann_beantragen(antrag, person, hats, zeilen),
        "antwort": bool(offen) and RECHTE.may(hats, "antworten", antrag),
        "unterschrift": person in unterschreibende and RECHTE.may(hats, "bestaetigen", antrag),
    }
    leer = {
        "form": lambda: BeantragenForm(row=antrag),
        "antwort": lambda: AntwortForm(row=offen),
        "unterschrift": lambda: BestaetigenForm(row=offen),
    }
    return {
        "antrag": antrag,
        "zeilen": zeilen,
        "offen": offen,
        "intern": intern,
        "unterschreibende": unterschreibende,
        "moeglich": antrag.regel is not None and antrag.regel.vorzeitig,
        **{name: formulare.get(name) or (leer[name]() if darf[name] else None) for name in darf},
    }
