from datetime import timedelta

from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.functional import cached_property

from angebote.foerderung.models import Entscheidungsweg, Foerderregel
from netzwerkstellen.stelle.forms import Datum, Formular

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

    class Meta:
        model = Foerderregel
        fields = WERTE
        labels = {
            "hoechstbetrag": "Höchstbetrag in Euro",
            "hoechstbetrag_je": "Der Höchstbetrag gilt je",
            "hoechstbetrag_im": "und im",
            "stelle_bis": "Stelle entscheidet selbst bis (in Euro)",
            "grundlage": "Worauf die Regel beruht",
        }
        help_texts = {"grundlage": "Zum Beispiel „Beschluss der Steuergruppe vom 20.01.2027“."}
        localized_fields = ("hoechstbetrag", "eigenanteil_prozent", "stelle_bis")

    def __init__(self, *args, regel, **kwargs):
        initial = {name: getattr(regel, name) for name in WERTE}
        morgen = timezone.localdate() + timedelta(days=1)
        super().__init__(*args, gegenstand=regel, initial={**initial, "ab": morgen}, **kwargs)
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

    def angaben(self):
        return self.cleaned_data
