"""The sections of the draft that hold text and choices.

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
from angebote.foerderung.models import Thema, Zielgruppe
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Datum, Langtext, nie_abschneiden
from schulerfolg.formular.gesehen import FELD, columns, gesehen, take_over, unchanged
from schulerfolg.formular.zahlen import Anzahl

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
            if isinstance(field, Langtext):
                field.help_text = f"{field.help_text} {OHNE_NAMEN} Höchstens {field.max_length} Zeichen.".strip()
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


def _in_worten(feld, wert) -> str:
    return feld.label if wert is True else dict(feld.field.choices)[wert]


def fragen_stellen(form: forms.ModelForm) -> None:
    """The questions that stand before the declarations: two answers, and what they mean by the rule of today."""
    for name, hilfe in hilfen(form.antrag.regel_heute, form.antrag.netzwerkstelle).items():
        form.fields[name].help_text = hilfe
    for name in ("externe", "begonnen"):
        form.fields[name].choices = JA_ODER_NEIN


class ProjektForm(Abschnittsform):
    name = "projekt"
    kurzbeschreibung = Langtext(
        label="Kurzbeschreibung",
        max_length=600,
        help_text="Zwei, drei Sätze, die auch Eltern verstehen. Sie werden veröffentlicht, wenn Ihr Projekt gefördert "
        "wird.",
    )
    ausgangslage = Langtext(
        label="Ausgangslage und Bedarf",
        max_length=4000,
        rows=6,
        help_text="Wie ist es heute, und warum braucht Ihre Schule dieses Projekt?",
    )
    ziele = Langtext(
        label="Ziele", max_length=4000, rows=6, help_text="Was soll nachher anders sein, und woran merken Sie es?"
    )
    ablauf = Langtext(
        label="Inhalte und Ablauf", max_length=6000, rows=8, help_text="Was passiert wann, und wer macht es?"
    )
    nachhaltigkeit = Langtext(
        label="Was bleibt", max_length=3000, help_text="Was führen Sie weiter, wenn das Geld ausgegeben ist?"
    )

    oeffentlichkeit = Langtext(
        label="Wie andere davon erfahren",
        max_length=600,
        rows=3,
        help_text="Zum Beispiel durch die Internetseite der Schule, einen Aushang oder die Zeitung.",
    )
    grundsaetze = Langtext(
        label="Wie alle mitmachen können",
        max_length=1000,
        rows=3,
        help_text="Woran haben Sie gedacht, damit alle gleich gut dabei sein können, auch mit einer Behinderung oder "
        "mit wenig Deutsch, und damit das Projekt die Umwelt schont?",
    )

    class Meta:
        model = Antrag
        # In the order of the story; the two short ones last.
        fields = (
            "titel", "kurzbeschreibung", "ausgangslage", "ziele", "ablauf", "themen", "format", "nachhaltigkeit",
            "oeffentlichkeit", "grundsaetze",
        )  # fmt: skip
        help_texts = {
            "titel": "So heißt das Projekt auch in der Einladung an die Eltern. Höchstens 150 Zeichen.",
            "themen": "Wählen Sie alles, was zutrifft.",
            "format": "Wenn nichts genau passt, lassen Sie es offen.",
        }
        widgets = {"themen": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["themen"].queryset = Thema.objects.filter(aktiv=True)
        self.fields["format"].choices = [("", "Bitte wählen"), *list(self.fields["format"].choices)[1:]]


class ZeitraumForm(Abschnittsform):
    name = "zeitraum"
    zusammen = ("beginn", "ende")

    class Meta:
        model = Antrag
        fields = ("beginn", "ende", "ort", "zielgruppen", "teilnehmende", "klassenstufen")
        field_classes = {"beginn": Datum, "ende": Datum, "teilnehmende": Anzahl}
        widgets = {"beginn": Datum.widget, "ende": Datum.widget, "zielgruppen": forms.CheckboxSelectMultiple}
        help_texts = {
            "beginn": "Der erste Tag des Projekts. Bis dahin müssen Sie nichts bezahlt oder bestellt haben.",
            "ende": "Der letzte Tag; bei einem einzelnen Projekttag derselbe.",
            "ort": "Zum Beispiel „Turnhalle der Schule“ oder „Jugendzentrum Wernigerode“.",
            "zielgruppen": "Wählen Sie alle, die mitmachen.",
            "teilnehmende": "Alle zusammen, geschätzt.",
            "klassenstufen": "Zum Beispiel „5 bis 7“.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["zielgruppen"].queryset = Zielgruppe.objects.filter(aktiv=True)
        self.fields["teilnehmende"].max_value = 100_000

    def clean_teilnehmende(self):
        teilnehmende = self.cleaned_data["teilnehmende"]
        if teilnehmende is not None and not 1 <= teilnehmende <= 100_000:
            raise forms.ValidationError("Bitte schätzen Sie eine Zahl von 1 bis 100.000.")
        return teilnehmende

    def clean(self):
        angaben = super().clean()
        beginn, ende = angaben.get("beginn"), angaben.get("ende")
        if beginn and ende and ende < beginn:
            self.add_error(
                "ende", f"Das Ende liegt vor dem Beginn. Bitte wählen Sie einen Tag ab dem {beginn:%d.%m.%Y}."
            )
        return angaben
