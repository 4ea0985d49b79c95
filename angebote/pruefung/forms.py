"""What the office fills in while it checks: the list of points, and its professional opinion."""

from crispy_forms.bootstrap import AppendedText
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from angebote.pruefung.models import Pruefpunkt, Stellungnahme
from angebote.pruefung.pruefliste import PRUEFLISTE
from angebote.pruefung.queries import gezeigte_pruefliste
from schulerfolg.formular.basis import ERNEUT, Formular
from schulerfolg.formular.felder import Langtext
from schulerfolg.formular.zahlen import Zahl
from schulerfolg.geld import euro


class PrueflisteForm(Formular, forms.Form):
    """Every point of the list with a verdict and a note; what is not answered yet may wait."""

    button = "Prüfliste speichern"
    version = forms.CharField(widget=forms.HiddenInput, max_length=2000, error_messages={"required": ERNEUT})

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.helper.form_tag = False
        self.fields["version"].initial = gezeigte_pruefliste(row) or "leer"
        self.vorhanden = {punkt.schluessel: punkt for punkt in row.pruefpunkte.select_related("durch")}
        for schluessel, frage in PRUEFLISTE.items():
            punkt = self.vorhanden.get(schluessel)
            self.fields[f"urteil_{schluessel}"] = forms.ChoiceField(
                label=frage.rstrip("."),
                choices=Pruefpunkt.Urteil.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=punkt.urteil if punkt else None,
            )
            self.fields[f"notiz_{schluessel}"] = forms.CharField(
                label="Notiz", required=False, max_length=300, initial=punkt.notiz if punkt else ""
            )

    def punkte(self):
        """Number, verdict, note and what is stored, point by point."""
        for nummer, schluessel in enumerate(PRUEFLISTE, 1):
            yield nummer, self[f"urteil_{schluessel}"], self[f"notiz_{schluessel}"], self.vorhanden.get(schluessel)

    def clean(self):
        for schluessel in PRUEFLISTE:
            urteil, notiz = f"urteil_{schluessel}", f"notiz_{schluessel}"
            if self.cleaned_data.get(notiz) and self.cleaned_data.get(urteil) == "":
                self.add_error(urteil, "Bitte wählen Sie zur Notiz auch ein Urteil.")
        return self.cleaned_data

    def arguments(self):
        """Every point that is answered, and how the page showed the list: who answered what stays true."""
        angaben = self.cleaned_data
        return {
            "urteile": {
                schluessel: (angaben[f"urteil_{schluessel}"], angaben[f"notiz_{schluessel}"])
                for schluessel in PRUEFLISTE
                if angaben[f"urteil_{schluessel}"]
            },
            "version": angaben["version"],
        }


class StellungnahmeForm(Formular, forms.Form):
    """Recommendation, amount, reasons and proposed conditions."""

    button = "Stellungnahme speichern"

    empfehlung = forms.ChoiceField(
        label="Empfehlung",
        choices=Stellungnahme.Empfehlung.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, was Sie dem Gremium empfehlen."},
    )
    betrag = Zahl(
        label="empfohlener Betrag",
        min_value=0,
        error_messages={
            "required": "Bitte nennen Sie den Betrag, den Sie empfehlen.",
            "min_value": "Bitte geben Sie einen Betrag ab 0,00 € ein.",
        },
    )
    text = Langtext(
        label="Stellungnahme",
        max_length=6000,
        rows=10,
        help_text="Was spricht dafür, was dagegen? Das Gremium liest diesen Text; die Schule sieht ihn nicht.",
        error_messages={"required": "Bitte begründen Sie Ihre Empfehlung."},
    )
    auflagen = Langtext(
        label="vorgeschlagene Auflagen",
        max_length=2000,
        required=False,
        help_text="Nur bei „mit Auflagen zustimmen“: was die Schule dafür tun muss.",
    )

    mitverfassen = forms.BooleanField(
        label="Ich schreibe mit. Danach kann ich die Stellungnahme nicht bestätigen und die Entscheidung nicht "
        "unterschreiben.",
        required=False,
    )

    def __init__(self, *args, row, person, **kwargs):
        neueste = row.stellungnahmen.first()
        offen = neueste if neueste and neueste.bestaetigt_am is None else None
        initial = {"betrag": row.beantragt}
        if offen:
            initial = {name: getattr(offen, name) for name in ("empfehlung", "betrag", "text", "auflagen")}
        super().__init__(*args, row=row, initial=initial, **kwargs)
        self.carries(str(neueste.fassung if neueste else 0), required=True, error_messages={"required": ERNEUT})
        if offen is None or person.pk in offen.verfassende:
            del self.fields["mitverfassen"]
        self.fields[
            "betrag"
        ].help_text = f"Beantragt sind {euro(row.beantragt)}. Wenn Sie die Ablehnung empfehlen, tragen Sie 0 ein."
        felder = [name for name in ("text", "auflagen", "mitverfassen") if name in self.fields]
        self.helper.layout = Layout("empfehlung", AppendedText("betrag", "€"), *felder)

    @property
    def ist_aelter(self) -> bool:
        """Whether somebody saved another version since this form was opened."""
        return self.has_error(NON_FIELD_ERRORS, code="konflikt")

    def clean(self):
        """Say at the field what the database would refuse."""
        empfehlung, betrag = self.cleaned_data.get("empfehlung"), self.cleaned_data.get("betrag")
        ablehnen, auflagen = Stellungnahme.Empfehlung.ABLEHNEN, Stellungnahme.Empfehlung.AUFLAGEN
        if empfehlung == ablehnen and betrag:
            self.add_error("betrag", "Wenn Sie die Ablehnung empfehlen, ist der Betrag 0,00 €.")
        elif empfehlung and empfehlung != ablehnen and betrag == 0:
            self.add_error("betrag", "Bitte nennen Sie den Betrag, den Sie empfehlen.")
        if empfehlung and empfehlung != auflagen and self.cleaned_data.get("auflagen"):
            self.add_error(
                "auflagen",
                "Auflagen gehören zu „mit Auflagen zustimmen“. Bitte wählen Sie das, oder leeren Sie das Feld.",
            )
        if empfehlung == auflagen and not self.cleaned_data.get("auflagen"):
            self.add_error("auflagen", "Bitte schreiben Sie, welche Auflagen Sie vorschlagen.")
        return self.cleaned_data
