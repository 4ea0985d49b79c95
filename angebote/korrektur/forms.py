"""Marking for the office, correcting for the school."""

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError

from angebote.antrag.abschnitte import ABSCHNITTE
from angebote.korrektur.models import LAENGSTE_ANTWORT, Markierung
from angebote.korrektur.offen import oeffnen, uebrige_fehler
from angebote.korrektur.services import Korrektur, Marke, gezeigt, zeichen_je_stelle, zwischenspeichern
from angebote.korrektur.stellen import Stelle, stellen
from schulerfolg.datei.annahme import ZU_GROSS
from schulerfolg.datei.felder import WAS_GEHT, ZUR_WAHL, geprueft
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Langtext, noetig
from schulerfolg.formular.konflikt import Konflikt

SATZ = "Bitte schreiben Sie in einem Satz, was die Schule an „{}“ ändern soll."
WEG = "Eine markierte Stelle gibt es im Antrag so nicht mehr. Ihre Bemerkung war: „{}“"


class Markierbar(Div):
    """The places of one section, to unfold. `stellen`: what stands there now, by the name of the field."""

    template = "angebote/korrektur/markierbar.html"


def markierfelder(form: forms.Form, antrag) -> list[Markierbar]:
    """Give this form a reason and a sentence for every place of the Antrag; their layout, section by section."""
    form.stellen = stellen(antrag)
    gruppen: dict[str, list[Stelle]] = {}
    for stelle in form.stellen.values():
        gruppen.setdefault(stelle.abschnitt, []).append(stelle)
        form.fields[f"grund_{stelle.schluessel}"] = forms.ChoiceField(
            label=stelle.titel, required=False, choices=[("", "nicht markiert"), *Markierung.Grund.choices]
        )
        form.fields[f"satz_{stelle.schluessel}"] = forms.CharField(
            label=f"Bemerkung zu „{stelle.titel}“", required=False, max_length=300
        )
        noetig(form, f"grund_{stelle.schluessel}", f"satz_{stelle.schluessel}")
    return [_gruppe(form, name, liste) for name, liste in gruppen.items()]


def _gruppe(form, name, liste) -> Markierbar:
    namen = [f"{art}_{stelle.schluessel}" for stelle in liste for art in ("grund", "satz")]
    gruppe = Markierbar()
    gruppe.titel = ABSCHNITTE[name].titel
    gruppe.offen = any(form[feld].data for feld in namen)
    gruppe.zeilen = [
        (stelle, form[f"grund_{stelle.schluessel}"], form[f"satz_{stelle.schluessel}"]) for stelle in liste
    ]
    return gruppe


def marken(form: forms.Form) -> list[Marke]:
    """What was marked; a reason without a sentence, or the other way round, is said at the field."""
    gelesen = []
    for schluessel in form.stellen:
        grund, satz = form.cleaned_data.get(f"grund_{schluessel}"), form.cleaned_data.get(f"satz_{schluessel}")
        if grund and not satz and f"satz_{schluessel}" not in form.errors:
            form.add_error(f"satz_{schluessel}", SATZ.format(form.stellen[schluessel].titel))
        elif satz and not grund and f"grund_{schluessel}" not in form.errors:
            form.add_error(f"grund_{schluessel}", "Bitte wählen Sie zur Bemerkung auch einen Grund.")
        elif grund and satz:
            gelesen.append(Marke(schluessel, grund, satz))
    for name, text in form.data.items():
        if name.startswith("satz_") and name not in form.fields and text.strip():
            form.add_error(None, WEG.format(text.strip()))
    return gelesen


class Beigabe(Gereinigt, forms.Form):
    """Beside the inputs of one place: a word of the school to it and, where it is a file, another one or none."""

    def __init__(self, data, markierung, *, mit_datei: bool):
        super().__init__(data)
        self.pk = markierung.pk
        if mit_datei and markierung.dokument_id:
            self.fields[f"ohne_{self.pk}"] = forms.BooleanField(label="Diese Datei nicht mitschicken", required=False)
        if mit_datei:
            self.fields[f"datei_{self.pk}"] = forms.FileField(
                label="Stattdessen eine andere Datei" if markierung.dokument_id else "Neue Datei",
                required=False,
                widget=forms.FileInput(attrs={"accept": ZUR_WAHL}),
                help_text=WAS_GEHT,
            )
            noetig(self, f"datei_{self.pk}")
        self.fields[f"antwort_{self.pk}"] = Langtext(
            label=f"Ihre Bemerkung zu „{markierung.titel}“",
            required=False,
            max_length=LAENGSTE_ANTWORT,
            rows=2,
            help_text="Nötig nur, wenn die Angabe so bleiben soll: Bitte schreiben Sie kurz, warum.",
        )
        self.full_clean()

    @property
    def antwort(self) -> str:
        """Whole, also where it is too long to be sent."""
        return (self[f"antwort_{self.pk}"].data or "").replace("\0", "").strip()

    @property
    def saetze(self) -> list[str]:
        return [str(satz) for liste in self.errors.values() for satz in liste]


