from django import forms

from schulerfolg.ablauf.forms import ERNEUT
from schulerfolg.dach.berichte.models import Bericht
from schulerfolg.formular.basis import ModellFormular
from schulerfolg.formular.felder import Datum


class BerichtForm(ModellFormular):
    """Title, period and text of a draft. It carries the version its writer saw."""

    button = "Entwurf speichern"
    zeile = ("von", "bis")
    text = forms.CharField(
        label="Text",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Ein Absatz beginnt nach einer leeren Zeile. Mit „# “ am Anfang einer Zeile wird sie zur "
        "Überschrift, mit „- “ zum Punkt einer Liste; **zwei Sterne** machen Wörter fett.",
    )

    class Meta:
        model = Bericht
        fields = ["titel", "von", "bis", "text"]
        field_classes = {"von": Datum, "bis": Datum}
        help_texts = {"bis": "Der letzte Tag des Zeitraums; er ist auch der Stichtag für die Träger."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.carries(str(self.instance.version), required=True, error_messages={"required": ERNEUT})

    def clean(self):
        angaben = super().clean()
        von, bis = angaben.get("von"), angaben.get("bis")
        if von and bis and bis < von:
            self.add_error("bis", f"Das Ende liegt vor dem Beginn. Bitte wählen Sie einen Tag ab dem {von:%d.%m.%Y}.")
        return angaben

    def arguments(self):
        return {"version": self.cleaned_data["version"]} if "version" in self.fields else {}
