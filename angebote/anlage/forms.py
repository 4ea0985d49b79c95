from django import forms
from django.core.exceptions import ValidationError

from angebote.anlage.services import anhaengen, erklaeren
from angebote.antrag.abschnitte import ERKLAERUNGEN, erklaert
from angebote.antrag.forms import Abschnittsform, fragen_stellen
from angebote.antrag.models import Antrag
from angebote.foerderung.models import Anlagenart
from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.datei.annahme import ZU_GROSS
from schulerfolg.datei.felder import ZUR_WAHL, geprueft
from schulerfolg.formular.felder import noetig

NOCH_EINMAL = "Die Datei ist in Ordnung. Bitte wählen Sie sie noch einmal aus; der Browser merkt sie sich nicht."
WELCHE_ART = "Bitte wählen Sie, was für eine Anlage das ist."


class ErklaerungenForm(Abschnittsform):
    """Files one at a time, and the declarations; one form, so that no tick gets lost on the way."""

    name = "erklaerungen"
    vorlage = "angebote/antrag/erklaerungen.html"
    art = forms.ChoiceField(label="Art der Anlage", required=False, choices=[("", "Bitte wählen"), *Anlagenart.choices])
    datei = forms.FileField(
        label="Datei",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ZUR_WAHL}),
        help_text="PDF oder Bild (JPEG, PNG, HEIC, WebP), höchstens 10 MB. "
        "<span data-mehrere>Mehrere Dateien bitte nacheinander.</span>",
    )

    class Meta:
        model = Antrag
        fields = ("externe", "begonnen", "begonnen_was", *ERKLAERUNGEN)
        labels = {name: erklaerung.satz for name, erklaerung in ERKLAERUNGEN.items()}
        help_texts = {name: erklaerung.hilfe for name, erklaerung in ERKLAERUNGEN.items()}
        widgets = {"externe": forms.RadioSelect, "begonnen": forms.RadioSelect}

    def __init__(self, data=None, files=None, *, antrag, zu_gross=frozenset()):
        super().__init__(data, files, antrag=antrag)
        self.zu_gross = zu_gross
        self.order_fields(["art", "datei"])
        fragen_stellen(self)
        # What was accepted in other words is shown without its tick.
        self.initial |= {name: erklaert(antrag, name) for name in ERKLAERUNGEN}
        noetig(self, "art", "datei")

    def clean_datei(self):
        if "datei" in self.zu_gross:
            raise ValidationError(ZU_GROSS)
        datei = self.cleaned_data["datei"]
        return geprueft(datei) if datei else None

    def clean(self):
        angaben = super().clean()
        if angaben.get("datei") and not angaben.get("art") and "art" not in self.errors:
            self.add_error("art", WELCHE_ART)
        if self.is_bound and "hochladen" in self.data and not angaben.get("datei") and "datei" not in self.errors:
            self.add_error("datei", "Bitte wählen Sie zuerst eine Datei aus.")
        if self.errors and angaben.get("datei"):
            self.add_error("datei", NOCH_EINMAL)
        return angaben

    def arguments(self):
        angaben = super().arguments()["felder"]
        for name in ("art", "datei"):
            angaben.pop(name, None)
        datei = None if self.sichernd else self.cleaned_data["datei"]
        return {"felder": angaben, "art": self.cleaned_data.get("art", ""), "datei": datei}

    def _speichern(self, **angaben):
        erklaeren(self.antrag, **angaben)

    def carry_out(self, *, by):
        try:
            gespeichert = super().carry_out(by=by)
            if not gespeichert and self.cleaned_data.get("datei"):
                self.add_error("datei", NOCH_EINMAL)
            return gespeichert
        except ValidationError as error:
            self.add_error(None, error)
            return False


class AnlageForm(OnceForm):
    """One file alone, from the script that sends several one after the other; a second try gets the first answer."""

    art = forms.ChoiceField(choices=Anlagenart.choices, error_messages={"required": WELCHE_ART})
    datei = forms.FileField(
        allow_empty_file=True, error_messages={"required": "Bitte wählen Sie zuerst eine Datei aus."}
    )

    def __init__(self, *args, zu_gross=frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        self.zu_gross = zu_gross

    def clean_datei(self):
        return geprueft(self.cleaned_data["datei"])

    def full_clean(self):
        """What was too large never arrived; that is why the field is empty."""
        super().full_clean()
        if "datei" in self.zu_gross:
            self._errors["datei"] = self.error_class([ZU_GROSS])

    def carry_out(self, **wer) -> bool:
        return super().carry_out(anhaengen, **wer)

    @property
    def saetze(self) -> list[str]:
        """Why it was refused."""
        return [satz for fehler in self.errors.values() for satz in fehler]
