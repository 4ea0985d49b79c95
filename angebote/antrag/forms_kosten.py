"""The section of the draft about money: cost rows, what others pay, and in which year."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from angebote.antrag.bilanz import Bilanz, bilanz_aus
from angebote.antrag.folgefragen import FOLGEN
from angebote.antrag.forms_zeilen import Zeilenabschnitt
from angebote.antrag.jahre import eigene_anteile, gewichte, jahr_in_worten, projekttage, teilbare_jahre
from angebote.antrag.models import Antrag
from angebote.antrag.models_zeilen import Jahresanteil, Kostenposten
from angebote.antrag.vorgaben import kostenplaene
from angebote.budget.services import verteilen
from angebote.foerderung.models import Kostenart
from schulerfolg.formular.felder import noetig
from schulerfolg.formular.zahlen import Zahl
from schulerfolg.formular.zeilen import Auswahl, Zeile
from schulerfolg.geld import CENT, rounded

HOECHSTE_SUMME = Decimal("10000000.00")
ANDERE = ("eigenmittel", "teilnahmebeitraege", "drittmittel")


class Artwahl(forms.Select):
    """Every option carries what its Kostenart asks for, so that it stands beside the row once it is chosen."""

    arten: dict[int, Kostenart] = {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if art := self.arten.get(value):
            option["attrs"] |= {"data-hinweis": art.hinweis} if art.hinweis else {}
            option["attrs"] |= {"data-begruenden": "ja"} if art.begruendung_pflicht else {}
            option["attrs"] |= {} if art.foerderfaehig else {"data-nicht-foerderfaehig": "ja"}
        return option


def live(felder) -> None:
    """Tell the script which numbers these fields take, in cents."""
    for feld in felder.values():
        if isinstance(feld, Zahl):
            hoechstens = feld.max_value or Decimal("99999999.99")
            feld.widget.attrs["data-zahl"] = f"{int((feld.min_value or 0) * 100)} {int(hoechstens * 100)}"


class KostenZeile(Zeile):
    kostenart = forms.TypedChoiceField(label="Kostenart", widget=Artwahl)
    beschreibung = forms.CharField(label="Wofür", max_length=200)
    menge = Zahl(label="Menge", stellen=0, min_value=CENT, max_value=Decimal("9999.99"), required=False)
    einheit = forms.CharField(label="Einheit", max_length=30, required=False)
    einzelpreis = Zahl(label="Einzelpreis in Euro", min_value=CENT, max_value=Decimal("99999.99"))
    begruendung = forms.CharField(label="Begründung", max_length=300, required=False)

    def __init__(self, *args, wahl, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kostenart"].widget.arten = wahl
        self.fields["kostenart"].choices = [("", "Bitte wählen"), *((pk, _name(art)) for pk, art in wahl.items())]
        nur_bei = ", ".join(str(art) for art in wahl.values() if art.begruendung_pflicht)
        self.fields["begruendung"].help_text = nur_bei and f"Nötig bei: {nur_bei}."
        noetig(self, "begruendung")
        live(self.fields)
        self.fields["kostenart"].coerce = lambda pk: wahl[int(pk)]
        self.fields["kostenart"].error_messages["required"] = "Bitte wählen Sie die Kostenart."
        self.fields["beschreibung"].error_messages["required"] = "Bitte schreiben Sie, wofür."
        self.fields["einzelpreis"].error_messages["required"] = "Bitte geben Sie den Einzelpreis an."
        for name in ("menge", "einzelpreis"):
            self.fields[name].error_messages["min_value"] = "Bitte geben Sie eine Zahl über null an."

    @property
    def art(self) -> Kostenart | None:
        return self.wert("kostenart")

    @property
    def betrag(self) -> Decimal | None:
        """Quantity × price in euros; a missing quantity means one. None while one of them can't be read."""
        try:
            menge, preis = (self.fields[name].clean(self[name].value()) for name in ("menge", "einzelpreis"))
        except ValidationError:
            return None
        return rounded((Decimal(1) if menge is None else menge) * preis)

    @property
    def unlesbar(self) -> bool:
        """Whether somebody typed a number here that can't be read."""
        return self.betrag is None and bool(self["menge"].value() or self["einzelpreis"].value())

    @property
    def leer(self) -> bool:
        return not any(self[name].value() for name in self.fields if name != "DELETE")

    def als_posten(self):
        spalten = ("kostenart", "beschreibung", "einheit", "einzelpreis", "begruendung")
        angaben = {name: self.cleaned_data[name] for name in spalten}
        return Kostenposten(menge=self.cleaned_data["menge"] or Decimal(1), **angaben)


