"""Sections of the draft that have rows, without a script; here the partners, the costs stand in forms_kosten.py."""

from django import forms

from angebote.antrag.beispiele import BEISPIELE
from angebote.antrag.folgefragen import gefragt
from angebote.antrag.forms import OHNE_NAMEN, Abschnittsform
from angebote.antrag.models import Antrag
from angebote.antrag.models_zeilen import Antragspartner
from angebote.antrag.queries import organisationen_der_region
from netzwerkstellen.organisation.models import Organisation, Organisationsart
from schulerfolg.formular.felder import Langtext, noetig
from schulerfolg.formular.zeilen import Auswahl, Zeile, Zeilen

HOECHSTENS_ZEILEN = 100


class Zeilenabschnitt(Abschnittsform):
    """A section with rows below its own fields."""

    zeile: type[Zeile]
    prefix_der_zeilen = ""

    def __init__(self, data=None, files=None, *, antrag):
        super().__init__(data, files, antrag=antrag)
        self.wahl = self.auswahl()
        da = [] if data is not None else self.gespeichert()
        self.zeilen = self._zeilen(data, da or None, extra=0 if da else 1)

    def _zeilen(self, data, initial, extra=0):
        # What the rows are, then how many: one line each.
        klasse = forms.formset_factory(
            self.zeile, Zeilen, extra=extra, can_delete=True,
            max_num=HOECHSTENS_ZEILEN, absolute_max=HOECHSTENS_ZEILEN, validate_max=True,
        )  # fmt: skip
        return klasse(data, initial=initial, prefix=self.prefix_der_zeilen, form_kwargs={"wahl": self.wahl})

    def zeilen_fertig(self) -> bool:
        """Whether the rows can be saved, all of them: a row half typed never takes another away."""
        return self.zeilen.is_valid() and not self.zeilen.total_error_count() and not self.non_field_errors()

    def vorschlag(self, wunsch: str) -> list[dict]:
        """The rows this button stands for; none where it asks for one row more."""
        return []

    def mit_neuer_zeile(self, wunsch=""):
        """The same section with everything typed and one row more, or with the rows of the button where there is none.

        Nothing is checked, nothing is saved.
        """
        neu, rows = type(self)(antrag=self.antrag), self.zeilen.getippt()
        neu.initial |= {name: self[name].data for name in self.fields}
        vorschlag = [] if any(any(row.values()) for row in rows) else self.vorschlag(wunsch)
        neu.zeilen = neu._zeilen(None, vorschlag or rows, extra=0 if vorschlag else 1)
        erstes = next(iter(neu.zeilen.forms[0 if vorschlag else -1].fields.values()))
        erstes.widget.attrs["autofocus"] = True
        return neu


class PartnerZeile(Zeile):
    organisation = forms.TypedChoiceField(
        label="Organisation",
        required=False,
        empty_value=None,
        help_text="Organisationen, die in Ihrer Region bekannt sind.",
    )
    neuer_name = forms.CharField(
        label="Oder: eine neue Organisation",
        required=False,
        max_length=200,
        help_text="Mit vollem Namen, zum Beispiel „Kulturverein Harz e. V.“.",
    )
    art = forms.ChoiceField(label="Was für eine?", required=False, help_text="Nur bei einer neuen Organisation.")
    aufgabe = Langtext(
        label="Aufgabe im Projekt",
        max_length=1000,
        rows=3,
        required=False,
        help_text=f"Was macht der Partner, und wie arbeiten Schule, Schulsozialarbeit und er zusammen? {OHNE_NAMEN}",
    )

    def __init__(self, *args, wahl, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", "Bitte wählen"), *((pk, str(o)) for pk, o in wahl.items())]
        self.fields["organisation"].coerce = lambda pk: wahl[int(pk)]
        self.fields["art"].choices = [("", "Bitte wählen"), *Organisationsart.choices]
        noetig(self, "organisation", "neuer_name", "art", "aufgabe")

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
    beispiel = BEISPIELE["aufgabe"]
    verwalter, baut = "partner", "als_partner"

    class Meta:
        model = Antrag
        fields = ()

    def auswahl(self):
        return Auswahl((organisation.pk, organisation) for organisation in organisationen_der_region(self.antrag))

    def gespeichert(self):
        partner = self.antrag.partner.all()
        zeilen = [{"organisation": p.organisation_id, "aufgabe": p.aufgabe} for p in partner]
        if not zeilen and gefragt(self.antrag, "zahlung_an") and self.antrag.zahlung_an_id:
            return [{"organisation": self.antrag.zahlung_an_id}]
        return zeilen

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

    @property
    def spaeter(self):
        """An organisation is new once its name is complete: the button says when."""
        if any(form.cleaned_data.get("neuer_name") for form in self.zeilen.forms if form.is_valid()):
            return "Den Namen einer neuen Organisation speichert erst die Schaltfläche."
        return ""

    def arguments(self):
        if not self.zeilen_fertig() or (self.sichernd and self.spaeter):
            return {}
        return {"partner": [form.als_partner() for form in self.zeilen.ausgefuellt()]}
