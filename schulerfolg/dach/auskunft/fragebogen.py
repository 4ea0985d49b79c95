"""Every question of the application, read from the very forms that ask them: an empty draft of this office, on paper.

Nothing is listed a second time: a question that a form gets or loses comes and goes here too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.text import capfirst

from angebote.anlage.forms import ErklaerungenForm
from angebote.antrag.abschnitte import ABSCHNITTE, BEREITZULEGEN, KURZ
from angebote.antrag.views import FORMEN
from angebote.foerderung.models import Foerderregel, Vokabel
from angebote.models import Antrag, Foerderrunde
from netzwerkstellen.models import Netzwerkstelle, Schule

FORMULARE = FORMEN | {ErklaerungenForm.name: ErklaerungenForm}
OEFFENTLICH = (Vokabel, Foerderrunde)
"""Rows that are printed as choices; schools, organisations and people are chosen on the page alone."""
ZEILEN_AUF_PAPIER = range(1, 4)
"""Rows are printed so often, to be filled in."""


@dataclass(frozen=True, slots=True)
class Frage:
    """One question: `noetig` in words, `art` is the room it needs on paper (zeile, text, wahl, haken, datei)."""

    label: str
    hilfe: str
    noetig: str
    art: str
    beispiel: str
    kurz: bool
    """Whether the application on one page asks it too."""
    nur: str = ""
    """The answer to the question before after which it is asked; empty: always."""
    wahl: list[str] = field(default_factory=list)
    linien: range = range(1)
    """How many lines to write on."""


@dataclass(frozen=True, slots=True)
class Teil:
    """A section; `zeilen` are the questions of a row, of which there may be several."""

    nummer: int
    titel: str
    minuten: int
    bereit: str
    fragen: list[Frage]
    zeilen: list[Frage]
    anlagen: list[tuple[str, str]]
    """Documents that the rule asks for, and when; in the section that takes files."""


def fragebogen(stelle: Netzwerkstelle, regel: Foerderregel | None) -> list[Teil]:
    """The sections in their order, as an empty draft at this office would ask today."""
    leer = Antrag(pk=0, netzwerkstelle=stelle, schule=Schule(pk=0, netzwerkstelle=stelle))
    return [_teil(nummer, name, leer, regel) for nummer, name in enumerate(ABSCHNITTE, 1)]


def _teil(nummer, name, leer, regel) -> Teil:
    form, abschnitt = FORMULARE[name](antrag=leer), ABSCHNITTE[name]
    mit_dateien = any(isinstance(feld, forms.FileField) for feld in form.fields.values())
    verlangt = regel.anlagen.all() if regel and mit_dateien else []
    zeile = form.zeilen.empty_form if form.zeilen is not None else None
    return Teil(
        nummer,
        abschnitt.titel,
        abschnitt.minuten,
        BEREITZULEGEN[name],
        list(_fragen(form)),
        _zeile(form, zeile, abschnitt) if zeile else [],
        [(anlage.get_art_display(), anlage.get_pflicht_bei_display()) for anlage in verlangt],
    )


def _zeile(form, zeile, abschnitt) -> list[Frage]:
    kurz = any(name in KURZ.felder for name in abschnitt.felder if name not in form.fields)
    gefragt = (feld for feld in zeile.visible_fields() if feld.name != "DELETE")
    return [_frage(feld, form.wahl, kurz=kurz) for feld in gefragt]


def _fragen(form) -> Iterator[Frage]:
    """Each with those that follow from its answers."""
    for frage in form.fragen.values():
        yield _frage(frage.feld, kurz=frage.feld.name in KURZ.felder, beispiel=frage.beispiel)
        for _, antwort, felder in frage.folgen:
            yield from (_frage(feld, nur=antwort, kurz=feld.name in KURZ.felder) for feld in felder)


def _frage(gebunden, zeilenwahl: Mapping | None = None, *, kurz: bool, nur: str = "", beispiel: str = "") -> Frage:
    """`zeilenwahl`: the rows that a row of the form chooses from."""
    feld = gebunden.field
    hilfe, grenze = str(feld.help_text), getattr(feld, "max_length", None)
    if grenze and str(grenze) not in hilfe and not isinstance(feld, forms.EmailField):
        hilfe = f"{hilfe} Höchstens {grenze} Zeichen.".strip()
    wahl = _wahl(feld, zeilenwahl or {})
    return Frage(
        capfirst(gebunden.label), hilfe, _noetig(feld), _art(feld, wahl), beispiel, kurz, nur, wahl, _linien(feld)
    )


def _noetig(feld) -> str:
    if feld.required:
        return "nötig"
    return "in manchen Fällen nötig" if getattr(feld, "noetig", False) else "freiwillig"


def _art(feld, wahl) -> str:
    if isinstance(feld, forms.BooleanField):
        return "haken"
    if isinstance(feld, forms.FileField):
        return "datei"
    return "wahl" if wahl else "text" if isinstance(feld.widget, forms.Textarea) else "zeile"


def _wahl(feld: Any, zeilenwahl: Mapping) -> list[str]:
    """What can be chosen, where everybody may read it: a fixed list, or rows that are public."""
    art = type(feld)
    if issubclass(art, forms.ModelChoiceField):
        oeffentlich = issubclass(feld.queryset.model, OEFFENTLICH)
        return [feld.label_from_instance(row) for row in feld.queryset] if oeffentlich else []
    if not issubclass(art, forms.ChoiceField):
        return []
    privat = {schluessel for schluessel, row in zeilenwahl.items() if not isinstance(row, OEFFENTLICH)}
    if any(wert in privat for wert, _ in feld.choices):
        return []
    return [str(worte) for wert, worte in feld.choices if wert != ""]


def _linien(feld) -> range:
    """By how much may be written."""
    grenze = getattr(feld, "max_length", None) or 0
    return range(min(14, max(3, grenze // 250)) if isinstance(feld.widget, forms.Textarea) else 1)
