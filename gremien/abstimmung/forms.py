"""The vote on one item."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from gremien.abstimmung.models import Beschluss, Stimme
from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.formular.felder import Langtext
from schulerfolg.formular.zahlen import Zahl
from schulerfolg.geld import CENT

ANTRAEGE = [
    (Beschluss.Ausgang.BEWILLIGEN, "bewilligen"),
    (Beschluss.Ausgang.ABLEHNEN, "ablehnen"),
    (Beschluss.Ausgang.ZURUECKSTELLEN, "zurückstellen"),
]


class AbstimmungForm(OnceForm):
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

    def __init__(self, data=None, *, lage, rechte):
        self.lage, punkt = lage, lage.punkt
        super().__init__(data, row=punkt, initial=vorschlag_fuer(punkt.antrag) if punkt.antrag else {})
        plaetze = [platz for platz in lage.plaetze if platz.stimmt and punkt.sitzung.laeuft]
        self.namen = {platz.stimmt.pk: f"stimme_{platz.stimmt.pk}" for platz in plaetze}
        for platz in plaetze:
            self.fields[self.namen[platz.stimmt.pk]] = _stimme(platz, lage.stimmen.get(platz.stimmt.pk))
        self.helper = FormHelper()
        self.helper.form_action = reverse("sitzungen:abstimmen", args=[punkt.sitzung_id, punkt.pk])
        self.helper.layout = Layout(
            Fieldset("Der Vorschlag", "antrag_auf", "betrag", "auflagen", "gruende"),
            Fieldset("Die Stimmen", *self.namen.values(), css_class="stimmen"),
            "schluessel",
            Submit("zaehlen", "Stimmen zählen", css_class="kern-btn--secondary"),
        )
        if "feststellen" in rechte:
            self.helper.layout.append(Submit("feststellen", "Beschluss feststellen", css_class="kern-btn--primary"))

    def stimmen(self) -> dict[int, str]:
        """Every vote: id of the Mitgliedschaft → value."""
        return {pk: self.cleaned_data[name] for pk, name in self.namen.items()}

    def zaehlen(self, dienst) -> None:
        """Record these votes without closing the vote, and see how it stands then. A refusal becomes an error."""
        try:
            self.lage = dienst()
        except ValidationError as error:
            self.add_error(None, error)

    def arguments(self) -> dict:
        motion = {name: self.cleaned_data[name] for name in ("antrag_auf", "betrag", "auflagen", "gruende")}
        return {"stimmen": self.stimmen(), **motion}


def _stimme(platz, bisher):
    name = f"{platz.stimmt.person} ({platz.grund})" if platz.grund else str(platz.stimmt.person)
    return forms.ChoiceField(
        label=name,
        choices=Stimme.Wert.choices,
        widget=forms.RadioSelect,
        initial=bisher.wert if bisher else None,
        error_messages={"required": "Diese Stimme fehlt noch."},
    )


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
