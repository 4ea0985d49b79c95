"""Planning a meeting, adding an item, taking a step of the meeting."""

import uuid
from datetime import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gremien.sitzung.services import ladungsschluss
from schulerfolg.ablauf.tabelle import Transition
from schulerfolg.akte.services import einmal
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Datum, Langtext

NEU_LADEN = "Dieses Formular ist unvollständig angekommen. Bitte laden Sie die Seite neu."


class EinmalForm(Gereinigt, forms.Form):
    """A form that is answered once, however often it is sent."""

    knopf = "Speichern"
    schluessel = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": NEU_LADEN, "invalid": NEU_LADEN})

    def __init__(self, data=None, **kwargs):
        initial = {"schluessel": uuid.uuid4(), **kwargs.pop("initial", {})}
        super().__init__(data, initial=initial, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("senden", self.knopf))

    def angaben(self) -> dict:
        return {name: wert for name, wert in self.cleaned_data.items() if name != "schluessel"}

    def gelingt(self, tun, *, by) -> bool:
        """Do it once: `tun()` returns the address to go on to. A refusal becomes an error of this form."""
        try:
            self.adresse = einmal(tun, person_id=by.pk, schluessel=self.cleaned_data["schluessel"])
        except ValidationError as error:
            for name, fehler in error.update_error_dict({}).items():
                self.add_error(name if name in self.fields else None, fehler)
        return not self.errors


class TerminForm(EinmalForm):
    """Day, hour and place of a meeting."""

    knopf = "Sitzung planen"
    tag = Datum(label="Tag")
    uhrzeit = forms.TimeField(
        label="Beginn",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Bitte geben Sie eine Uhrzeit an, zum Beispiel 14:30."},
    )
    ort = forms.CharField(label="Ort", max_length=200, help_text="Gebäude und Raum, oder wie man sich online trifft.")
    zweite_ladung = forms.BooleanField(
        label="Zweite Ladung",
        required=False,
        help_text="Nur wenn ein Punkt mangels Beschlussfähigkeit vertagt wurde. Die Einladung weist dann darauf hin, "
        "dass das Gremium unabhängig von der Zahl der Anwesenden beschließt (§ 90 Abs. 2 VwVfG).",
    )

    def __init__(self, data=None, *, gremium, sitzung=None):
        super().__init__(data, initial=_termin(sitzung) if sitzung else {})
        frist = gremium.ladungsfrist_tage
        self.fields[
            "tag"
        ].help_text = f"Die Einladung geht mindestens {frist} Tage vorher hinaus. Wer kürzer lädt, begründet es."

    def clean(self):
        angaben = super().clean()
        if not self.errors:
            self.beginn = timezone.make_aware(datetime.combine(angaben["tag"], angaben["uhrzeit"]))
            if self.beginn < timezone.now():
                self.add_error("tag", "Dieser Zeitpunkt liegt in der Vergangenheit. Bitte wählen Sie einen späteren.")
        return angaben

    def angaben(self):
        return {
            "beginn": self.beginn,
            "ort": self.cleaned_data["ort"],
            "zweite_ladung": self.cleaned_data["zweite_ladung"],
        }


def _termin(sitzung) -> dict:
    beginn = timezone.localtime(sitzung.beginn)
    return {"tag": beginn.date(), "uhrzeit": beginn.time(), "ort": sitzung.ort, "zweite_ladung": sitzung.zweite_ladung}


class PunktForm(EinmalForm):
    """An item that is no case, such as „Begrüßung“."""

    knopf = "Punkt hinzufügen"
    titel = forms.CharField(label="Weiterer Punkt", max_length=150, help_text="Zum Beispiel „Termine 2027“.")


class SchrittForm(EinmalForm):
    """Take a step of the meeting, with a reason where the table or the calendar asks for one."""

    def __init__(self, data=None, *, sitzung, step: Transition):
        self.knopf = step.label
        super().__init__(data)
        self.sitzung, self.eilig = sitzung, step.name == "einladen" and timezone.now() > ladungsschluss(sitzung)
        if step.needs_reason or self.eilig:
            self.fields["begruendung"] = Langtext(
                label="Warum ist es so eilig?" if self.eilig else "Begründung",
                max_length=2000,
                help_text="Steht in der Geschichte der Sitzung."
                if self.eilig
                else "Alle Eingeladenen lesen diesen Text in der Mail.",
            )
