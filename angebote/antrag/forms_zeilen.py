"""The sections of the draft that have rows: partners, and costs with their financing."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format

from angebote.antrag.forms import Abschnittsform
from angebote.antrag.models import Antrag, Antragspartner, Kostenposten
from angebote.antrag.queries import organisationen_der_region
from angebote.beratung.forms import Langtext
from angebote.foerderung.models import Kostenart, Zahlweg
from netzwerkstellen.organisation.models import Organisation, Organisationsart

HOECHSTENS_ZEILEN = 100
HOECHSTE_SUMME = Decimal("10000000.00")
CENT = Decimal("0.01")


class Zahl(forms.DecimalField):
    """A number as people write it here: „1.234,50“, „1234,5“ and „1234.5“ are the same, a € behind it is no error."""

    def __init__(self, *, stellen=2, **kwargs):
        self.stellen = stellen
        super().__init__(
            decimal_places=2, max_digits=10, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs
        )
        self.error_messages["invalid"] = "Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50."
        self.error_messages["max_decimal_places"] = "Bitte geben Sie höchstens zwei Stellen nach dem Komma an."

    def to_python(self, value):
        text = re.sub(r"[\s€]", "", str(value if value is not None else ""))
        if "," in text or re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+", text):
            text = text.replace(".", "").replace(",", ".")
        if text and not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,9})?", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        ganz = value == value.to_integral_value() and not self.stellen
        return number_format(value, decimal_pos=0 if ganz else 2, use_l10n=True, force_grouping=True)


class Zeile(forms.Form):
    """One row. Rows nobody wrote into are passed over."""

    def wert(self, name: str):
        """What stands in this field, as a value: typed just now or stored; None where it can't be read."""
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None


class Zeilen(forms.BaseFormSet):
    """Rows that can be added and removed without a script."""

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Diese Zeile entfernen"

    def ausgefuellt(self):
        return [form for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]

    def getippt(self):
        """What was typed, row by row, as it was typed; rows to be removed are gone."""
        rows = [{name: form[name].data for name in form.fields} for form in self.forms]
        return [row for row in rows if not row.pop("DELETE")]


class Zeilenabschnitt(Abschnittsform):
    """A section with rows below its own fields."""

    zeile: type[Zeile]
    prefix_der_zeilen = ""

    def __init__(self, data=None, files=None, *, antrag):
        super().__init__(data, files, antrag=antrag)
        self.wahl = self.auswahl()
        self.zeilen = self._zeilen(data, None if data is not None else self.gespeichert())

    def _zeilen(self, data, initial):
        klasse = forms.formset_factory(
            self.zeile, Zeilen, extra=1, can_delete=True,
            max_num=HOECHSTENS_ZEILEN, absolute_max=HOECHSTENS_ZEILEN, validate_max=True,
        )  # fmt: skip
        return klasse(data, initial=initial, prefix=self.prefix_der_zeilen, form_kwargs={"wahl": self.wahl})

    def mit_neuer_zeile(self):
        """The same section with everything typed and one row more; nothing is checked, nothing is saved."""
        neu = type(self)(antrag=self.antrag)
        neu.initial |= {name: self[name].data for name in self.fields}
        neu.zeilen = neu._zeilen(None, self.zeilen.getippt())
        erstes = next(iter(neu.zeilen.forms[-1].fields.values()))
        erstes.widget.attrs["autofocus"] = True
        return neu


