from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.formular.basis import ERNEUT
from schulerfolg.formular.zahlen import Anzahl, Betrag

ERSTES_JAHR, LETZTES_JAHR = 2015, 2100


class BudgetNeuForm(OnceForm):
    """Open a year for an office this person leads."""

    button = "Budget anlegen"
    netzwerkstelle = forms.ModelChoiceField(
        label="Netzwerkstelle", queryset=Netzwerkstelle.objects.none(), empty_label=None
    )
    jahr = Anzahl(
        label="Jahr",
        help_text="Bei Schuljahren das Jahr, in dem das Schuljahr beginnt.",
        validators=[
            MinValueValidator(ERSTES_JAHR, f"Bitte nennen Sie ein Jahr ab {ERSTES_JAHR}."),
            MaxValueValidator(LETZTES_JAHR, f"Bitte nennen Sie ein Jahr bis {LETZTES_JAHR}."),
        ],
    )
    ansatz = Betrag(label="Ansatz in Euro", help_text="Was in diesem Jahr für bildungsbezogene Angebote da ist.")
    text = forms.CharField(
        label="Woher der Ansatz kommt",
        max_length=300,
        help_text="Zum Beispiel „Zuwendungsbescheid vom 12.01.2027“. Der Satz steht in der Buchung.",
    )

    def __init__(self, *args, stellen, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["netzwerkstelle"].queryset = Netzwerkstelle.objects.filter(pk__in=stellen)
        self.fields["jahr"].initial = timezone.localdate().year
        if len(stellen) == 1:
            self.fields["netzwerkstelle"].initial = stellen[0]
            self.fields["netzwerkstelle"].widget = forms.HiddenInput()

    def carry_out(self, schritt, **wer) -> bool:
        self.row = self.cleaned_data["netzwerkstelle"]
        return super().carry_out(schritt, **wer)

    def arguments(self):
        return {name: self.cleaned_data[name] for name in ("jahr", "ansatz", "text")}


class BudgetForm(OnceForm):
    """Change Ansatz and Haushaltssperre as the page showed them, with the reason that the ledger keeps."""

    button = "Budget ändern"
    ansatz = Betrag(label="Ansatz in Euro")
    sperre = Betrag(label="Haushaltssperre in Euro", help_text="Was davon zurzeit nicht vergeben werden darf.")
    text = forms.CharField(
        label="Grund der Änderung",
        max_length=300,
        help_text="Zum Beispiel „Nachtragsbescheid vom 03.06.2027“. Der Satz steht in der Buchung.",
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, initial={"ansatz": row.ansatz, "sperre": row.sperre}, **kwargs)
        self.carries(row.version, required=True, error_messages={"required": ERNEUT})

    def clean(self):
        angaben = super().clean()
        ansatz, sperre = angaben.get("ansatz"), angaben.get("sperre")
        if ansatz is not None and sperre is not None and sperre > ansatz:
            self.add_error("sperre", "Gesperrt werden kann höchstens der Ansatz.")
        return angaben
