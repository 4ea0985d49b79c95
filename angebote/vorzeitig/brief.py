"""The short letter that answers: allowed from a day, or not and why. It never promises money."""

from django.template.loader import render_to_string

from angebote.antrag.machine import ANTRAG
from angebote.antrag.permissions import rollen
from angebote.antrag.workflow import ZEICHNENDE
from angebote.entscheidung.brief import briefkopf, rechtsbehelf
from schulerfolg.zeit import in_worten

TITEL = {True: "Zulassung des vorzeitigen Beginns", False: "Antwort zum vorzeitigen Beginn"}


def als_html(zeile, *, by, am) -> str:
    """The letter as this person signs it on this day, word for word as it is made into a PDF."""
    antrag = zeile.antrag
    titel = TITEL[zeile.zugelassen]
    hut = ANTRAG.hat_in_words(antrag, rollen(by, antrag), ZEICHNENDE)
    brief = {
        **briefkopf(antrag, am),
        "titel": titel,
        "betrag": "",
        "auflagen": [],
        "nebenbestimmungen": [],
        "publizitaet": [],
        "rechtsbehelf": "" if zeile.zugelassen else rechtsbehelf(antrag),
        "unterschriften": [f"{by}, {hut}", f"freigegeben im Portal am {in_worten(am)}"],
    }
    fusszeile = f"{titel} {antrag.nummer}, {antrag.netzwerkstelle.kurzname}"
    return render_to_string(
        "pdf/vorzeitig.html", {"brief": brief, "antrag": antrag, "zeile": zeile, "fusszeile": fusszeile}
    )
