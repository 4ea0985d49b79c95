"""What every section of the draft has in common: it saves what can be read and never another one's words.

Nothing is required while a draft is written: labels say what will be needed, the task list says what is missing.
"""

from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from uuid import UUID, uuid4

from django import forms

from angebote.antrag.abschnitte import ALLE, hilfen
from angebote.antrag.beispiele import BEISPIELE
from angebote.antrag.folgefragen import FOLGEN
from angebote.antrag.models import JA_ODER_NEIN, Antrag
from angebote.antrag.services import VersionKonflikt, abschnitt_speichern
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Langtext, nie_abschneiden
from schulerfolg.formular.gesehen import FELD, columns, gesehen, take_over, unchanged

OHNE_NAMEN = "Bitte ohne Namen von Kindern."
KEINE_SPALTEN = ("version", "sicherung", "davor", FELD)


@dataclass(frozen=True, slots=True)
class Frage:
    """A field, and what is asked after which of its answers: (answer, how it reads, fields)."""

    feld: forms.BoundField
    beispiel: str
    folgen: list[tuple[str, str, list[forms.BoundField]]]


class Abschnittsform(Gereinigt, forms.ModelForm):
    """One section of a draft. It keeps the version that was seen; `konflikt` is the row somebody else saved since.

    Works on a copy of the Antrag, so the page around it shows what is stored. `zeilen` is the formset of a section
    that has rows.
    """

    name = ""
    vorlage = "angebote/antrag/felder.html"
    zeilen = None
    verwalter = ""
    """Where the Antrag has these rows, in the order of `gespeichert`; `baut` is the method of a row that makes one."""
    baut = ""
    konflikt = None
    gespeichert = None
    zusammen: tuple[str, ...] = ()
    """Fields that are saved together or not at all while one of them can't be read."""
    sichernd = False
    """Whether this is a save while somebody is still writing."""
    version = forms.IntegerField(label="Fassung", widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    sicherung = forms.UUIDField(required=False, widget=forms.HiddenInput)
    davor = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4000)

    def __init__(self, data=None, files=None, *, antrag):
        self.antrag = antrag
        super().__init__(data, files, instance=copy(antrag), initial={"version": antrag.version, "sicherung": uuid4()})
        self.fields[FELD] = gesehen(self)
        self.pflicht = ALLE[self.name].pflicht
        for name, field in self.fields.items():
            field.required = name in self.pflicht
            ohne_namen(field)
        nie_abschneiden(self)

    def full_clean(self):
        """A draft may be saved with gaps; what is written must be readable."""
        pflicht = [field for field in self.fields.values() if field.required]
        for field in pflicht:
            field.required = False
        super().full_clean()
        for name in [name for name in self._errors if not self._gefragt(name)]:
            del self._errors[name]
        for field in pflicht:
            field.required = True

    def _gefragt(self, name) -> bool:
        frage, wert = FOLGEN.get(name, (None, None))
        return frage not in self.fields or self.cleaned_data.get(frage) == wert

    @property
    def fragen(self) -> dict[str, Frage]:
        """The questions of the page by name, each with those that follow from its answers."""
        fragen = {
            feld.name: Frage(feld, BEISPIELE.get(feld.name, ""), [])
            for feld in self.visible_fields()
            if self._steht_allein(feld.name)
        }
        for name, (frage, wert) in FOLGEN.items():
            if frage not in fragen or name not in self.fields:
                continue
            folgen, an = fragen[frage].folgen, "an" if wert is True else wert
            if not folgen or folgen[-1][0] != an:
                folgen.append((an, _in_worten(self[frage], wert), []))
            folgen[-1][2].append(self[name])
        return fragen

    def _steht_allein(self, name) -> bool:
        return name not in FOLGEN or FOLGEN[name][0] not in self.fields

    def is_valid(self):
        return super().is_valid() and (self.zeilen is None or self.zeilen.is_valid())

    def arguments(self) -> dict:
        """What `abschnitt_speichern` is told: columns, and apart from them the lists."""
        lists = {field.name for field in Antrag._meta.many_to_many}
        faul = {*self.errors, *(self.zusammen if not self.errors.keys().isdisjoint(self.zusammen) else ())}
        werte = {name: wert for name, wert in self.cleaned_data.items() if name not in {*KEINE_SPALTEN, *faul}}
        return {
            "felder": {name: wert for name, wert in werte.items() if name not in lists},
            "viele": {name: wert for name, wert in werte.items() if name in lists},
        }

    def carry_out(self, *, by, version: int | None = None) -> bool:
        """Save; when somebody else was quicker, keep the inputs and let the next save win knowingly.

        `version` is given for the second try, where a colleague saved another section meanwhile: that is no conflict.
        `gespeichert` is the row as it was saved.
        """
        schluessel = {"sicherung": self.cleaned_data.get("sicherung"), "davor": self._davor()}
        gesehen = self.cleaned_data.get("version") or 0 if version is None else version
        try:
            self.gespeichert = self._speichern(by=by, version=gesehen, **schluessel, **self.arguments())
        except VersionKonflikt as error:
            if version is None and self.zeilen is None and unchanged(self, self.stand(error.antrag)):
                return self.carry_out(by=by, version=error.antrag.version)
            self.konflikt = error.antrag
            take_over(self, self.stand(error.antrag))
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = error.antrag.version
        return self.konflikt is None

    def stand(self, antrag) -> dict:
        """What is stored for each field of this section."""
        return columns(antrag)

    def sichern(self, *, by) -> bool:
        """Save while somebody is writing: whatever can be read; `errors` and `spaeter` name what was left out."""
        self.sichernd = True
        self.is_valid()
        return self.carry_out(by=by)

    @property
    def spaeter(self) -> str:
        """What waits for the button, as a sentence."""
        return ""

    def _davor(self) -> list[UUID]:
        keys = []
        for text in self.cleaned_data.get("davor", "").split(",")[-50:]:
            with suppress(ValueError):
                keys.append(UUID(text))
        return keys

    def _speichern(self, **angaben):
        return abschnitt_speichern(self.antrag, **angaben)


def ohne_namen(field: forms.Field) -> None:
    """A free text says that it wants no names of children, and how long it may be."""
    if isinstance(field, Langtext):
        field.help_text = f"{field.help_text} {OHNE_NAMEN} Höchstens {field.max_length} Zeichen.".strip()


def _in_worten(feld, wert) -> str:
    return feld.label if wert is True else dict(feld.field.choices)[wert]


def fragen_stellen(form: forms.ModelForm) -> None:
    """The questions that stand before the declarations: two answers, and what they mean by the rule of today."""
    for name, hilfe in hilfen(form.antrag.regel_heute, form.antrag.netzwerkstelle).items():
        form.fields[name].help_text = hilfe
    for name in ("externe", "begonnen"):
        form.fields[name].choices = JA_ODER_NEIN