class PartnerZeile(Zeile):
    organisation = forms.TypedChoiceField(label="Organisation", required=False, empty_value=None)
    neuer_name = forms.CharField(
        label="Oder: eine Organisation, die nicht in der Liste steht", required=False, max_length=200
    )
    art = forms.ChoiceField(label="Art der neuen Organisation", required=False)
    aufgabe = Langtext(label="Aufgabe im Projekt", max_length=1000, rows=3, required=False)

    def __init__(self, *args, wahl, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", "Bitte wählen"), *((pk, str(o)) for pk, o in wahl.items())]
        self.fields["organisation"].coerce = lambda pk: wahl[int(pk)]
        self.fields["art"].choices = [("", "Bitte wählen"), *Organisationsart.choices]

    def clean(self):
        angaben = super().clean()
        name = " ".join(angaben.get("neuer_name", "").split())
        if not self.has_changed() or angaben.get("DELETE"):
            return angaben
        if name and angaben.get("organisation"):
            self.add_error(
                "neuer_name", "Bitte wählen Sie eine Organisation, oder nennen Sie eine neue – nicht beides."
            )
        elif name and not angaben.get("art"):
            self.add_error("art", "Bitte wählen Sie, was für eine Organisation das ist.")
        elif not name and not angaben.get("organisation") and not self.errors:
            self.add_error("organisation", "Bitte wählen Sie eine Organisation, oder nennen Sie eine neue.")
        return angaben | {"neuer_name": name}

    def als_partner(self):
        neu = Organisation(name=self.cleaned_data["neuer_name"], art=self.cleaned_data["art"])
        organisation = self.cleaned_data["organisation"] or neu
        return Antragspartner(organisation=organisation, aufgabe=self.cleaned_data["aufgabe"])


class KooperationForm(Zeilenabschnitt):
    name = "kooperation"
    vorlage = "angebote/antrag/kooperation.html"
    zeile, prefix_der_zeilen = PartnerZeile, "partner"

    class Meta:
        model = Antrag
        fields = ()

    def auswahl(self):
        return {organisation.pk: organisation for organisation in organisationen_der_region(self.antrag)}

    def gespeichert(self):
        partner = self.antrag.partner.all()
        return [{"organisation": p.organisation_id, "aufgabe": p.aufgabe} for p in partner]

    def is_valid(self):
        return super().is_valid() and self._jede_einmal()

    def _jede_einmal(self):
        gesehen = set()
        for form in self.zeilen.ausgefuellt():
            organisation = form.als_partner().organisation
            if str(organisation).lower() in gesehen:
                form.add_error("organisation", "Diese Organisation ist schon eingetragen.")
            gesehen.add(str(organisation).lower())
        return not self.zeilen.total_error_count()

    def angaben(self):
        return {"partner": [form.als_partner() for form in self.zeilen.ausgefuellt()]}


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
        return ((self.wert("menge") or 1) * preis).quantize(CENT, ROUND_HALF_UP)

    def als_posten(self):
        angaben = {name: self.cleaned_data[name] for name in ("kostenart", "beschreibung", "einheit", "einzelpreis")}
        return Kostenposten(menge=self.cleaned_data["menge"] or Decimal(1), **angaben)


class KostenForm(Zeilenabschnitt):
    """Cost rows, what others pay, and who receives the money."""

    name = "kosten"
    vorlage = "angebote/antrag/kosten.html"
    zeile, prefix_der_zeilen = KostenZeile, "kosten"
    eigenmittel = Zahl(
        label="Eigenmittel in Euro",
        required=False,
        min_value=0,
        help_text="Was die Schule oder ihr Träger selbst gibt.",
    )
    teilnahmebeitraege = Zahl(label="Teilnahmebeiträge in Euro", required=False, min_value=0)
    drittmittel = Zahl(
        label="Geld von anderen in Euro",
        required=False,
        min_value=0,
        help_text="Zum Beispiel Spenden oder eine Stiftung.",
    )
    zahlung_an = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="An welche Organisation",
        required=False,
        help_text="Nötig beim Förderverein und beim Kooperationspartner.",
    )
    foerderverein = forms.CharField(
        label="Oder: Name des Fördervereins",
        required=False,
        max_length=200,
        help_text="Wenn er nicht in der Liste steht.",
    )

    class Meta:
        model = Antrag
        fields = ("eigenmittel", "teilnahmebeitraege", "drittmittel", "drittmittel_von", "zahlweg", "zahlung_an")
        widgets = {"zahlweg": forms.RadioSelect}
        help_texts = {"drittmittel_von": "Nur, wenn andere etwas dazugeben."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["zahlweg"].choices = Zahlweg.choices
        partner = self.antrag.partner.values("organisation")
        region = organisationen_der_region(self.antrag)
        self.fields["zahlung_an"].queryset = region.filter(art=Organisationsart.FOERDERVEREIN) | region.filter(
            pk__in=[*partner.values_list("organisation", flat=True), self.antrag.schule.schultraeger_id or 0]
        )

    def auswahl(self):
        return {art.pk: art for art in Kostenart.objects.filter(aktiv=True, foerderfaehig=True)}

    def gespeichert(self):
        felder = ("kostenart", "beschreibung", "menge", "einheit", "einzelpreis")
        return list(self.antrag.kostenposten.values(*felder))

    def clean(self):
        angaben = super().clean()
        for name in ("eigenmittel", "teilnahmebeitraege", "drittmittel"):
            angaben[name] = angaben.get(name) or Decimal(0)
        return angaben | {"zahlung_an": self._empfaenger(angaben)}

    def _empfaenger(self, angaben):
        """The Organisation the money goes to, as far as it follows from the choice."""
        gewaehlt, neu = angaben.get("zahlung_an"), " ".join(angaben.pop("foerderverein", "").split())
        match angaben.get("zahlweg"):
            case Zahlweg.SCHULTRAEGER:
                return self.antrag.schule.schultraeger
            case Zahlweg.FOERDERVEREIN:
                return Organisation(name=neu, art=Organisationsart.FOERDERVEREIN) if neu else gewaehlt
            case Zahlweg.PARTNER:
                partner = [p.organisation for p in self.antrag.partner.select_related("organisation")]
                return gewaehlt if gewaehlt in partner else partner[0] if len(partner) == 1 else None
        return None

    def is_valid(self):
        if super().is_valid() and self.ausgaben > HOECHSTE_SUMME:
            self.add_error(None, "Die Ausgaben zusammen sind zu hoch. Bitte prüfen Sie die Zahlen.")
        return not self.errors and self.zeilen.is_valid()

    def angaben(self):
        return super().angaben() | {"kosten": [form.als_posten() for form in self.zeilen.ausgefuellt()]}

    @property
    def ausgaben(self) -> Decimal:
        """Sum of the rows as they stand on the page, in euros."""
        return sum((form.betrag for form in self.zeilen.forms if not form["DELETE"].value()), Decimal(0))

    @property
    def andere_mittel(self) -> Decimal:
        """What others pay, as it stands on the page, in euros."""
        return sum((self._betrag(name) for name in ("eigenmittel", "teilnahmebeitraege", "drittmittel")), Decimal(0))

    @property
    def beantragt(self) -> Decimal:
        return max(self.ausgaben - self.andere_mittel, Decimal(0))

    def _betrag(self, name):
        try:
            return self.fields[name].clean(self[name].value()) or Decimal(0)
        except ValidationError:
            return Decimal(0)
