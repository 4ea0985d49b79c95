"""The page about who writes on a draft, for one person."""

from angebote.antrag.models import Antrag
from angebote.antrag.permissions import schreibt
from angebote.zusammenarbeit.forms import ALLE
from angebote.zusammenarbeit.permissions import RECHTE, erlaubt
from angebote.zusammenarbeit.services import Ausgang

SCHRITTE = ("anlegen", "bearbeiten", "mitschreiben_lassen", "nicht_mehr_mitschreiben", "annehmen", "an_sich_nehmen")
MOST_EVENTS = 12


def formulare(antrag: Antrag, person, data) -> dict:
    """All forms of the page by what they do; the one that was sent is bound."""
    return {form.service: form(data, row=antrag, person=person) for form in ALLE}


def zusammenarbeitsseite(antrag: Antrag, person, formulare: dict) -> dict:
    offen = antrag.uebergaben.filter(ausgang=Ausgang.OFFEN).select_related("von", "an").first()
    darf = erlaubt(person, antrag)
    return {
        "antrag": antrag,
        "mitschreibende": [zeile.person for zeile in antrag.mitschreibende.select_related("person")],
        "uebergabe": offen if RECHTE.due("uebergeben", antrag) else None,
        "fuer_mich": bool(offen and offen.an_id == person.pk),
        "von_mir": bool(offen and offen.von_id == person.pk),
        "schreibe": schreibt(person, antrag),
        "geschehen": antrag.ereignisse.filter(schritt__in=SCHRITTE).for_list()[:MOST_EVENTS],
        "forms": formulare,
        **{f"darf_{recht}": recht in darf for recht in ("einladen", "uebergeben", "an_sich_nehmen")},
    }
