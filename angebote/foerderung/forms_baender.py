"""The bands in the form of a rule: three rows that may stay empty."""

from collections.abc import Iterable

from crispy_forms.layout import HTML, Fieldset
from django import forms

from angebote.foerderung.models import Bandentscheidung, Betragsband, Umfang
from schulerfolg.eingabe import Gereinigt
from schulerfolg.formular.felder import noetig
from schulerfolg.formular.zahlen import Betrag

ANZAHL = 3
SPALTEN = ("bis", "umfang", "entscheidung", "mit_anlagen", "nachweis")
EINLEITUNG = (
    "<p>Für kleine Summen kann weniger gelten. Es zählt, was die Schule beantragt; über dem höchsten Band gilt die "
    "Regel selbst. Ein Band ohne Betrag bleibt leer.</p>"
)


class Bandfelder(Gereinigt, forms.Form):
    """To be mixed into a form that sets `baender` in its `clean`: the values of the bands, the lowest first."""

    def baender_anbieten(self, baender: Iterable[dict]) -> None:
        vorhanden = list(baender)
        for nummer in range(1, ANZAHL + 1):
            da = vorhanden[nummer - 1] if nummer <= len(vorhanden) else {}
            for spalte, feld in _felder().items():
                feld.initial = da.get(spalte, feld.initial)
                self.fields[f"band{nummer}_{spalte}"] = feld
            noetig(self, f"band{nummer}_umfang", f"band{nummer}_entscheidung")

    def baender_layout(self) -> Fieldset:
        reihen = [
            Fieldset(f"{nummer}. Band", *(f"band{nummer}_{spalte}" for spalte in SPALTEN))
            for nummer in range(1, ANZAHL + 1)
        ]
        return Fieldset("Betragsbänder", HTML(EINLEITUNG), *reihen)

    def baender_lesen(self, angaben: dict) -> list[dict]:
        """Take the columns of the bands out of `angaben`; what can't be becomes an error at its field."""
        gelesen: dict = {}
        for nummer in range(1, ANZAHL + 1):
            band = {spalte: angaben.pop(f"band{nummer}_{spalte}", None) for spalte in SPALTEN}
            band["umfang"] = band["umfang"] or Umfang.VOLL
            band["entscheidung"] = band["entscheidung"] or Bandentscheidung.GREMIUM
            stelle = f"band{nummer}_bis"
            if stelle in self.errors:
                continue
            if band["bis"] is None:
                if band["nachweis"]:
                    self.add_error(stelle, "Bitte nennen Sie den Betrag, bis zu dem dieses Band gilt.")
            elif band["bis"] <= 0:
                self.add_error(stelle, "Bitte geben Sie einen Betrag über 0,00 € an.")
            elif band["bis"] in gelesen:
                self.add_error(stelle, "Diesen Betrag nennt schon ein anderes Band.")
            else:
                gelesen[band["bis"]] = (nummer, band)
        return self._gestaffelt([gelesen[bis] for bis in sorted(gelesen)])

    def _gestaffelt(self, reihen) -> list[dict]:
        voll = False
        for nummer, band in reihen:
            if voll and band["umfang"] == Umfang.KURZ:
                satz = "Ein höheres Band fragt nicht weniger als ein niedrigeres mit allen Abschnitten."
                self.add_error(f"band{nummer}_umfang", satz)
            voll = voll or band["umfang"] != Umfang.KURZ
        return [band for _nummer, band in reihen]


def als_werte(band: Betragsband) -> dict:
    return {spalte: getattr(band, spalte) for spalte in SPALTEN}


def _felder() -> dict[str, forms.Field]:
    return {
        "bis": Betrag(label="Bis zu einer beantragten Summe von (in Euro)", max_digits=9, required=False),
        "umfang": forms.ChoiceField(label="Gefragt wird", choices=Umfang.choices, initial=Umfang.VOLL, required=False),
        "entscheidung": forms.ChoiceField(
            label="Es entscheidet",
            choices=Bandentscheidung.choices,
            initial=Bandentscheidung.GREMIUM,
            required=False,
        ),
        "mit_anlagen": forms.BooleanField(label="Die Anlagen der Regel werden verlangt", required=False, initial=True),
        "nachweis": forms.CharField(
            label="Nachweis",
            max_length=200,
            required=False,
            help_text="In Ihren Worten, zum Beispiel „kurzer Bericht, keine Belege“. Steht im Antrag und im Schreiben.",
        ),
    }
