from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from angebote.nachricht.services import ANTWORT_WERKTAGE
from schulerfolg.datei.annahme import ZU_GROSS
from schulerfolg.datei.felder import WAS_GEHT, ZUR_WAHL, geprueft
from schulerfolg.formular.basis import Formular
from schulerfolg.formular.felder import Datum, Langtext
from schulerfolg.kalender import werktage_spaeter
from schulerfolg.zeit import datum

HOECHSTENS, LAENGSTE_FRIST = 4000, timedelta(days=180)
NOCH_EINMAL = "Die Datei ist in Ordnung. Bitte wählen Sie sie noch einmal aus; der Browser merkt sie sich nicht."
SCHULE_HILFE = (
    "Ohne Ihre Angabe antwortet die Netzwerkstelle bis zum {}. Fällt Ihr Tag auf ein Wochenende oder einen "
    "Feiertag, gilt der nächste Werktag."
)
STELLE_HILFE = (
    "Mit einem Tag steht bei der Schule, dass Sie auf ihre Antwort warten, bis sie schreibt oder Sie die Bitte "
    "zurücknehmen. Fällt er auf ein Wochenende oder einen Feiertag, gilt der nächste Werktag."
)


class NachrichtForm(Formular, forms.Form):
    """A text to the other side, with one file, and until when an answer is asked for."""

    needs_key = True
    button = "Nachricht senden"

    text = Langtext(
        label="Ihre Nachricht",
        max_length=HOECHSTENS,
        error_messages={"required": "Bitte schreiben Sie eine Nachricht."},
    )
    antwort_bis = Datum(label="Ich bitte um Antwort bis", required=False)
    datei = forms.FileField(
        label="Datei",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ZUR_WAHL}),
        help_text=WAS_GEHT,
    )

    def __init__(self, *args, row, von_schule: bool, zu_gross=frozenset(), **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.zu_gross = zu_gross
        tag = datum(werktage_spaeter(timezone.localdate(), ANTWORT_WERKTAGE))
        self.fields["antwort_bis"].help_text = SCHULE_HILFE.format(tag) if von_schule else STELLE_HILFE
        if not von_schule:
            self.button = "An die Schule senden"
        self.helper.form_action = reverse("antraege:nachrichten", args=[row.pk])

    def clean_antwort_bis(self):
        tag, heute = self.cleaned_data["antwort_bis"], timezone.localdate()
        if tag and tag <= heute:
            raise ValidationError("Bitte wählen Sie einen Tag ab morgen.")
        if tag and tag > heute + LAENGSTE_FRIST:
            raise ValidationError("Bitte wählen Sie einen Tag im nächsten halben Jahr.")
        return tag

    def clean_datei(self):
        if "datei" in self.zu_gross:
            raise ValidationError(ZU_GROSS)
        datei = self.cleaned_data["datei"]
        return geprueft(datei) if datei else None

    def clean(self):
        super().clean()
        if self.errors and self.cleaned_data.get("datei"):
            self.add_error("datei", NOCH_EINMAL)
        return self.cleaned_data


class NotizForm(Formular, forms.Form):
    """A note that stays inside the office."""

    needs_key = True
    button = "Notiz speichern"

    text = Langtext(
        label="Interne Notiz",
        max_length=HOECHSTENS,
        rows=3,
        help_text="Nur für Ihre Netzwerkstelle. Die Schule und das Gremium sehen sie nie, auch nicht im PDF; "
        "eine Prüfung liest sie.",
        error_messages={"required": "Bitte schreiben Sie eine Notiz."},
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, auto_id="notiz_%s", **kwargs)
        self.helper.form_action = reverse("antraege:notiz", args=[row.pk])
