from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse

from netzwerkstellen.einladung.forms import NeuesKontoForm
from netzwerkstellen.organisation.models import Organisation
from netzwerkstellen.registrierung.models import Registrierung
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.basis import Formular, ModellFormular
from schulerfolg.konten.permissions import SCHULROLLEN, Rolle, choices


class SchulsucheForm(Gereinigt, forms.Form):
    """The search for one's own school, in the query string."""

    q = forms.CharField(
        label="Name, Ort oder Schulnummer",
        max_length=100,
        required=False,
        error_messages={"max_length": "Bitte suchen Sie mit höchstens %(limit_value)d Zeichen."},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )

    def clean_q(self):
        return " ".join(self.cleaned_data["q"].split())


class ZugangForm(ModellFormular):
    """For somebody who is signed in: only what the school has to know."""

    button = "Zugang beantragen"

    class Meta:
        model = Registrierung
        fields = ["rolle", "bezug"]
        help_texts = {
            "rolle": "Schulleitung und Stellvertretung gibt die Netzwerkstelle frei, alle anderen Ihre Schulleitung.",
            "bezug": "Zum Beispiel „Klassenleitung 7b“ oder „Vertretung für Frau Albers“. So erkennt man Sie.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rolle"].choices = [("", "Bitte wählen"), *choices(SCHULROLLEN)]


class RegistrierungForm(ZugangForm):
    """For somebody nobody knows yet."""

    of_visitors = True
    button = "Link an diese Adresse senden"
    zeile = ("vorname", "nachname")

    class Meta(ZugangForm.Meta):
        fields = ["vorname", "nachname", "email", "rolle", "bezug"]
        help_texts = ZugangForm.Meta.help_texts | {
            "email": "Ihre persönliche Adresse an der Schule, nicht das Postfach des Sekretariats.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, art in {"vorname": "given-name", "nachname": "family-name", "email": "email"}.items():
            self.fields[name].widget.attrs["autocomplete"] = art

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class PasswortForm(NeuesKontoForm):
    """The password of a new account whose name is known."""

    button = "Konto anlegen"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["vorname"], self.fields["nachname"]

    def clean(self):
        self.cleaned_data |= {"vorname": self.row.vorname, "nachname": self.row.nachname}
        return super().clean()

    def arguments(self):
        return {"passwort": self.cleaned_data["passwort"]}


class FreigebenForm(Formular, forms.Form):
    """One button; for Schulsozialarbeit also who employs the person."""

    button = "Freigeben"
    arbeitgeber = forms.ModelChoiceField(
        label="Angestellt bei", queryset=Organisation.objects.none(), empty_label="Bitte wählen"
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        if row.rolle == Rolle.SCHULSOZIALARBEIT:
            heute = row.schule.schulsozialarbeiten.gueltig().first()
            self.fields["arbeitgeber"].queryset = Organisation.objects.all()
            self.fields["arbeitgeber"].initial = heute.traeger_id if heute else None
            self.fields["arbeitgeber"].help_text = "Der Träger der Schulsozialarbeit."
        else:
            del self.fields["arbeitgeber"]
        self.helper.form_action = reverse("registrierung_freigeben", args=[row.pk])


class AblehnenForm(Formular, forms.Form):
    begruendung = forms.CharField(
        label="Begründung",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Person bekommt sie per Mail. Ein Satz genügt.",
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = reverse("registrierung_ablehnen", args=[row.pk])
        self.helper.add_input(Submit("ablehnen", "Ablehnen", css_class="kern-btn--secondary"))
