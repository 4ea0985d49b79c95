"""The vote on one item."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from gremien.abstimmung.gegenstand import gegenstand
from gremien.abstimmung.models import Stimme
from gremien.abstimmung.services import noch_gueltig
from schulerfolg.ablauf.forms import OnceForm
from schulerfolg.formular.felder import Langtext
from schulerfolg.formular.zahlen import Zahl
from schulerfolg.geld import CENT

FORMULAR = "abstimmungsformular"
"""The id of the vote on its page: what is decided beside it goes with it, so that nothing typed there is lost."""


class AbstimmungForm(OnceForm):
    """The motion and one vote for everybody who may vote now; count first, or close the vote.

    It shows what is on record; `getippt` are words of somebody who did something else on this page meanwhile.
    """

    antrag_auf = forms.ChoiceField(label="Abgestimmt wird darüber, den Antrag zu", widget=forms.RadioSelect)
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
        help_text="Nötig bei Ablehnung, bei Zurückstellung und wenn es weniger wird als beantragt; sie stehen im Brief "
        "an die Schule.",
    )
    text = Langtext(label="Beschlusstext", max_length=2000, help_text="So steht er in der Niederschrift.")
    version = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, data=None, *, lage, rechte, getippt=None):
        self.lage, self.rechte, self.worueber = lage, rechte, gegenstand(lage.punkt)
        super().__init__(data, row=lage.punkt)
        self._felder_der_art()
        if lage.verloren:
            self.fields["verloren"] = forms.BooleanField(label=f"{lage.verloren}.", required=False)
        self.namen = {m.pk: f"stimme_{m.pk}" for m in lage.stimmberechtigt}
        for platz in lage.plaetze:
            if platz.stimmt:
                self.fields[self.namen[platz.stimmt.pk]] = _stimme(platz, lage.stimmen.get(platz.stimmt.pk))
        self.initial = {**self.stand(), "version": lage.version}
        if getippt is not None:
            eigene = set(self.fields) - {"schluessel", "version"}
            self.initial |= {name: getippt[name] for name in eigene if name in getippt}
        self._aufbau()

    def _felder_der_art(self):
        """What this kind of item asks for; where only one motion is possible, nobody chooses it."""
        for name in {"betrag", "auflagen", "gruende", "text"} - set(self.worueber.felder):
            del self.fields[name]
        self.fields["antrag_auf"].choices = [(wert.value, worte) for wert, worte in self.worueber.antraege.items()]
        if len(self.worueber.antraege) == 1:
            del self.fields["antrag_auf"]

    def stand(self) -> dict:
        """The motion as it is before the Gremium, else as its subject proposes it."""
        vorschlag = self.lage.vorschlag
        if vorschlag is None:
            return self.worueber.erster_vorschlag(self.lage.punkt)
        return {name: getattr(vorschlag, name) for name in ("antrag_auf", *self.worueber.felder)}

    def _aufbau(self):
        self.helper = FormHelper()
        self.helper.form_id = FORMULAR
        self.helper.form_action = reverse("sitzungen:abstimmen", args=[self.lage.punkt.sitzung_id, self.lage.punkt.pk])
        motion = [name for name in ("antrag_auf", *self.worueber.felder) if name in self.fields]
        self.helper.layout = Layout(
            Fieldset("Der Vorschlag", *motion),
            Fieldset("Die Stimmen", *self.namen.values(), css_class="stimmen"),
            *(["verloren"] if "verloren" in self.fields else []),
            "schluessel",
            "version",
            Submit("zaehlen", "Stimmen zählen", css_class="kern-btn--secondary"),
        )
        if "feststellen" in self.rechte:
            self.helper.layout.append(Submit("feststellen", "Beschluss feststellen", css_class="kern-btn--primary"))

    def clean(self):
        """A page from before the last change says so at once, whatever else it lacks."""
        angaben = super().clean()
        try:
            noch_gueltig(self.lage, angaben.get("version", ""))
        except ValidationError as error:
            self._zeigen(error)
        return angaben

    def arguments(self) -> dict:
        angaben = self.cleaned_data
        motion = {"antrag_auf": angaben.get("antrag_auf") or next(iter(self.worueber.antraege))}
        motion |= {name: angaben[name] for name in self.worueber.felder}
        stimmen = {pk: angaben[name] for pk, name in self.namen.items()}
        gemeint = {"verloren": True} if angaben.get("verloren") and "feststellen" in self.data else {}
        return {"stimmen": stimmen, "version": angaben["version"], **gemeint, **motion}


class VertagenForm(OnceForm):
    """An item is put off; why, if somebody says so."""

    button = "Punkt vertagen"
    warum = forms.CharField(
        label="Warum?",
        required=False,
        max_length=500,
        help_text="Wenn Sie mögen: Ein Satz, so wie er in der Niederschrift stehen soll.",
    )


class KenntnisForm(OnceForm):
    """An item was heard."""

    button = "Zur Kenntnis genommen"


def _stimme(platz, bisher):
    name = f"{platz.stimmt.person} ({platz.grund})" if platz.grund else str(platz.stimmt.person)
    return forms.ChoiceField(
        label=name,
        choices=Stimme.Wert.choices,
        widget=forms.RadioSelect,
        initial=bisher.wert if bisher else None,
        error_messages={"required": "Diese Stimme fehlt noch."},
    )
