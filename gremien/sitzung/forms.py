"""Planning a meeting, adding an item, taking a step of the meeting."""

from datetime import datetime

from django import forms
from django.utils import timezone

from gremien.sitzung.ladung import ladungsschluss
from gremien.sitzung.services import termin_in_feldern, version_des_termins
from schulerfolg.ablauf.forms import OnceForm, StepForm
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Datum, Langtext


class Termin(Gereinigt, forms.Form):
    """Day, hour and place to come to; `beginn` is the moment, once they are clean."""

    tag = Datum(label="Tag")
    uhrzeit = forms.TimeField(
        label="Beginn",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Bitte geben Sie eine Uhrzeit an, zum Beispiel 14:30."},
    )
    ort = forms.CharField(label="Ort", max_length=200, help_text="Gebäude und Raum, oder wie man sich online trifft.")

    def clean(self):
        angaben = super().clean()
        if not self.errors:
            self.beginn = timezone.make_aware(datetime.combine(angaben["tag"], angaben["uhrzeit"]))
            if self.beginn < timezone.now():
                self.add_error("tag", "Dieser Zeitpunkt liegt in der Vergangenheit. Bitte wählen Sie einen späteren.")
        return angaben


class TerminForm(Termin, OnceForm):
    """A new meeting, or another day as long as nobody was invited."""

    zweite_ladung = forms.BooleanField(
        label="Zweite Ladung",
        required=False,
        help_text="Nur wenn ein Punkt mangels Beschlussfähigkeit vertagt wurde. Die Einladung weist dann darauf hin, "
        "dass das Gremium unabhängig von der Zahl der Anwesenden beschließt (§ 90 Abs. 2 VwVfG).",
    )

    def __init__(self, data=None, *, gremium, sitzung=None):
        self.button = "Termin ändern" if sitzung else "Sitzung planen"
        super().__init__(data, row=sitzung or gremium, initial=termin_in_feldern(sitzung) if sitzung else {})
        frist = gremium.ladungsfrist_tage
        self.fields[
            "tag"
        ].help_text = f"Die Einladung geht mindestens {frist} Tage vorher hinaus. Wer kürzer lädt, begründet es."
        if sitzung:
            self.carries(version_des_termins(sitzung))

    def arguments(self):
        namen = [name for name in ("ort", "zweite_ladung", "version") if name in self.fields]
        return {"beginn": self.beginn, **{name: self.cleaned_data[name] for name in namen}}


class PunktForm(OnceForm):
    """An item that is no case, such as „Begrüßung“."""

    button = "Punkt hinzufügen"
    titel = forms.CharField(
        label="Weiterer Punkt",
        max_length=150,
        help_text="Zum Beispiel „Termine 2027“.",
        error_messages={
            "required": "Bitte geben Sie dem Punkt einen Titel.",
            "max_length": "Bitte geben Sie dem Punkt einen Titel mit höchstens 150 Zeichen.",
        },
    )


class AufnehmenForm(OnceForm):
    """One case, from its own page onto the agenda of a meeting."""

    antrag = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)

    def __init__(self, data=None, *, sitzung, antraege, **kwargs):
        """`antraege`: those this person sees."""
        super().__init__(data, row=sitzung, **kwargs)
        self.fields["antrag"].queryset = antraege.filter(netzwerkstelle=sitzung.gremium.netzwerkstelle_id)


class EntfernenForm(OnceForm):
    """Off the agenda; where a case waits again, with a reason."""

    button = "Von der Tagesordnung nehmen"
    begruendung = Langtext(
        label="Warum kommt der Antrag nicht in diese Sitzung?",
        max_length=1000,
        help_text="Steht in der Geschichte des Antrags; die Schule liest es nicht.",
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        if not (row.antrag and row.antrag.steht_auf_tagesordnung):
            del self.fields["begruendung"]


class EinladenForm(StepForm):
    """Send the invitation; who sends it later than the rules of the Gremium say gives a reason."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.eilig = timezone.now() > ladungsschluss(self.row)
        if self.eilig:
            self.ask_for_reason("Warum ist es so eilig?", "Steht in der Geschichte der Sitzung.")


class VerlegenForm(Termin, StepForm):
    """Another day for a meeting to which members were invited; who invites too late says why."""

    grund = "Warum wird die Sitzung verlegt?"
    eile = Langtext(
        label="Warum ist es so eilig?",
        required=False,
        max_length=2000,
        rows=3,
        error_messages={"required": "Bitte begründen Sie die Eile."},
    )
    field_order = ["tag", "uhrzeit", "ort", "begruendung", "eile"]

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, initial=termin_in_feldern(row), **kwargs)
        frist = row.gremium.ladungsfrist_tage
        self.fields["eile"].help_text = f"Nur, wenn der neue Termin früher ist als in {frist} Tagen (Ladungsfrist)."
        self.order_fields(self.field_order)

    def arguments(self):
        felder = {name: self.cleaned_data[name] for name in ("ort", "begruendung", "eile")}
        return {"beginn": self.beginn, **felder}


class EroeffnenForm(StepForm):
    """Open the meeting; on another day than its own somebody says why."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.anderer_tag = not self.row.ist_am_tag_von(timezone.now())
        if self.anderer_tag:
            self.ask_for_reason(
                "Warum beginnt die Sitzung heute?", "Steht in der Geschichte der Sitzung und in der Niederschrift."
            )


class SchliessenForm(StepForm):
    """Close the meeting, and say of every open item what became of it."""

    BEHANDELT = ("behandelt", "behandelt, zur Kenntnis genommen")
    GEZAEHLT = (
        "Hier ist schon abgestimmt, aber noch kein Beschluss festgestellt. Ohne ihn bleiben die Stimmen ohne Wirkung."
    )
    OFFEN = (("vertagt", "vertagt"), ("nicht_behandelt", "nicht behandelt"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offene = [punkt for punkt in self.row.punkte.offen() if not punkt.zurueckgezogen]
        for punkt in self.offene:
            self.fields[f"punkt_{punkt.pk}"] = forms.ChoiceField(
                label=f"{punkt.top}: {punkt.titel}",
                choices=self.OFFEN if punkt.art == punkt.Art.ANTRAG else [self.BEHANDELT, *self.OFFEN],
                widget=forms.RadioSelect,
                help_text=self.GEZAEHLT if punkt.vorschlaege.filter(stimmen__isnull=False).exists() else "",
                error_messages={"required": "Bitte sagen Sie, was aus diesem Punkt geworden ist."},
            )

    def arguments(self):
        return {"antworten": {punkt.pk: self.cleaned_data[f"punkt_{punkt.pk}"] for punkt in self.offene}}


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
