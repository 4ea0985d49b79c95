from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property

from angebote.foerderung.models import Anlagenart, Thema
from angebote.runde.models import TAGESENDE
from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.formular.felder import Datum, Langtext
from schulerfolg.formular.konflikt import version_of
from schulerfolg.formular.zahlen import Anzahl, Betrag
from schulerfolg.zeit import datum

FELDER = (
    "name",
    "ausschreibung",
    "beginn",
    "antragsschluss",
    "uhrzeit",
    "betrag",
    "hoechstens_je_schule",
    "anlagen",
    "naechste_entscheidung",
)


class RundeForm(OnceForm):
    """A call: a new one of an office, or the next version of one that is published."""

    button = "Förderrunde veröffentlichen"

    name = forms.CharField(label="Name", max_length=120, help_text="Zum Beispiel „Starke Klassen 2027“.")
    ausschreibung = Langtext(
        label="Worum es geht",
        max_length=4000,
        rows=6,
        help_text="In einfachen Worten: Welche Vorhaben suchen Sie, und für wen?",
    )
    beginn = Datum(label="Anträge möglich ab")
    antragsschluss = Datum(label="Antragsschluss am")
    uhrzeit = forms.TimeField(
        label="Uhrzeit des Antragsschlusses",
        help_text="Die genannte Minute zählt noch mit.",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Bitte geben Sie eine Uhrzeit an, zum Beispiel 12:00."},
    )
    betrag = Betrag(
        label="Geld in dieser Förderrunde, in Euro",
        max_digits=10,
        required=False,
        help_text="So viel ist für alle Anträge dieser Förderrunde zusammen vorgesehen.",
    )
    hoechstens_je_schule = Anzahl(
        label="Anträge je Schule höchstens",
        required=False,
        help_text="Bleibt das Feld leer, gilt keine Grenze. Abgelehnte und zurückgezogene Anträge zählen nicht.",
    )
    themen = forms.ModelMultipleChoiceField(
        label="Themen",
        queryset=Thema.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ohne Auswahl sind alle Themen möglich.",
    )
    anlagen = forms.MultipleChoiceField(
        label="Anlagen, ohne die niemand einreichen kann",
        choices=[(art.value, art.label) for art in Anlagenart if art != Anlagenart.SONSTIGES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Zusätzlich zu dem, was Ihre Förderregel verlangt.",
    )
    naechste_entscheidung = Datum(
        label="Nächste Entscheidung am", required=False, help_text="Wenn der Tag schon feststeht."
    )

    def __init__(self, *args, row, runde=None, **kwargs):
        """`row`: the office of a new call; or `runde`, what is changed."""
        self.runde = runde
        initial = {"beginn": timezone.localdate(), "uhrzeit": TAGESENDE}
        if runde:
            initial = {name: getattr(runde, name) for name in FELDER} | {"themen": list(runde.themen.all())}
        super().__init__(*args, row=runde or row, initial=initial, **kwargs)
        self.fields["themen"].queryset = Thema.objects.filter(aktiv=True)
        self.fields["antragsschluss"].help_text = "Fällt er auf einen freien Tag, gilt der nächste Werktag."
        if runde:
            self.button = "Änderung veröffentlichen"
            self.carries(version_of(runde))
            if runde.antraege.entwuerfe().exists():
                self.fields[
                    "antragsschluss"
                ].help_text += " Es gibt schon Entwürfe: Die Frist lässt sich nur verlängern."

    @cached_property
    def helper(self):
        helper = super().helper
        helper.inputs = []
        helper.layout = Layout(
            Fieldset("Worum es geht", "name", "ausschreibung", "themen"),
            Fieldset("Zeit", "beginn", "antragsschluss", "uhrzeit", "naechste_entscheidung"),
            Fieldset("Was gilt", "betrag", "hoechstens_je_schule", "anlagen"),
            Submit("senden", self.button),
        )
        return helper

    def clean_betrag(self):
        betrag = self.cleaned_data["betrag"]
        if betrag is not None and betrag <= 0:
            raise forms.ValidationError("Bitte geben Sie einen Betrag über 0,00 € an, oder lassen Sie das Feld leer.")
        return betrag

    def clean_hoechstens_je_schule(self):
        zahl = self.cleaned_data["hoechstens_je_schule"]
        if zahl is not None and not 1 <= zahl <= 1000:
            raise forms.ValidationError("Bitte nennen Sie eine Zahl von 1 bis 1.000, oder lassen Sie das Feld leer.")
        return zahl

    def clean(self):
        angaben = super().clean()
        beginn, schluss = angaben.get("beginn"), angaben.get("antragsschluss")
        if beginn and schluss and schluss < beginn:
            self.add_error(
                "antragsschluss",
                f"Der Antragsschluss liegt vor dem Beginn. Bitte wählen Sie einen Tag ab dem {datum(beginn)}.",
            )
        return angaben


class SchliessenForm(OnceForm):
    """Closes the call as its page showed it."""

    button = "Förderrunde schließen"

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.carries(version_of(row))
