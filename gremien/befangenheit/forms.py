"""What is said about bias: declared, recorded, objected to, decided."""

from crispy_forms.helper import FormHelper
from django import forms

from gremien.befangenheit.models import Befangenheit
from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Langtext

GRADE = [
    (Befangenheit.Grad.AUSGESCHLOSSEN, "Ich bin ausgeschlossen (§ 20 VwVfG)"),
    (Befangenheit.Grad.BESORGNIS, "Es kann der Eindruck entstehen, dass ich befangen bin (§ 21 VwVfG)"),
]
GRADE_ANDERER = [
    (Befangenheit.Grad.AUSGESCHLOSSEN, "ausgeschlossen (§ 20 VwVfG)"),
    (Befangenheit.Grad.BESORGNIS, "Es kann der Eindruck entstehen, dass die Person befangen ist (§ 21 VwVfG)"),
]
ENTSCHEIDUNGEN = [
    ("befangen_draussen", "befangen, hat den Raum verlassen"),
    ("befangen", "befangen, ist noch im Raum"),
    ("nicht_befangen", "nicht befangen"),
]


class ErklaerungForm(OnceForm):
    """A member says that it is, or may seem, biased."""

    was = "erklaerung"
    button = "Befangenheit erklären"
    grad = forms.ChoiceField(label="Warum beraten Sie hier nicht mit?", choices=GRADE, widget=forms.RadioSelect)
    grund = forms.CharField(
        label="Grund",
        max_length=300,
        help_text="Ein Satz genügt. Nur Vorsitz, Schriftführung und Netzwerkstelle lesen ihn; das Gremium entscheidet "
        "ohne Sie.",
    )


class FesthaltenForm(OnceForm):
    """What was said in the room about another member: whom it is about, how grave, and why in a sentence."""

    was = "festhalten"
    button = "Befangenheit festhalten"
    mitglied = forms.ModelChoiceField(label="Um wen geht es?", queryset=None, empty_label="Bitte wählen")
    grad = forms.ChoiceField(label="Was liegt vor?", choices=GRADE_ANDERER, widget=forms.RadioSelect)
    grund = forms.CharField(
        label="Grund",
        max_length=300,
        help_text="Ein Satz: was in der Sitzung gesagt wurde. Ihn lesen "
        "Vorsitz, Schriftführung, Netzwerkstelle und die Person selbst.",
    )

    def __init__(self, data=None, *, punkt, person):
        super().__init__(data, row=punkt)
        schon = punkt.befangenheiten.schliessen_aus()
        feld = self.fields["mitglied"]
        feld.queryset = punkt.sitzung.mitglieder().exclude(person=person).exclude(pk__in=schon.values("mitgliedschaft"))
        feld.label_from_instance = lambda mitglied: str(mitglied.person)


class EinwandForm(OnceForm):
    """The member says why it is not biased."""

    was = "einwand"
    button = "Einwand erheben"
    einwand = Langtext(
        label="Warum sind Sie nicht befangen?",
        max_length=500,
        help_text="Vorsitz, Schriftführung und Netzwerkstelle lesen Ihren Einwand; das "
        "Gremium entscheidet danach ohne Sie.",
    )


class EntscheidungForm(Gereinigt, forms.Form):
    """The Gremium decides about one member; a few words, one button. `mit`: the id of the form it is sent with."""

    entscheidung = forms.ChoiceField(
        label="Entscheidung des Gremiums", choices=ENTSCHEIDUNGEN, widget=forms.RadioSelect
    )
    version = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, data=None, *, befangenheit, mit=""):
        initial = {"entscheidung": _bisher(befangenheit), "version": befangenheit.version}
        super().__init__(data, prefix=f"b{befangenheit.pk}", initial=initial)
        self.befangenheit = befangenheit
        self.fields["entscheidung"].label = f"Entscheidung über {befangenheit.mitgliedschaft.person}"
        for feld in self.fields.values() if mit else ():
            feld.widget.attrs["form"] = mit
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def arguments(self) -> dict:
        wert = self.cleaned_data["entscheidung"]
        wie = {"entscheidung": wert.removesuffix("_draussen"), "hat_verlassen": wert.endswith("_draussen")}
        return wie | {"version": self.cleaned_data["version"]}


def _bisher(befangenheit) -> str:
    if befangenheit.entscheidung == Befangenheit.Entscheidung.OFFEN:
        return ""
    return "befangen_draussen" if befangenheit.hat_verlassen else befangenheit.entscheidung
