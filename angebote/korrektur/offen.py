"""The marked places, opened: the form classes of the draft, in which everything that is not marked stays closed.

A field that is not marked has the value that is stored; what is posted for it is never looked at. A row has a form of
its own, so no other row is even read.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import QueryDict

from angebote.antrag.forms import KEINE_SPALTEN, Abschnittsform, Frage
from angebote.antrag.models import Antrag
from angebote.korrektur.models import Markierung
from angebote.korrektur.stellen import FORMEN, MIT_ZEILEN, namen_von
from schulerfolg.formular.zeilen import Zeile

HOECHSTENS_NEU = 20
Eingabe = dict[str, list[str]]
"""Name of an input → what the browser sends for it; what is empty is left out."""


@dataclass(frozen=True, slots=True)
class Offen:
    """One marked place with its inputs. A file has none: it is chosen anew and waits with the Markierung."""

    markierung: Markierung
    unberuehrt: Eingabe
    """What its inputs send while nobody touched them."""
    abschnitt: Abschnittsform | None = None
    zeilen: tuple[Zeile, ...] = ()

    @property
    def fragen(self) -> list[Frage]:
        """The question with those that follow from it, as the page of the draft draws them."""
        return [self.abschnitt.fragen[self.markierung.stelle]] if self.abschnitt and not self.vorlage else []

    @property
    def vorlage(self) -> str:
        """What the page of the draft draws instead, where the place has several fields."""
        return f"angebote/antrag/{self.markierung.stelle}.html" if self.markierung.stelle in MIT_ZEILEN else ""

    @property
    def felder(self) -> list[forms.BoundField]:
        if self.abschnitt is None:
            return []
        return [self.abschnitt[name] for name in namen_von(self.markierung.stelle) if name in self.abschnitt.fields]

    @property
    def ist_datei(self) -> bool:
        return self.abschnitt is None and not self.zeilen

    @property
    def eingabe(self) -> Eingabe | None:
        """What is typed here, cleaned; None where it says what is stored."""
        alle = [*self.felder, *(zeile[name] for zeile in self.zeilen for name in zeile.fields)]
        jetzt = _gefuellt({feld.html_name: _werte(feld) for feld in alle})
        return None if jetzt == self.unberuehrt else jetzt

    @property
    def fehler(self) -> list[str]:
        saetze = [str(satz) for feld in self.felder for satz in feld.errors]
        return saetze + [str(satz) for zeile in self.zeilen for liste in zeile.errors.values() for satz in liste]

    def werte(self) -> dict:
        """Columns and lists of the Antrag, as they should be."""
        if self.abschnitt is None:
            return {}
        angaben, stelle = self.abschnitt.arguments(), self.markierung.stelle
        if stelle in MIT_ZEILEN:
            return {stelle: angaben[MIT_ZEILEN[stelle]]}
        alle = {**angaben["felder"], **angaben.get("viele", {})}
        return {name: alle[name] for name in namen_von(self.markierung.stelle) if name in alle}


def oeffnen(antrag: Antrag, markierungen: Iterable[Markierung], gesendet: QueryDict | None = None) -> list[Offen]:
    """Every marked place with what was sent just now, else with what waits there, else with what is stored."""
    markierungen = list(markierungen)
    offen: dict[int, Offen] = {}
    for name, klasse in FORMEN.items():
        hier = [m for m in markierungen if m.abschnitt == name]
        if hier:
            offen |= _abschnitt(antrag, klasse, hier, gesendet)
    return [offen.get(m.pk) or Offen(m, {}) for m in markierungen]


def _abschnitt(antrag, klasse, markierungen, gesendet) -> dict[int, Offen]:
    leer = klasse(None, antrag=antrag)
    vorhanden = dict(_gespeicherte_zeilen(antrag, leer))
    felder = [m for m in markierungen if m.stelle in leer.fields or m.stelle in MIT_ZEILEN]
    daten, unberuehrt = QueryDict(mutable=True), {}
    for m in markierungen:
        if m in felder:
            unberuehrt[m.pk] = _gefuellt(
                {name: _roh(leer[name]) for name in namen_von(m.stelle) if name in leer.fields}
            )
        elif m.stelle in vorhanden:
            zeile = _zeile(leer, m.stelle, None, vorhanden[m.stelle])
            unberuehrt[m.pk] = _gefuellt({zeile[name].html_name: _roh(zeile[name]) for name in zeile.fields})
        else:
            unberuehrt[m.pk] = {}
        for name, werte in _eingabe(m, unberuehrt[m.pk], gesendet).items():
            daten.setlist(name, werte)
    form = _nur(klasse(daten, antrag=antrag), antrag, {name for m in felder for name in namen_von(m.stelle)})
    return {m.pk: Offen(m, unberuehrt[m.pk], form) for m in felder} | {
        m.pk: Offen(m, unberuehrt[m.pk], None, tuple(_zeilen(leer, m, daten, vorhanden)))
        for m in markierungen
        if m not in felder
    }


def _nur(form: Abschnittsform, antrag, namen: Collection[str]) -> Abschnittsform:
    """The form with these fields open; every other one is closed and holds what is stored."""
    for name in KEINE_SPALTEN:
        form.fields.pop(name, None)
    for name, feld in form.fields.items():
        if name not in namen:
            feld.disabled, feld.required = True, False
            vars(feld)["clean"] = partial(_gespeichert, antrag, name, feld)
    form.full_clean()
    return form


def uebrige_fehler(offen: Iterable[Offen]) -> list[str]:
    """What can't be true beside what stays closed, such as an end before the first day."""
    formen = {id(o.abschnitt): o.abschnitt for o in offen if o.abschnitt}.values()
    zu = [(liste, form.fields.get(name)) for form in formen for name, liste in form.errors.items()]
    saetze = [str(satz) for liste, feld in zu if feld is None or feld.disabled for satz in liste]
    return list(dict.fromkeys(saetze))


