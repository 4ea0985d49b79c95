from datetime import timedelta

from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.functional import cached_property

from angebote.foerderung.models import Entscheidungsweg, Foerderregel
from schulerfolg.formular.basis import Formular
from schulerfolg.formular.felder import Datum
from schulerfolg.formular.zahlen import Anzahl, Betrag

HOECHSTENS_VORLAUF = 366
WERTE = (
    "hoechstbetrag",
    "hoechstbetrag_je",
    "hoechstbetrag_im",
    "hoechstbetrag_hart",
    "eigenanteil_prozent",
    "vorlauf_tage",
    "mitzeichnung",
    "vertretung_bei_eigenem",
    "entscheidungsweg",
    "stelle_bis",
    "budgetachse",
    "grundlage",
)


class NachfolgeForm(Formular, forms.ModelForm):
    """The rule that follows the present one, filled with what holds now."""

    ab = Datum(
        label="gilt ab", help_text="Am Tag davor endet die heutige Regel. Schon eingereichte Anträge behalten sie."
    )

    hoechstbetrag = Betrag(label="Höchstbetrag in Euro", max_digits=9)
    eigenanteil_prozent = Betrag(label="Eigenanteil in Prozent", max_digits=5)
    stelle_bis = Betrag(
        label="Stelle entscheidet selbst bis (in Euro)",
        max_digits=9,
        required=False,
        help_text="Nur beim Entscheidungsweg „die Netzwerkstelle bis zu einem Betrag“.",
    )

    class Meta:
        model = Foerderregel
        fields = WERTE
        field_classes = {"vorlauf_tage": Anzahl}
        labels = {
            "hoechstbetrag_je": "Der Höchstbetrag gilt je",
            "hoechstbetrag_im": "und im",
            "grundlage": "Worauf die Regel beruht",
        }
        help_texts = {"grundlage": "Zum Beispiel „Beschluss der Steuergruppe vom 20.01.2027“."}

    def __init__(self, *args, regel, **kwargs):
        initial = {name: getattr(regel, name) for name in WERTE}
        morgen = timezone.localdate() + timedelta(days=1)
        super().__init__(*args, row=regel, initial={**initial, "ab": morgen}, **kwargs)
        self.fields["vorlauf_tage"].validators.append(
            MaxValueValidator(HOECHSTENS_VORLAUF, "Bitte geben Sie höchstens ein Jahr an.")
        )

    @cached_property
    def helper(self):
        helper = super().helper
        helper.inputs = []
        helper.layout = Layout(
            Fieldset("Ab wann", "ab", "grundlage"),
            Fieldset("Geld", *WERTE[:5], "budgetachse"),
            Fieldset("Einreichen", *WERTE[5:8]),
            Fieldset("Entscheiden", "entscheidungsweg", "stelle_bis"),
            Submit("senden", "Neue Regel festlegen"),
        )
        return helper

    def clean_ab(self):
        ab = self.cleaned_data["ab"]
        if ab <= timezone.localdate():
            raise ValidationError("Eine neue Regel gilt frühestens ab morgen.")
        return ab

    def clean_hoechstbetrag(self):
        betrag = self.cleaned_data["hoechstbetrag"]
        if betrag <= 0:
            raise ValidationError("Bitte geben Sie einen Betrag über 0,00 € an.")
        return betrag

    def clean_eigenanteil_prozent(self):
        prozent = self.cleaned_data["eigenanteil_prozent"]
        if not 0 <= prozent <= 100:
            raise ValidationError("Bitte geben Sie einen Anteil von 0 bis 100 Prozent an.")
        return prozent

    def clean(self):
        angaben = super().clean()
        grenze = angaben.get("stelle_bis")
        if angaben.get("entscheidungsweg") == Entscheidungsweg.STELLE and (grenze is None or grenze <= 0):
            self.add_error("stelle_bis", "Bitte nennen Sie den Betrag, bis zu dem die Stelle selbst entscheidet.")
        return angaben

    def _post_clean(self):
        """The row is built by the service; the checks above are those of its constraints."""
