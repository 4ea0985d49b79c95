"""The forms of the steps: most only ask for a reason, some for more."""

from datetime import timedelta

from crispy_forms.layout import Div, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.urls import reverse
from django.utils import timezone

from angebote.antrag.abschnitte import ABSCHNITTE
from angebote.entscheidung.seite import vorschau_von
from angebote.foerderung.models import Anlagenart
from angebote.korrektur.forms import marken, markierfelder
from angebote.korrektur.services import gezeigt
from angebote.pruefung.bedingungen import korrekturvorschau
from angebote.pruefung.queries import offene_nachforderung
from angebote.pruefung.vorab import merken, wartende
from schulerfolg.ablauf.forms import StepForm
from schulerfolg.ablauf.tabelle import Transition
from schulerfolg.datei.felder import Dateien
from schulerfolg.formular.basis import ERNEUT
from schulerfolg.formular.felder import Datum, Langtext
from schulerfolg.kalender import naechster_werktag, warum_frei

ANTWORTTAGE, LAENGSTE_FRIST, MOST_FRAGEN = 14, 180, 6


class EinreichenForm(StepForm):
    gelesen = forms.BooleanField(
        label="Ich habe den Antrag gelesen und reiche ihn für die Schule verbindlich ein.",
        error_messages={"required": "Bitte bestätigen Sie, dass Sie den Antrag gelesen haben."},
    )


class KommentarForm(StepForm):
    grund = "Ihr Kommentar"


class ZurueckziehenForm(StepForm):
    bestaetigt = forms.BooleanField(
        label="Ja, der Antrag soll zurückgezogen werden. Das lässt sich nicht rückgängig machen.",
        error_messages={"required": "Bitte bestätigen Sie, dass der Antrag zurückgezogen werden soll."},
    )

    begruendung = Langtext(
        label="Warum ziehen Sie den Antrag zurück?",
        required=False,
        max_length=4000,
        rows=3,
        help_text="Sie müssen nichts schreiben. Ein Satz hilft der Netzwerkstelle; sie und Ihre Schule lesen ihn.",
    )
    field_order = ("begruendung", "bestaetigt")


class VerwerfenForm(StepForm):
    bestaetigt = forms.BooleanField(
        label="Ja, der Entwurf soll verworfen werden.",
        error_messages={"required": "Bitte bestätigen Sie, dass der Entwurf verworfen werden soll."},
    )


class FremdenVerwerfenForm(StepForm):
    grund = "Warum Sie diesen Entwurf verwerfen"


class UnterschriftForm(StepForm):
    """Signs the letter that was looked at, named by its SHA-256. Until there is one, its button has it made."""

    schreiben = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, step: Transition, person, **kwargs):
        super().__init__(*args, step=step, **kwargs)
        self.vorschau = vorschau_von(self.row, step.name, person)
        self.fields["schreiben"].initial = self.vorschau.sha256
        if "begruendung" in self.fields:
            self.fields["begruendung"].initial = self.vorschau.begruendung
        self.helper.form_action = reverse("antraege:schritt", args=[self.row.pk, step.name])
        self.helper.inputs = [*self._knoepfe(step.name)]

    def _knoepfe(self, schritt):
        """To sign, where the letter is there; to have it made where it is not, or where reasons may be written anew."""
        fertig = self.vorschau.dokument is not None
        if fertig:
            yield Submit("senden", self.button)
        if not fertig or "begruendung" in self.fields:
            wohin = reverse("antraege:schreiben", args=[self.row.pk, schritt])
            wort = "Schreiben neu ansehen" if self.vorschau.zeile else "Schreiben ansehen"
            yield Submit("ansehen", wort, formaction=wohin, css_class="kern-btn--secondary" if fertig else "")

    def arguments(self):
        return {**super().arguments(), "schreiben": self.cleaned_data["schreiben"]}


class VorschauForm(UnterschriftForm):
    """The same, sent by its other button: only the reasons count for having the letter made."""

    def arguments(self):
        return {"begruendung": self.cleaned_data.get("begruendung", "")}


class WeitereFragen(Div):
    template = "dach/vorgang/weitere_fragen.html"