def _gespeichert(antrag, name, feld, *_gesendet):
    if name not in {spalte.name for spalte in Antrag._meta.get_fields()}:
        return feld.to_python("")
    wert = getattr(antrag, name)
    return list(wert.all()) if hasattr(wert, "all") else wert


def _gespeicherte_zeilen(antrag, form) -> Iterator[tuple[str, dict]]:
    if verwalter := form.verwalter:
        nummern = getattr(antrag, verwalter).values_list("pk", flat=True)
        yield from ((f"{verwalter}-{pk}", werte) for pk, werte in zip(nummern, form.gespeichert(), strict=True))


def _zeilen(form, markierung, daten, vorhanden) -> Iterator[Zeile]:
    stelle = markierung.stelle
    if stelle in vorhanden:
        yield _zeile(form, stelle, daten, vorhanden[stelle])
    elif stelle == f"{form.verwalter}-neu":
        da = [int(nummer) for name in daten for nummer in re.findall(rf"^{stelle}-(\d{{1,2}})-", name)]
        for nummer in range(min(max(da, default=-1) + 2, HOECHSTENS_NEU)):
            yield _zeile(form, f"{stelle}-{nummer}", daten, None)


def _zeile(form, prefix, daten, initial) -> Zeile:
    zeile = form.zeile(
        daten, prefix=prefix, initial=initial, wahl=form.wahl, empty_permitted=True, use_required_attribute=False
    )
    zeile.fields["DELETE"] = forms.BooleanField(label="Diese Zeile streichen", required=False)
    return zeile


def _eingabe(markierung, unberuehrt, gesendet) -> Eingabe:
    """What fills the inputs of this place, and of no other."""
    if gesendet is None:
        return unberuehrt if markierung.eingabe is None else markierung.eingabe
    namen = namen_von(markierung.stelle)
    hier = [name for name in gesendet if name in namen or name.startswith(f"{markierung.stelle}-")]
    return _gefuellt({name: gesendet.getlist(name) for name in hier})


def _roh(feld: forms.BoundField) -> list[str]:
    """What the browser sends for this input as it stands."""
    wert, widget = feld.value(), feld.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if wert else []
    roh = widget.format_value(wert)
    return [str(teil) for teil in (roh if isinstance(roh, list | tuple) else [roh]) if teil is not None]


def _werte(feld: forms.BoundField) -> list[str]:
    daten = feld.form.data
    return daten.getlist(feld.html_name) if isinstance(daten, QueryDict) else []


def _gefuellt(eingabe: Eingabe) -> Eingabe:
    sauber = {name: sorted(filter(None, (wert.strip() for wert in werte))) for name, werte in eingabe.items()}
    return {name: werte for name, werte in sauber.items() if werte}
