"""The section of the draft about money: cost rows, and what others pay."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from angebote.antrag.folgefragen import FOLGEN
from angebote.antrag.forms_zeilen import Zeilenabschnitt
from angebote.antrag.models import Antrag
from angebote.antrag.models_zeilen import Kostenposten
from angebote.foerderung.models import Kostenart
from schulerfolg.formular.felder import noetig
from schulerfolg.formular.zahlen import Zahl
from schulerfolg.formular.zeilen import Auswahl, Zeile
from schulerfolg.geld import CENT, rounded

HOECHSTE_SUMME = Decimal("10000000.00")


class KostenZeile(Zeile):
    kostenart = forms.TypedChoiceField(label="Kostenart")
    beschreibung = forms.CharField(label="Wofür", max_length=200)
    menge = Zahl(label="Menge", stellen=0, min_value=CENT, max_value=Decimal("9999.99"), required=False)
    einheit = forms.CharField(label="Einheit", max_length=30, required=False)
    einzelpreis = Zahl(label="Einzelpreis in Euro", min_value=CENT, max_value=Decimal("99999.99"))

    def __init__(self, *args, wahl, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kostenart"].choices = [("", "Bitte wählen"), *((pk, str(art)) for pk, art in wahl.items())]
        self.fields["kostenart"].coerce = lambda pk: wahl[int(pk)]
        self.fields["kostenart"].error_messages["required"] = "Bitte wählen Sie die Kostenart."
        self.fields["beschreibung"].error_messages["required"] = "Bitte schreiben Sie, wofür."
        self.fields["einzelpreis"].error_messages["required"] = "Bitte geben Sie den Einzelpreis an."
        for name in ("menge", "einzelpreis"):
            self.fields[name].error_messages["min_value"] = "Bitte geben Sie eine Zahl über null an."

    @property
    def betrag(self) -> Decimal:
        """Quantity × price in euros; a missing quantity means one."""
        preis = self.wert("einzelpreis") or Decimal(0)
        return rounded((self.wert("menge") or 1) * preis)

    def als_posten(self):
        angaben = {name: self.cleaned_data[name] for name in ("kostenart", "beschreibung", "einheit", "einzelpreis")}
        return Kostenposten(menge=self.cleaned_data["menge"] or Decimal(1), **angaben)


class KostenForm(Zeilenabschnitt):
    """Cost rows, and what others pay."""

    name = "kosten"
    vorlage = "angebote/antrag/kosten.html"
    zeile, prefix_der_zeilen = KostenZeile, "kosten"
    eigenmittel = Zahl(
        label="Eigenmittel in Euro",
        required=False,
        min_value=0,
        help_text="Von der Schule oder ihrem Träger.",
    )
    teilnahmebeitraege = Zahl(
        label="Teilnahmebeiträge in Euro", required=False, min_value=0, help_text="Von Familien oder Teilnehmenden."
    )
    drittmittel = Zahl(
        label="Geld von anderen in Euro",
        required=False,
        min_value=0,
        help_text="Zum Beispiel eine Spende.",
    )

    class Meta:
        model = Antrag
        # The question, then what follows from it.
        fields = (
            "eigenmittel", "mit_teilnahmebeitraegen", "teilnahmebeitraege",
            "mit_drittmitteln", "drittmittel", "drittmittel_von",
        )  # fmt: skip
        help_texts = {"drittmittel_von": "Zum Beispiel „Stiftung Bildung“."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        noetig(self, "mit_teilnahmebeitraegen", "mit_drittmitteln")

    def auswahl(self):
        return Auswahl((art.pk, art) for art in Kostenart.objects.filter(aktiv=True, foerderfaehig=True))

    def gespeichert(self):
        felder = ("kostenart", "beschreibung", "menge", "einheit", "einzelpreis")
        return list(self.antrag.kostenposten.values(*felder))

    def clean(self):
        angaben = super().clean()
        for name in {"eigenmittel", "teilnahmebeitraege", "drittmittel"} & angaben.keys():
            angaben[name] = angaben[name] or Decimal(0)
        return angaben

    def is_valid(self):
        if super().is_valid() and self.ausgaben > HOECHSTE_SUMME:
            self.add_error(None, "Die Ausgaben zusammen sind zu hoch. Bitte prüfen Sie die Zahlen.")
        return not self.errors and self.zeilen.is_valid()

    def arguments(self):
        angaben = super().arguments()
        if self.zeilen_fertig():
            angaben["kosten"] = [form.als_posten() for form in self.zeilen.ausgefuellt()]
        return angaben

    @property
    def ausgaben(self) -> Decimal:
        """Sum of the rows as they stand on the page, in euros."""
        return sum((form.betrag for form in self.zeilen.forms if not form["DELETE"].value()), Decimal(0))

    @property
    def andere_mittel(self) -> Decimal:
        """What others pay, as it stands on the page, in euros."""
        gefragt = (name for name in ("eigenmittel", "teilnahmebeitraege", "drittmittel") if self._angekreuzt(name))
        return sum((self._betrag(name) for name in gefragt), Decimal(0))

    @property
    def beantragt(self) -> Decimal:
        return max(self.ausgaben - self.andere_mittel, Decimal(0))

    def _angekreuzt(self, name) -> bool:
        return name not in FOLGEN or bool(self[FOLGEN[name][0]].value())

    def _betrag(self, name):
        try:
            return self.fields[name].clean(self[name].value()) or Decimal(0)
        except ValidationError:
            return Decimal(0)
