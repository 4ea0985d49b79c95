"""The places of a submitted Antrag that can be marked, as its form names them, and how each reads now.

A place is a field (`titel`), a row (`kostenposten-12`), a row that is missing (`kostenposten-neu`), a file
(`anlage-7`) or one that is missing (`fehlt-konzept`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import FieldDoesNotExist

from angebote.anlage.forms import ErklaerungenForm
from angebote.antrag.abschnitte import ABSCHNITTE, ERKLAERUNGEN, KURZ
from angebote.antrag.folgefragen import FOLGEN, gefragt
from angebote.antrag.forms import Abschnittsform
from angebote.antrag.forms_kosten import KostenForm
from angebote.antrag.forms_projekt import ZIEL_FELDER, ProjektForm, ZeitraumForm
from angebote.antrag.forms_schule import SchuleForm
from angebote.antrag.forms_zeilen import KooperationForm
from angebote.antrag.models import Antrag
from angebote.antrag.models_zeilen import HOECHSTENS_ZIELE
from angebote.foerderung.models import Anlagenart, Zielgruppe
from schulerfolg.geld import euro
from schulerfolg.zeit import datum

FORMEN: dict[str, type[Abschnittsform]] = {
    form.name: form for form in (SchuleForm, KooperationForm, ProjektForm, ZeitraumForm, KostenForm, ErklaerungenForm)
}
FEHLT = {"partner": "Es fehlt ein Kooperationspartner", "kostenposten": "Es fehlt eine Ausgabe"}
DATEIEN = ErklaerungenForm.name
MIT_ZEILEN = {"ziele": "ziele", "zielgruppen": "gruppen"}
"""Places of several fields that are saved as rows → the argument of the service."""


@dataclass(frozen=True, slots=True)
class Stelle:
    schluessel: str
    abschnitt: str
    titel: str
    text: str
    """What stands there now, in words."""


def stellen(antrag: Antrag) -> dict[str, Stelle]:
    """Everything that can be marked, in the order of the form."""
    alle = [*(stelle for klasse in FORMEN.values() for stelle in _von(antrag, klasse)), *_dateien(antrag)]
    return {stelle.schluessel: stelle for stelle in alle}


def _von(antrag, klasse) -> Iterator[Stelle]:
    form = klasse(None, antrag=antrag)
    for name in ABSCHNITTE[klasse.name].felder:
        da = name in form.fields or name in MIT_ZEILEN
        text = lesen(antrag, name) if da else ""
        gehoert_dazu = not da or name in FOLGEN or name in ERKLAERUNGEN
        if not gehoert_dazu and (text or not antrag.kurz or name in KURZ.felder):
            titel = name.capitalize() if name in MIT_ZEILEN else str(form.fields[name].label)
            yield Stelle(name, klasse.name, titel, text)
    if form.verwalter:
        for zeile in getattr(antrag, form.verwalter).all():
            titel = f"{zeile._meta.verbose_name}: {zeile}"
            yield Stelle(f"{form.verwalter}-{zeile.pk}", klasse.name, titel[:300], zeile.in_worten)
        yield Stelle(f"{form.verwalter}-neu", klasse.name, FEHLT.get(form.verwalter, "Es fehlt eine Zeile"), "")


def _dateien(antrag) -> Iterator[Stelle]:
    for anlage in antrag.anlagen.geltend():
        titel = f"{anlage.get_art_display()}: {anlage}"
        yield Stelle(f"anlage-{anlage.pk}", DATEIEN, titel[:300], anlage.dokument.name)
    for art in Anlagenart:
        yield Stelle(f"fehlt-{art.value}", DATEIEN, f"Es fehlt: {art.label}", "")


def namen_von(stelle: str) -> tuple[str, ...]:
    """A field that can be marked, with the questions that follow from its answers: they are one place."""
    if stelle == "ziele":
        return tuple(f"{teil}_{nummer}" for nummer in range(1, HOECHSTENS_ZIELE + 1) for teil in ZIEL_FELDER)
    if stelle == "zielgruppen":
        return tuple(f"gruppe_{pk}" for pk in Zielgruppe.objects.values_list("pk", flat=True))
    return (stelle, *(name for name, (frage, _) in FOLGEN.items() if frage == stelle))


def lesen(antrag: Antrag, stelle: str) -> str:
    """A field as a reader finds it in the Antrag."""
    if stelle == "ziele":
        return "\n".join(ziel.in_worten for ziel in antrag.ziele.all())
    if stelle == "zielgruppen":
        return ", ".join(str(zeile) for zeile in antrag.gruppen.select_related("zielgruppe"))
    gefragte = [name for name in namen_von(stelle) if gefragt(antrag, name)]
    return " – ".join(filter(None, (_einzeln(antrag, name) for name in gefragte)))


def _einzeln(antrag, name) -> str:
    try:
        feld = antrag._meta.get_field(name)
    except FieldDoesNotExist:
        return ""
    wert = antrag.geld_an if name == "zahlung_an" else getattr(antrag, name)
    if feld.many_to_many:
        return ", ".join(str(objekt) for objekt in wert.all())
    if feld.choices:
        return str(getattr(antrag, f"get_{name}_display")())
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, Decimal):
        return euro(wert)
    if isinstance(wert, date):
        return datum(wert)
    return "" if wert is None else str(wert)
