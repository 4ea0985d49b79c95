"""Planning a meeting, adding an item, taking a step of the meeting."""

from datetime import datetime

from django import forms
from django.utils import timezone

from gremien.sitzung.services import ladungsschluss
from schulerfolg.ablauf.forms import OnceForm, StepForm
from schulerfolg.formular.felder import Datum


class TerminForm(OnceForm):
    """Day, hour and place of a meeting."""

    button = "Sitzung planen"
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
        super().__init__(data, row=sitzung or gremium, initial=_termin(sitzung) if sitzung else {})
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

    def arguments(self):
        return {
            "beginn": self.beginn,
            "ort": self.cleaned_data["ort"],
            "zweite_ladung": self.cleaned_data["zweite_ladung"],
        }


def _termin(sitzung) -> dict:
    beginn = timezone.localtime(sitzung.beginn)
    return {"tag": beginn.date(), "uhrzeit": beginn.time(), "ort": sitzung.ort, "zweite_ladung": sitzung.zweite_ladung}


class PunktForm(OnceForm):
    """An item that is no case, such as „Begrüßung“."""

    button = "Punkt hinzufügen"
    titel = forms.CharField(label="Weiterer Punkt", max_length=150, help_text="Zum Beispiel „Termine 2027“.")


class EinladenForm(StepForm):
    """Send the invitation; who sends it later than the rules of the Gremium say gives a reason."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.eilig = timezone.now() > ladungsschluss(self.row)
        if self.eilig:
            self.ask_for_reason("Warum ist es so eilig?", "Steht in der Geschichte der Sitzung.")


class LeitungForm(OnceForm):
    """Whom the members named to preside over an item on which nobody has the chair."""

    button = "Leitung festhalten"
    mitglied = forms.ModelChoiceField(
        label="Wer leitet diesen Punkt?",
        queryset=None,
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="Zur Wahl steht, wer im Raum und bei diesem Punkt nicht befangen ist.",
    )

    def __init__(self, data=None, *, leitung):
        super().__init__(data, row=leitung.punkt)
        hier = leitung.punkt.sitzung.mitglieder().filter(pk__in=[m.pk for m in leitung.hier])
        feld = self.fields["mitglied"]
        feld.queryset, feld.initial = hier, leitung.mitglied
        feld.label_from_instance = lambda mitglied: str(mitglied.person)