class NachfordernForm(StepForm):
    """Marked places of the Antrag and up to six questions, at least one of either; why, and until when."""

    warum = Langtext(
        label="Warum Sie fragen",
        required=False,
        max_length=2000,
        rows=3,
        help_text="Ein Satz hilft der Schule zu verstehen, wofür Sie die Antwort brauchen.",
    )
    frist = Datum(label="bitte antworten bis", error_messages={"required": "Bitte wählen Sie einen Tag."})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        heute = timezone.localdate()
        self.fields["frist"].initial = naechster_werktag(heute + timedelta(days=ANTWORTTAGE))
        self.fields["frist"].validators.append(
            MaxValueValidator(
                heute + timedelta(days=LAENGSTE_FRIST), "Bitte wählen Sie einen Tag im nächsten halben Jahr."
            )
        )
        abschnitte = [("", "keine Zuordnung"), *((name, a.titel) for name, a in ABSCHNITTE.items())]
        for nummer in range(1, MOST_FRAGEN + 1):
            self.fields[f"frage_{nummer}"] = Langtext(
                label=f"{nummer}. Rückfrage",
                required=False,
                max_length=2000,
                rows=3,
            )
            self.fields[f"abschnitt_{nummer}"] = forms.ChoiceField(
                label=f"Abschnitt zur {nummer}. Rückfrage", required=False, choices=abschnitte
            )
        self.helper.layout = self._layout(markierfelder(self, self.row))

    def _layout(self, markierbar):
        """The first question open, the others to unfold; open where something is typed into them."""
        erste, *weitere = [
            Div(f"frage_{nummer}", f"abschnitt_{nummer}", css_class="rueckfrage-eingabe")
            for nummer in range(1, MOST_FRAGEN + 1)
        ]
        getippt = any(self[f"frage_{nummer}"].data for nummer in range(2, MOST_FRAGEN + 1))
        return Layout(
            "schluessel",
            Fieldset("Welche Angaben soll die Schule korrigieren?", *markierbar),
            Fieldset(
                "Welche Fragen haben Sie noch?", erste, WeitereFragen(*weitere, **({"open": "open"} if getippt else {}))
            ),
            Fieldset("Warum und bis wann?", "warum", "frist"),
        )

    def clean(self):
        super().clean()
        self.marken = marken(self)
        if not self.errors and not self.marken and not any(self._fragen()):
            self.add_error("frage_1", "Bitte markieren Sie mindestens eine Angabe, oder stellen Sie eine Rückfrage.")
        return self.cleaned_data

    def _fragen(self):
        return [self.cleaned_data.get(f"frage_{nummer}") for nummer in range(1, MOST_FRAGEN + 1)]

    def clean_frist(self):
        frist = self.cleaned_data["frist"]
        if frist <= timezone.localdate():
            raise ValidationError("Bitte wählen Sie einen Tag ab morgen.")
        if grund := warum_frei(frist):
            raise ValidationError(
                f"Der {frist:%d.%m.%Y} ist ein {grund}. "
                f"Bitte wählen Sie einen Werktag, zum Beispiel den {naechster_werktag(frist):%d.%m.%Y}."
            )
        return frist

    def arguments(self):
        paare = [
            (self.cleaned_data[f"frage_{nummer}"], self.cleaned_data[f"abschnitt_{nummer}"])
            for nummer in range(1, MOST_FRAGEN + 1)
            if self.cleaned_data[f"frage_{nummer}"]
        ]
        return {
            "fragen": [frage for frage, _ in paare],
            "abschnitte": [abschnitt for _, abschnitt in paare],
            "marken": self.marken,
            "warum": self.cleaned_data["warum"],
            "frist": self.cleaned_data["frist"],
        }


