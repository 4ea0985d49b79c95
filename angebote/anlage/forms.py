from django import forms
from django.core.exceptions import ValidationError

from angebote.anlage.services import erklaeren
from angebote.antrag.abschnitte import ERKLAERUNGEN, erklaert
from angebote.antrag.forms import Abschnittsform
from angebote.antrag.models import JA_ODER_NEIN, Antrag
from angebote.foerderung.models import Anlagenart
from schulerfolg.datei.annahme import ZU_GROSS, pruefen
from schulerfolg.datei.felder import ZUR_WAHL
from schulerfolg.formular.felder import noetig

NOCH_EINMAL = "Die Datei ist in Ordnung. Bitte wählen Sie sie noch einmal aus; der Browser merkt sie sich nicht."


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
        help_text="PDF oder Bild (JPEG, PNG, HEIC, WebP), höchstens 10 MB.",
    )

    class Meta:
        model = Antrag
        fields = ("externe", *ERKLAERUNGEN)
        labels = {name: erklaerung.satz for name, erklaerung in ERKLAERUNGEN.items()}
        help_texts = {name: erklaerung.hilfe for name, erklaerung in ERKLAERUNGEN.items()} | {
            "externe": "Zum Beispiel Honorarkräfte, Mitarbeitende eines Vereins oder Ehrenamtliche."
        }
        widgets = {"externe": forms.RadioSelect}

    def __init__(self, data=None, files=None, *, antrag, zu_gross=frozenset()):
        super().__init__(data, files, antrag=antrag)
        self.zu_gross = zu_gross
        self.order_fields(["art", "datei"])
        self.fields["externe"].choices = JA_ODER_NEIN
        # What was accepted in other words is shown without its tick.
        self.initial |= {name: erklaert(antrag, name) for name in ERKLAERUNGEN}
        noetig(self, "art", "datei")

    def clean_datei(self):
        if "datei" in self.zu_gross:
            raise ValidationError(ZU_GROSS)
        datei = self.cleaned_data["datei"]
        return pruefen(datei.name, datei.read()) if datei else None

    def clean(self):
        angaben = super().clean()
        if angaben.get("datei") and not angaben.get("art") and "art" not in self.errors:
            self.add_error("art", "Bitte wählen Sie, was für eine Anlage das ist.")
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
