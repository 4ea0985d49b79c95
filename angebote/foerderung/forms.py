from datetime import timedelta

from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.functional import cached_property

from angebote.foerderung.forms_baender import Bandfelder, als_werte
from angebote.foerderung.models import DURCHFUEHRBAR, Anlagenart, Entscheidungsweg, Foerderregel, Zeitpunkt
from angebote.foerderung.vorgaben import hinweise, vorgaben
from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.formular.felder import Datum
from schulerfolg.formular.zahlen import Anzahl, Betrag

HOECHSTENS_TAGE = 366
GELD = ("hoechstbetrag", "hoechstbetrag_je", "hoechstbetrag_im", "hoechstbetrag_hart", "eigenanteil_prozent")
ANGEBOTE = ("angebote_ab", "angebote_anzahl", "angebote_hart")
EINREICHEN = ("vorlauf_tage", "mitzeichnung", "vertretung_bei_eigenem", "vorzeitig")
ENTSCHEIDEN = ("entscheidungsweg", "stelle_bis")
DANACH = ("nachweis_tage",)
WERTE = (*GELD, *ANGEBOTE, "budgetachse", *EINREICHEN, *ENTSCHEIDEN, *DANACH, "grundlage")


class RegelForm(Bandfelder, OnceForm, forms.ModelForm):
    """A rule with the day from which it holds. `ab` and what is offered differ: see the two forms below."""

    button = "Regel festlegen"
    fruehestens, zu_frueh = 0, ""

    ab = Datum(label="gilt ab")
    hoechstbetrag = Betrag(
        label="Höchstbetrag in Euro",
        max_digits=9,
        help_text="Mehr kann es nicht geben. Wofür er gilt, legen die nächsten beiden Felder fest.",
    )
    eigenanteil_prozent = Betrag(
        label="Eigenanteil in Prozent", max_digits=5, help_text="So viel der Kosten trägt die Schule selbst."
    )
    angebote_ab = Betrag(
        label="Vergleichsangebote für einzelne Ausgaben über (in Euro)",
        max_digits=9,
        required=False,
        help_text="Leer heißt: Sie verlangen keine.",
    )
    angebote_anzahl = Anzahl(
        label="Wie viele Vergleichsangebote",
        required=False,
        min_value=1,
        max_value=9,
        help_text="Ohne Angabe drei. Sie dürfen zusammen in einer Datei stehen.",
    )
    anlagen = forms.MultipleChoiceField(
        label="Anlagen, ohne die niemand einreichen kann",
        choices=[(art.value, art.label) for art in Anlagenart if art != Anlagenart.SONSTIGES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    stelle_bis = Betrag(
        label="Stelle entscheidet selbst bis (in Euro)",
        max_digits=9,
        required=False,
        help_text="Nur beim Entscheidungsweg „die Netzwerkstelle bis zu einem Betrag“.",
    )

    class Meta:
        model = Foerderregel
        fields = WERTE
        field_classes = {"vorlauf_tage": Anzahl, "nachweis_tage": Anzahl}
        labels = {
            "hoechstbetrag_je": "Der Höchstbetrag gilt je",
            "hoechstbetrag_im": "und im",
            "grundlage": "Worauf die Regel beruht",
        }
        help_texts = {
            "budgetachse": "Aus dem Budget welchen Jahres ein Angebot bezahlt wird, richtet sich danach.",
            "angebote_hart": "Mit Haken kann ohne Angebote niemand einreichen; sonst steht dort ein Hinweis.",
            "vorlauf_tage": "So viele Tage vor dem ersten Projekttag muss der Antrag spätestens da sein.",
            "nachweis_tage": "So lange hat die Schule nach dem Ende des Projekts Zeit; das Schreiben nennt den Tag.",
            "vorzeitig": "Eine Schule kann dann nach dem Einreichen fragen, ob sie vor der Entscheidung bestellen "
            "darf. Sie antworten mit einem kurzen Schreiben; Geld verspricht es nicht.",
            "mitzeichnung": "Ohne Haken reichen auch Lehrkräfte ein.",
            "entscheidungsweg": "Wer nach Ihrer Prüfung über den Antrag beschließt.",
            "grundlage": "Zum Beispiel „Beschluss der Steuergruppe vom 20.01.2027“. Die ganze Regel steht auf "
            "der öffentlichen Seite „Darf ich, wie viel, bis wann?“.",
        }

    def __init__(self, *args, initial, **kwargs):
        super().__init__(*args, initial=initial, **kwargs)
        self.baender_anbieten(initial["baender"])
        self.fields["entscheidungsweg"].choices = [(weg.value, weg.label) for weg in DURCHFUEHRBAR]
        for tage in ("vorlauf_tage", "nachweis_tage"):
            hoechstens = MaxValueValidator(HOECHSTENS_TAGE, "Bitte geben Sie höchstens ein Jahr an.")
            self.fields[tage].validators.append(hoechstens)

    @cached_property
    def helper(self):
        helper = super().helper
        helper.inputs = []
        helper.layout = Layout(
            Fieldset("Ab wann", "ab", "grundlage"),
            Fieldset("Geld", *GELD, *ANGEBOTE, "budgetachse"),
            Fieldset("Einreichen", *EINREICHEN, "anlagen"),
            Fieldset("Entscheiden", *ENTSCHEIDEN),
            self.baender_layout(),
            Fieldset("Nach dem Projekt", *DANACH),
            Submit("senden", self.button),
        )
        return helper

    def clean_ab(self):
        ab = self.cleaned_data["ab"]
        if ab < timezone.localdate() + timedelta(days=self.fruehestens):
            raise ValidationError(self.zu_frueh)
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

    def clean_angebote_ab(self):
        ab = self.cleaned_data["angebote_ab"]
        if ab is not None and ab <= 0:
            raise ValidationError("Bitte geben Sie einen Betrag über 0,00 € an, oder lassen Sie das Feld leer.")
        return ab

    def clean_angebote_anzahl(self):
        return self.cleaned_data["angebote_anzahl"] or 3

    def clean(self):
        angaben = super().clean()
        angaben["baender"] = self.baender_lesen(angaben)
        grenze = angaben.get("stelle_bis")
        if angaben.get("entscheidungsweg") == Entscheidungsweg.STELLE and (grenze is None or grenze <= 0):
            self.add_error("stelle_bis", "Bitte nennen Sie den Betrag, bis zu dem die Stelle selbst entscheidet.")
        return angaben

    def _post_clean(self):
        """The row is built by the service; the checks above are those of its constraints."""


class ErsteRegelForm(RegelForm):
    """The first rule of an office, filled with what the Land proposes; every proposal says where it comes from."""

    zu_frueh = "Eine Regel gilt frühestens ab heute."

    def __init__(self, *args, netzwerkstelle, **kwargs):
        initial = {**vorgaben(), "ab": timezone.localdate()}
        super().__init__(*args, row=netzwerkstelle, initial=initial, **kwargs)
        self.fields["ab"].help_text = "Ab diesem Tag können Schulen Ihrer Region Anträge einreichen."
        for name, hinweis in hinweise().items():
            feld = self.fields["band1_bis" if name == "baender" else name]
            feld.help_text = f"{feld.help_text} {hinweis}".strip()


class NachfolgeForm(RegelForm):
    """The rule that follows the present one, filled with what holds now."""

    button = "Neue Regel festlegen"
    fruehestens, zu_frueh = 1, "Eine neue Regel gilt frühestens ab morgen."

    def __init__(self, *args, regel, **kwargs):
        initial = {name: getattr(regel, name) for name in WERTE}
        initial["ab"] = timezone.localdate() + timedelta(days=1)
        initial["anlagen"] = [
            anlage.art for anlage in regel.anlagen.all() if anlage.pflicht_bei == Zeitpunkt.EINREICHUNG
        ]
        initial["baender"] = [als_werte(band) for band in regel.stufen]
        super().__init__(*args, row=regel, initial=initial, **kwargs)
        self.fields["ab"].help_text = "Am Tag davor endet die heutige Regel. Schon eingereichte Anträge behalten sie."
        if regel.entscheidungsweg not in DURCHFUEHRBAR:
            bisher = f"Bisher galt „{regel.get_entscheidungsweg_display()}“; das führt das Portal noch nicht durch."
            self.fields["entscheidungsweg"].help_text = bisher