class NachreichenForm(StepForm):
    """One answer to each question of the office, files if they help, and the corrections as they are read here.

    Good files stay where the answers could not be sent: `vorab` offers them again, to whoever chose them.
    """

    dateien = Dateien(
        label="Dateien zu Ihren Antworten",
        help_text="PDF oder Bild (JPEG, PNG, HEIC, WebP), jede Datei höchstens 10 MB. "
        "Sie können mehrere auf einmal auswählen.",
    )
    art = forms.ChoiceField(
        label="Art der Dateien", choices=Anlagenart.choices, initial=Anlagenart.SONSTIGES, required=False
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, person=person, **kwargs)
        self.person, self.nachforderung = person, offene_nachforderung(self.row)
        self.fields["dateien"].zu_gross = "dateien" in self.zu_gross
        self.rueckfragen = list(self.nachforderung.rueckfragen.all())
        for rueckfrage in self.rueckfragen:
            abschnitt = ABSCHNITTE.get(rueckfrage.abschnitt)
            self.fields[f"antwort_{rueckfrage.pk}"] = Langtext(
                label=rueckfrage.frage,
                max_length=4000,
                help_text=f"Zum Abschnitt „{abschnitt.titel}“" if abschnitt else "",
                error_messages={"required": "Bitte beantworten Sie diese Rückfrage."},
            )
        self._anbieten(wartende(self.nachforderung, person))
        if markierungen := list(self.nachforderung.markierungen.all()):
            self._unterschreiben(gezeigt(markierungen))

    def _unterschreiben(self, version):
        """Whoever sends corrections sends those that stand on this page; where they are signed, with a tick."""
        self.button = "Korrekturen absenden"
        self.fields["version"] = forms.CharField(
            widget=forms.HiddenInput, initial=version, max_length=4000, error_messages={"required": ERNEUT}
        )
        was = korrekturvorschau(self.row)
        if was.unterschrieben and self.row.regel.mitzeichnung:
            self.fields["gelesen"] = forms.BooleanField(
                label="Ich habe die Korrekturen gelesen und unterschreibe sie für die Schule.",
                error_messages={"required": "Bitte bestätigen Sie, dass Sie die Korrekturen gelesen haben."},
            )
        if not self.rueckfragen:
            for name in ("dateien", "art"):
                self.fields.pop(name)

    def _anbieten(self, wartend):
        if wartend:
            self.fields["vorab"] = forms.MultipleChoiceField(
                label="Schon hochgeladen",
                help_text="Diese Dateien gehen mit. Nehmen Sie das Häkchen weg, wenn eine nicht mitgehen soll.",
                choices=[(str(datei.pk), datei.dokument.name) for datei in wartend],
                initial=[str(datei.pk) for datei in wartend],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                error_messages={
                    "invalid_choice": "Eine dieser Dateien ist nicht mehr da. Bitte prüfen Sie die Auswahl."
                },
            )
        self.order_fields([*(f"antwort_{rueckfrage.pk}" for rueckfrage in self.rueckfragen), "vorab", "dateien", "art"])

    @property
    def fruehere(self) -> list[str]:
        """What was typed as answers to questions that are closed meanwhile."""
        texte = self.data.items() if self.is_bound else ()
        return [
            text for name, text in texte if name.startswith("antwort_") and name not in self.fields and text.strip()
        ]

    def clean(self):
        super().clean()
        if self.errors:
            self._merken()
        return self.cleaned_data

    def carry_out(self, schritt, **wer) -> bool:
        done = super().carry_out(schritt, **wer)
        if not done:
            self._merken()
            vars(self.row).pop("_korrekturvorschau", None)
        return done

    def _merken(self):
        """Nothing that was chosen well has to be chosen again."""
        if "dateien" not in self.fields:
            return
        neu = [str(datei.pk) for datei in merken(self.nachforderung, self.fields["dateien"].gute, by=self.person)]
        self._anbieten(wartende(self.nachforderung, self.person))
        self.data = self.data.copy()
        self.data.setlist("vorab", [*self.data.getlist("vorab"), *neu])

    def arguments(self):
        return {
            "antworten": {r.pk: self.cleaned_data[f"antwort_{r.pk}"] for r in self.rueckfragen},
            "gemerkt": [int(schluessel) for schluessel in self.cleaned_data.get("vorab", [])],
            "dateien": self.cleaned_data.get("dateien", ()),
            "art": self.cleaned_data.get("art") or Anlagenart.SONSTIGES,
        }