class KorrekturForm:
    """Every marked place with the inputs of the draft, a word of the school to each, and files.

    Saving keeps whatever was typed, also what can't be read yet; that is said at its field.
    """

    def __init__(self, antrag, nachforderung, data=None, files=None, *, zu_gross=frozenset()):
        self.antrag, self.nachforderung = antrag, nachforderung
        self.data, self.files, self.zu_gross = data, files or {}, zu_gross
        self.dateifehler: dict[int, ValidationError] = {}
        self.konflikt = ""
        self._laden()

    def _laden(self):
        zeilen = self.nachforderung.markierungen.select_related("dokument", "gespeichert_durch")
        self.markierungen = list(zeilen.defer("dokument__inhalt"))
        self.version = gezeigt(self.markierungen)
        self.offene = oeffnen(self.antrag, self.markierungen, self.data)
        self.beigaben = {offen.markierung.pk: self._beigabe(offen) for offen in self.offene}

    def _beigabe(self, offen) -> Beigabe:
        m = offen.markierung
        da = self.data if self.is_bound else {f"antwort_{m.pk}": m.antwort}
        beigabe = Beigabe(da, m, mit_datei=offen.ist_datei)
        if m.pk in self.dateifehler:
            beigabe.add_error(f"datei_{m.pk}", self.dateifehler[m.pk])
        return beigabe

    @property
    def is_bound(self) -> bool:
        return self.data is not None

    def stellen(self):
        """Each place with what the page shows beside its inputs."""
        for offen in self.offene:
            m = offen.markierung
            yield {"offen": offen, "m": m, "beigabe": self.beigaben[m.pk]}

    @property
    def fehler(self) -> list[str]:
        alle = [(o.markierung, [*o.fehler, *self.beigaben[o.markierung.pk].saetze]) for o in self.offene]
        return [*(f"{m.titel}: {satz}" for m, saetze in alle for satz in saetze), *uebrige_fehler(self.offene)]

    def speichern(self, *, by) -> bool:
        """Whether everything was kept and can be read."""
        korrekturen = {offen.markierung.pk: self._korrektur(offen) for offen in self.offene}
        version = self.data.get("version", "")[:4000]
        try:
            zwischenspeichern(self.antrag, self.nachforderung, by=by, korrekturen=korrekturen, version=version)
        except Konflikt as error:
            self._nehmen(korrekturen, zeichen_je_stelle(version))
            self.konflikt, self.version = " ".join(error.messages), error.version
            return False
        self._laden()
        return not self.fehler

    def _nehmen(self, korrekturen, gezeigte):
        """Where nobody touched a place on this page, it shows what is stored now."""
        zeilen = {m.pk: m for m in self.nachforderung.markierungen.all()}
        self.data = self.data.copy()
        for offen in self.offene:
            alt, k = offen.markierung, korrekturen[offen.markierung.pk]
            jetzt = zeilen[alt.pk]
            if alt.zeichen_mit(k.eingabe, k.antwort) == gezeigte.get(alt.pk):
                for name in [*(k.eingabe or {}), *offen.unberuehrt]:
                    self.data.pop(name, None)
                for name, werte in (offen.unberuehrt if jetzt.eingabe is None else jetzt.eingabe).items():
                    self.data.setlist(name, werte)
                self.data[f"antwort_{alt.pk}"] = jetzt.antwort
        self._laden()

    def _korrektur(self, offen) -> Korrektur:
        pk = offen.markierung.pk
        antwort = self.beigaben[pk].antwort
        if not offen.ist_datei:
            return Korrektur(offen.eingabe, antwort)
        return Korrektur(None, antwort, self._datei(pk), f"ohne_{pk}" in self.data)

    def _datei(self, pk):
        name = f"datei_{pk}"
        if name in self.zu_gross:
            self.dateifehler[pk] = ValidationError(ZU_GROSS)
        elif datei := self.files.get(name):
            try:
                return geprueft(datei)
            except ValidationError as error:
                self.dateifehler[pk] = error
        return None
