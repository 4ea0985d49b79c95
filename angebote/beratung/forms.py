"""What the school tells of its idea, and what the office notes of the conversation."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.beratung.models import Weg
from angebote.beratung.permissions import BERATENDE
from netzwerkstellen.models import Schule
from schulerfolg.ablauf.forms import OnceForm, StepForm
from schulerfolg.formular.felder import Datum, Langtext
from schulerfolg.konten.permissions import SCHULROLLEN


class Schulwahl(forms.ModelChoiceField):
    """The school it is about; with a single one there is nothing to choose."""

    def __init__(self, **kwargs):
        super().__init__(
            Schule.objects.none(),
            label="Schule",
            empty_label="Bitte wählen",
            error_messages={"invalid_choice": "Bitte wählen Sie eine Schule aus der Liste."},
            **kwargs,
        )

    def anbieten(self, schulen):
        self.queryset = schulen
        einzige = list(schulen[:2])
        if len(einzige) == 1:
            self.initial, self.disabled, self.widget = einzige[0], True, forms.HiddenInput()


def eigene_schulen(person):
    """The schools somebody may ask for advice or apply for today."""
    zugehoerig = person.schulzugehoerigkeiten.gueltig().filter(rolle__in=SCHULROLLEN)
    return Schule.objects.filter(pk__in=zugehoerig.values("schule")).in_betrieb().sorted_german()


def beratene_schulen(person):
    """The schools of the offices for which somebody advises."""
    stellen = person.mitarbeiten.gueltig().filter(rolle__in=BERATENDE).values("netzwerkstelle")
    return Schule.objects.filter(netzwerkstelle__in=stellen).in_betrieb().sorted_german()


class _FuerEineSchule(OnceForm):
    """What it is about is chosen in the form itself."""

    def arguments(self):
        return {name: wert for name, wert in super().arguments().items() if name != "schule"}

    def carry_out(self, schritt, **wer):
        self.row = self.cleaned_data["schule"]
        return super().carry_out(schritt, **wer)


class AnfrageForm(_FuerEineSchule):
    """„Ich habe eine Idee“: three sentences and when to call back."""

    button = "An die Netzwerkstelle senden"
    schule = Schulwahl()
    titel = forms.CharField(
        label="Worum geht es?", max_length=150, help_text="Ein paar Worte, zum Beispiel „Streit schlichten lernen“."
    )
    was = Langtext(label="Was haben Sie vor?", max_length=1000, rows=3, help_text="Ein Satz genügt.")
    fuer_wen = Langtext(
        label="Für wen ist es?", max_length=1000, rows=3, help_text="Zum Beispiel „für die beiden siebten Klassen“."
    )
    warum = Langtext(
        label="Was soll sich verändern?", max_length=1000, rows=3, help_text="Woran merken Sie, dass es geholfen hat?"
    )
    telefon = forms.CharField(
        label="Unter welcher Nummer?",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
        help_text="Ein Anruf klärt eine Idee am schnellsten. Ohne Nummer bekommen Sie eine Mail.",
    )
    wunsch = forms.CharField(
        label="Wann erreichen wir Sie am besten?",
        max_length=200,
        required=False,
        help_text="Zum Beispiel „dienstags ab 13 Uhr im Sekretariat“.",
    )

    def __init__(self, data=None, *, person):
        super().__init__(data)
        self.fields["schule"].anbieten(eigene_schulen(person))
        self.fields["telefon"].initial = person.telefon
        self.order_fields(["schule", "titel", "was", "fuer_wen", "warum", "wunsch", "telefon"])


class NotizForm(_FuerEineSchule):
    """The office notes a conversation nobody had asked for in the portal."""

    button = "Beratung festhalten"
    schule = Schulwahl()
    titel = forms.CharField(label="Worum ging es?", max_length=150)
    tag = Datum(label="Tag der Beratung")
    ergebnis = Langtext(
        label="Ergebnis und Empfehlung",
        max_length=4000,
        rows=6,
        help_text="Die Schule liest mit. Sie kann danach ihren Antrag beginnen.",
    )

    def __init__(self, data=None, *, person):
        super().__init__(data)
        self.fields["schule"].anbieten(beratene_schulen(person))
        self.fields["tag"].initial = timezone.localdate()

    def clean_tag(self):
        return _nicht_in_der_zukunft(self.cleaned_data["tag"])


class BeratenForm(StepForm):
    """What came of a conversation the school had asked for."""

    tag = Datum(label="Tag der Beratung")
    weg = forms.ChoiceField(label="Weg", choices=Weg.choices, widget=forms.RadioSelect)
    ergebnis = Langtext(
        label="Ergebnis und Empfehlung",
        max_length=4000,
        rows=6,
        help_text="Die Schule liest mit. Sie kann danach ihren Antrag beginnen.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tag"].initial = timezone.localdate()

    def clean_tag(self):
        return _nicht_in_der_zukunft(self.cleaned_data["tag"])

    def arguments(self):
        return {name: self.cleaned_data[name] for name in ("tag", "weg", "ergebnis")}


class AbsagenForm(StepForm):
    grund = "Warum beenden Sie die Anfrage?"


def _nicht_in_der_zukunft(tag):
    heute = timezone.localdate()
    if tag > heute:
        raise ValidationError(f"Der Tag liegt in der Zukunft. Bitte wählen Sie einen Tag bis zum {heute:%d.%m.%Y}.")
    return tag
