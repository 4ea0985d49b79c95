from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.basis import BeendenForm, Formular
from schulerfolg.konten.models import Person

NIEMAND = "Bitte wählen Sie, wer übernimmt. Jeder Vorgang hat immer eine zuständige Person."


class PersonensucheForm(Gereinigt, forms.Form):
    """Search and state of the list, in the query string."""

    q = forms.CharField(
        label="Name oder E-Mail-Adresse",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    konto = forms.ChoiceField(
        label="Konto", required=False, choices=[("", "alle"), ("offen", "offen"), ("gesperrt", "gesperrt")]
    )

    stelle = forms.ModelChoiceField(
        label="Arbeitet für", required=False, queryset=Netzwerkstelle.objects.order_by("kurzname"), empty_label="alle"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.attrs = {"role": "search"}
        self.helper.form_class = "filter"
        self.helper.add_input(Submit("", "Personen suchen", css_class="kern-btn--secondary"))


def uebernahme(arbeit, label: str, *, required: bool) -> forms.ModelChoiceField:
    """Who takes over what is still open at one office."""
    return forms.ModelChoiceField(
        label=label,
        queryset=Person.objects.filter(pk__in=[person.pk for person in arbeit.kollegen]).order_by(
            "nachname", "vorname"
        ),
        required=required,
        empty_label="Bitte wählen" if required else "noch niemand",
        error_messages={"required": NIEMAND},
    )


class MitarbeitBeendenForm(BeendenForm):
    """Ends a colleague's work; where something is still open, it asks who takes over."""

    def __init__(self, *args, arbeit=None, **kwargs):
        super().__init__(*args, **kwargs)
        if arbeit is not None:
            self.fields["an"] = uebernahme(arbeit, "Offene Vorgänge übernimmt", required=not self._spaeter())
            self.fields[
                "an"
            ].help_text = "Heute und rückwirkend nötig; endet die Mitarbeit später, geht es auch dann noch."

    def _spaeter(self) -> bool:
        """Whether the typed last day lies ahead; only then may the work wait."""
        try:
            tag = self.fields["letzter_tag"].to_python(self.data.get(self.add_prefix("letzter_tag")))
        except ValidationError:
            return False
        return tag is not None and tag > timezone.localdate()


class UebergebenForm(Formular, forms.Form):
    button = "Alles übergeben"

    def __init__(self, *args, arbeit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["an"] = uebernahme(arbeit, "Übernimmt", required=True)


class SperrenForm(Formular, forms.Form):
    """Why, and per office who takes over."""

    button = "Konto sperren"
    begruendung = forms.CharField(
        label="Begründung",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Die Person liest sie in ihrer Mail; sie steht auch im Verlauf.",
    )

    def __init__(self, *args, arbeiten, **kwargs):
        super().__init__(*args, **kwargs)
        for arbeit in arbeiten:
            label = f"Offene Vorgänge bei {arbeit.stelle.kurzname} übernimmt"
            self.fields[f"an_{arbeit.stelle.pk}"] = uebernahme(arbeit, label, required=True)


class ZusammenfuehrenForm(Formular, forms.Form):
    """Asks to type the address of the account that closes: nobody joins two people by a wrong click."""

    button = "Endgültig zusammenführen"
    adresse = forms.CharField(
        max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args, geht, **kwargs):
        super().__init__(*args, **kwargs)
        self.geht = geht
        self.fields["adresse"].label = "Zur Bestätigung: die Adresse des Kontos, das aufgeht"
        self.fields["adresse"].help_text = f"Bitte tippen Sie {geht.email}. Rückgängig machen lässt es sich nicht."

    def clean_adresse(self):
        if self.cleaned_data["adresse"].strip().lower() != self.geht.email:
            raise ValidationError(f"Das ist nicht die Adresse des Kontos, das aufgeht: {self.geht.email}.")
        return self.geht.email

    def arguments(self):
        return {"geht": self.geht}


class FreischaltenForm(Formular, forms.Form):
    button = "Konto wieder öffnen"


class FaktorBittenForm(Formular, forms.Form):
    button = "Um das Zurücksetzen bitten"
    begruendung = forms.CharField(
        label="Was ist geschehen, und wie haben Sie geprüft, wer fragt?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Zum Beispiel „Telefon verloren; ich habe sie auf dem Dienstapparat zurückgerufen“. "
        "Die zweite Person liest es; es steht auch im Verlauf.",
    )


class FaktorBestaetigenForm(Formular, forms.Form):
    """Names the request its page showed."""

    button = "Bestätigen und zurücksetzen"
    version = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, bitte, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = str(bitte.pk)


class FaktorZuruecknehmenForm(FaktorBestaetigenForm):
    button = "Bitte zurücknehmen"
