"""The sections of the draft that hold text and choices, and the form that begins a draft.

Nothing is required while a draft is written: labels say what will be needed, the task list says what is missing.
"""

from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from uuid import UUID, uuid4

from django import forms

from angebote.antrag import entwurf
from angebote.antrag.abschnitte import ALLE
from angebote.antrag.folgefragen import FOLGEN
from angebote.antrag.models import Antrag
from angebote.antrag.queries import ohne_antrag
from angebote.antrag.services import VersionKonflikt, abschnitt_speichern
from angebote.beratung.forms import Schulwahl, eigene_schulen
from angebote.beratung.models import Beratung
from angebote.foerderung.models import Thema, Zielgruppe
from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Datum, Langtext
from schulerfolg.formular.gesehen import FELD, columns, gesehen, take_over, unchanged
from schulerfolg.formular.zahlen import Anzahl

KEINE_SPALTEN = ("version", "sicherung", "davor", FELD)


@dataclass(frozen=True, slots=True)
class Frage:
    """A field, and what is asked after which of its answers: (answer, how it reads, fields)."""

    feld: forms.BoundField
    folgen: list[tuple[str, str, list[forms.BoundField]]]


class Abschnittsform(Gereinigt, forms.ModelForm):
    """One section of a draft. It keeps the version that was seen; `konflikt` is the row somebody else saved since.

    Works on a copy of the Antrag, so the page around it shows what is stored. `zeilen` is the formset of a section
    that has rows.
    """

    name = ""
    vorlage = "angebote/antrag/felder.html"
    zeilen = None
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
                field.help_text = f"{field.help_text} Höchstens {field.max_length} Zeichen.".strip()

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
        fragen = {feld.name: Frage(feld, []) for feld in self.visible_fields() if self._steht_allein(feld.name)}
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
        help_text="Wie ist es heute, und warum braucht Ihre Schule dieses Projekt? Bitte ohne Namen von Schülerinnen "
        "und Schülern.",
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

    class Meta:
        model = Antrag
        fields = ("titel", "kurzbeschreibung", "ausgangslage", "ziele", "ablauf", "themen", "format", "nachhaltigkeit")
        help_texts = {
            "titel": "So heißt das Projekt auch in der Einladung an die Eltern. Höchstens 150 Zeichen.",
            "themen": "Wählen Sie alles, was zutrifft.",
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


class ZuordnenForm(Gereinigt, forms.Form):
    """Which conversation this draft follows."""

    beratung = forms.ModelChoiceField(Beratung.objects.none())

    def __init__(self, data, *, antrag):
        super().__init__(data)
        self.antrag = antrag
        self.fields["beratung"].queryset = entwurf.beratungen_zur_wahl(antrag)

    def carry_out(self, *, by) -> bool:
        try:
            entwurf.zuordnen(self.antrag, self.cleaned_data["beratung"], by=by)
        except forms.ValidationError as error:
            self.add_error(None, error)
        return not self.errors


class BeginnenForm(OnceForm):
    """Begin a draft, out of a Beratung or for one of the own schools."""

    beratung = forms.ModelChoiceField(
        Beratung.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Aus dieser Beratung können Sie keinen Antrag beginnen."},
    )
    schule = Schulwahl(required=False)

    def __init__(self, data=None, *, person):
        super().__init__(data)
        sichtbar = Beratung.objects.visible_to(person).for_list()
        self.fields["beratung"].queryset = sichtbar
        self.fields["schule"].anbieten(eigene_schulen(person))
        self.schulen = self.fields["schule"].queryset
        self.beratungen = ohne_antrag(sichtbar)

    def clean(self):
        angaben = super().clean()
        if not self.errors and not angaben.get("beratung") and not angaben.get("schule"):
            self.add_error("schule", "Bitte wählen Sie eine Schule.")
        self.row = angaben.get("beratung") or angaben.get("schule")
        return angaben

    def arguments(self):
        return {}
