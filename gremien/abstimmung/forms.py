"""Bias and the vote on one item."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from gremien.abstimmung.lage import Saal
from gremien.abstimmung.models import Befangenheit, Beschluss, Stimme
from gremien.sitzung.forms import EinmalForm
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import Langtext
from schulerfolg.formular.zahlen import Zahl
from schulerfolg.geld import CENT

ANTRAEGE = [
    (Beschluss.Ausgang.BEWILLIGEN, "bewilligen"),
    (Beschluss.Ausgang.ABLEHNEN, "ablehnen"),
    (Beschluss.Ausgang.ZURUECKSTELLEN, "zurückstellen"),
]
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


class ErklaerungForm(EinmalForm):
    """A member says that it is, or may seem, biased."""

    was = "erklaerung"
    knopf = "Befangenheit erklären"
    grad = forms.ChoiceField(label="Warum beraten Sie hier nicht mit?", choices=GRADE, widget=forms.RadioSelect)
    grund = forms.CharField(
        label="Grund",
        max_length=300,
        help_text="Ein Satz genügt. Nur Vorsitz und Netzwerkstelle lesen ihn; das Gremium entscheidet ohne Sie.",
    )


class FesthaltenForm(EinmalForm):
    """What was said in the room about another member: whom it is about, how grave, and why in a sentence."""

    was = "festhalten"
    knopf = "Befangenheit festhalten"
    mitglied = forms.ModelChoiceField(label="Um wen geht es?", queryset=None, empty_label="Bitte wählen")
    grad = forms.ChoiceField(label="Was liegt vor?", choices=GRADE_ANDERER, widget=forms.RadioSelect)
    grund = forms.CharField(
        label="Grund",
        max_length=300,
        help_text="Ein Satz: was in der Sitzung gesagt wurde. Ihn lesen Vorsitz, Netzwerkstelle und die Person selbst.",
    )

    def __init__(self, data=None, *, punkt, person):
        super().__init__(data)
        schon = punkt.befangenheiten.exclude(entscheidung=Befangenheit.Entscheidung.NICHT_BEFANGEN)
        moeglich = {m.pk for m in Saal(punkt.sitzung).mitglieder if m.person_id != person.pk}
        moeglich -= set(schon.values_list("mitgliedschaft", flat=True))
        feld = self.fields["mitglied"]
        feld.queryset = punkt.sitzung.gremium.mitgliedschaften.filter(pk__in=moeglich).for_list()
        feld.label_from_instance = lambda mitglied: str(mitglied.person)


class EinwandForm(EinmalForm):
    """The member says why it is not biased."""

    was = "einwand"
    knopf = "Einwand erheben"
    einwand = Langtext(
        label="Warum sind Sie nicht befangen?",
        max_length=500,
        help_text="Vorsitz und Netzwerkstelle lesen Ihren Einwand; das Gremium entscheidet danach ohne Sie.",
    )


class EntscheidungForm(Gereinigt, forms.Form):
    """The Gremium decides about one member; a few words, one button."""

    entscheidung = forms.ChoiceField(
        label="Entscheidung des Gremiums", choices=ENTSCHEIDUNGEN, widget=forms.RadioSelect
    )
    stand = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, data=None, *, befangenheit):
        initial = {"entscheidung": _bisher(befangenheit), "stand": befangenheit.stand}
        super().__init__(data, prefix=f"b{befangenheit.pk}", initial=initial)
        self.befangenheit = befangenheit
        self.fields["entscheidung"].label = f"Entscheidung über {befangenheit.mitgliedschaft.person}"
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def angaben(self) -> dict:
        wert = self.cleaned_data["entscheidung"]
        wie = {"entscheidung": wert.removesuffix("_draussen"), "hat_verlassen": wert.endswith("_draussen")}
        return wie | {"stand": self.cleaned_data["stand"]}


def _bisher(befangenheit) -> str:
    if befangenheit.entscheidung == Befangenheit.Entscheidung.OFFEN:
        return ""
    return "befangen_draussen" if befangenheit.hat_verlassen else befangenheit.entscheidung


class AbstimmungForm(EinmalForm):
    """The motion and one vote for everybody who may vote now; count first, or close the vote."""

    antrag_auf = forms.ChoiceField(
        label="Abgestimmt wird darüber, den Antrag zu", choices=ANTRAEGE, widget=forms.RadioSelect
    )
    betrag = Zahl(
        label="Betrag in Euro",
        required=False,
        min_value=CENT,
        help_text="Nur bei einer Bewilligung.",
        error_messages={"min_value": "Bitte nennen Sie einen Betrag über 0,00 €."},
    )
    auflagen = Langtext(label="Auflagen", required=False, max_length=2000, help_text="Stehen im Brief an die Schule.")
    gruende = Langtext(
        label="Gründe",
        required=False,
        max_length=4000,
        help_text="Nötig bei Ablehnung und Zurückstellung; sie stehen im Brief an die Schule.",
    )

    def __init__(self, data=None, *, punkt, lage, vorschlag):
        super().__init__(data, initial=vorschlag)
        self.punkt, self.lage = punkt, lage
        bisher = {s.mitgliedschaft_id: s.wert for s in punkt.stimmen.all()}
        self.namen = {m.pk: f"stimme_{m.pk}" for m in lage.stimmberechtigt}
        for platz in lage.plaetze:
            if platz.stimmt:
                self.fields[self.namen[platz.stimmt.pk]] = _stimme(platz, bisher.get(platz.stimmt.pk))
        self.helper = FormHelper()
        self.helper.form_action = reverse("sitzungen:abstimmen", args=[punkt.sitzung_id, punkt.pk])
        self.helper.layout = Layout(
            Fieldset("Der Vorschlag", "antrag_auf", "betrag", "auflagen", "gruende"),
            Fieldset("Die Stimmen", *self.namen.values(), css_class="stimmen"),
            "schluessel",
            Submit("zaehlen", "Stimmen zählen", css_class="kern-btn--secondary"),
            Submit("feststellen", "Beschluss feststellen", css_class="kern-btn--primary"),
        )

    def stimmen(self) -> dict[int, str]:
        """Every vote: id of the Mitgliedschaft → value."""
        return {pk: self.cleaned_data[name] for pk, name in self.namen.items()}

    def zaehlen(self, dienst) -> None:
        """Record these votes without closing the vote; a refusal becomes an error of this form."""
        try:
            dienst()
        except ValidationError as error:
            self.add_error(None, error)

    def antrag(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("antrag_auf", "betrag", "auflagen", "gruende")}


def _stimme(platz, bisher):
    name = f"{platz.stimmt.person} ({platz.grund})" if platz.grund else str(platz.stimmt.person)
    return forms.ChoiceField(
        label=name,
        choices=Stimme.Wert.choices,
        widget=forms.RadioSelect,
        initial=bisher,
        error_messages={"required": "Diese Stimme fehlt noch."},
    )


def entscheidungen(zeilen) -> list[EntscheidungForm]:
    return [EntscheidungForm(befangenheit=zeile) for zeile in zeilen]


def vorschlag_fuer(antrag) -> dict:
    """What the confirmed Stellungnahme recommends, as first values of the motion."""
    letzte = antrag.stellungnahmen.exclude(bestaetigt_am=None).first()
    if letzte is None:
        return {"antrag_auf": Beschluss.Ausgang.BEWILLIGEN, "betrag": antrag.beantragt}
    ablehnen = letzte.empfehlung == letzte.Empfehlung.ABLEHNEN
    return {
        "antrag_auf": Beschluss.Ausgang.ABLEHNEN if ablehnen else Beschluss.Ausgang.BEWILLIGEN,
        "betrag": None if ablehnen else letzte.betrag,
        "auflagen": letzte.auflagen,
        "gruende": letzte.text if ablehnen else "",
    }