class KostenForm(Zeilenabschnitt):
    """Cost rows, and what others pay."""

    name = "kosten"
    vorlage = "angebote/antrag/kosten.html"
    zeile, prefix_der_zeilen = KostenZeile, "kosten"
    verwalter, baut = "kostenposten", "als_posten"
    frei: Decimal | None = None
    """What the Höchstbetrag leaves for this project; the page says so."""
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
        self._jahre_anbieten()
        live(self.fields)

    def _jahre_anbieten(self):
        """A field for each budget year but the last, where the project goes over several."""
        regel = self.antrag.regel_heute
        self.tage = projekttage(self.antrag, regel)
        eigene = eigene_anteile(self.antrag) if teilbare_jahre(self.tage) else {}
        for jahr in teilbare_jahre(self.tage):
            label = f"Davon aus {jahr_in_worten(jahr, regel)} in Euro"
            feld = Zahl(label=label, required=False, min_value=0, help_text="Leer heißt: nach Tagen.")
            self.fields[f"jahr_{jahr}"], self.initial[f"jahr_{jahr}"] = feld, eigene.get(jahr)

    def auswahl(self):
        hier = Q(aktiv=True) | Q(pk__in=self.antrag.kostenposten.values("kostenart"))
        return Auswahl((art.pk, art) for art in Kostenart.objects.filter(hier))

    def gespeichert(self):
        felder = ("kostenart", "beschreibung", "menge", "einheit", "einzelpreis", "begruendung")
        return list(self.antrag.kostenposten.values(*felder))

    @property
    def plaene(self):
        """Typical plans to start from, as long as nobody typed a row."""
        return list(kostenplaene().values()) if all(form.leer for form in self.zeilen.forms) else []

    def vorschlag(self, wunsch):
        arten, plan = {art.schluessel: art.pk for art in self.wahl.values()}, kostenplaene().get(wunsch)
        return [row | {"kostenart": arten.get(row["kostenart"], "")} for row in plan.posten] if plan else []

    def clean(self):
        angaben = super().clean()
        for name in set(ANDERE) & angaben.keys():
            angaben[name] = angaben[name] or Decimal(0)
        return angaben

    def is_valid(self):
        if super().is_valid() and self.bilanz.ausgaben > HOECHSTE_SUMME:
            self.add_error(None, "Die Ausgaben zusammen sind zu hoch. Bitte prüfen Sie die Zahlen.")
        return not self.errors and self.zeilen.is_valid()

    def arguments(self):
        angaben = super().arguments()
        jahre = {jahr: angaben["felder"].pop(f"jahr_{jahr}", None) for jahr in self.jahre}
        if jahre and self.errors.keys().isdisjoint(f"jahr_{jahr}" for jahr in jahre):
            angaben["jahre"] = [Jahresanteil(jahr=j, betrag=b) for j, b in jahre.items() if b is not None]
        if self.zeilen_fertig():
            angaben["kosten"] = [form.als_posten() for form in self.zeilen.ausgefuellt()]
        return angaben

    @property
    def bilanz(self) -> Bilanz:
        """Costs and financing as they stand on the page."""
        regel = self.antrag.regel_heute
        da = [(form.art, form.betrag) for form in self.zeilen.forms if not form["DELETE"].value()]
        return bilanz_aus(da, self.andere_mittel, regel.eigenanteil_prozent if regel else Decimal(0), self.frei)

    @property
    def andere_mittel(self) -> Decimal:
        """What others pay, as it stands on the page, in euros."""
        return sum((self._betrag(name) or Decimal(0) for name in ANDERE if self._angekreuzt(name)), Decimal(0))

    @property
    def beantragt(self) -> Decimal:
        return self.bilanz.beantragt

    @property
    def unlesbar(self) -> bool:
        """Whether a row is left out of the sums because it can't be read."""
        return any(form.unlesbar for form in self.zeilen.forms if not form["DELETE"].value())

    @property
    def jahre(self) -> list[int]:
        """The years this page asks for."""
        return [jahr for jahr in teilbare_jahre(self.tage) if f"jahr_{jahr}" in self.fields]

    @property
    def jahresfelder(self) -> list:
        return [self[f"jahr_{jahr}"] for jahr in self.jahre]

    def _angekreuzt(self, name) -> bool:
        return name not in FOLGEN or bool(self[FOLGEN[name][0]].value())

    @property
    def jahresteile(self) -> list[tuple[int, str, int, Decimal]]:
        """Year, its name, days and amount, as they stand on the page."""
        regel, beantragt = self.antrag.regel_heute, self.bilanz.beantragt
        eigene = {jahr: self._betrag(f"jahr_{jahr}") for jahr in self.jahre}
        eigene = {jahr: betrag for jahr, betrag in eigene.items() if betrag is not None}
        teile = verteilen(beantragt, gewichte(beantragt, self.tage, eigene))
        return [
            (jahr, jahr_in_worten(jahr, regel), tage, teile.get(jahr, Decimal(0))) for jahr, tage in self.tage.items()
        ]

    def _betrag(self, name) -> Decimal | None:
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None


def _name(art) -> str:
    return str(art) if art.foerderfaehig else f"{art} (nicht förderfähig)"
