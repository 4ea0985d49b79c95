from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property

from netzwerkstellen.organisation.models import Organisation, Organisationsart
from netzwerkstellen.stelle.models import Ansprechperson, Netzwerkstelle, Standort, Traegerschaft
from schulerfolg.formular.basis import Formular, ModellFormular, StammdatenFormular
from schulerfolg.formular.felder import Datum, internetseite
from schulerfolg.konten.permissions import STELLENROLLEN, Rolle, choices

TELEFON = "Zum Beispiel 03931 607205."


class AngabenForm(StammdatenFormular):
    button = "Angaben speichern"
    website = internetseite("Internetseite", "Die Seite Ihrer Stelle, zum Beispiel beim Träger.")
    beschreibung = forms.CharField(
        label="Über uns",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Womit Sie Schulen helfen, in wenigen Sätzen. Steht auf Ihrer öffentlichen Seite.",
    )
    bba_hinweis = forms.CharField(
        label="Was vor Ort gilt",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Zum Beispiel Fristen, Höchstbeträge und wann Sie beraten.",
    )

    class Meta:
        model = Netzwerkstelle
        fields = [
            "name",
            "eigenname",
            "email",
            "email_oeffentlich",
            "email_zu_bestaetigen",
            "telefon",
            "website",
            "beschreibung",
            "bba_name",
            "bba_hinweis",
            "teilt_inhalte",
        ]
        help_texts = {
            "telefon": TELEFON,
            "email": "Am besten ein gemeinsames Postfach, das auch im Urlaub gelesen wird.",
            "bba_name": "Wenn Sie vor Ort einen eigenen Namen dafür haben.",
        }

    def __init__(self, *args, darf_teilen: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not darf_teilen:
            del self.fields["teilt_inhalte"]

    @cached_property
    def helper(self):
        helper = super().helper
        einblick = [Fieldset("Einblick der Koordinierungsstelle", "teilt_inhalte")]
        helper.layout = Layout(
            Fieldset("Name", "name", "eigenname"),
            Fieldset("Erreichbar", "email", "email_oeffentlich", "email_zu_bestaetigen", "telefon", "website"),
            Fieldset("Auf Ihrer öffentlichen Seite", "beschreibung", "bba_name", "bba_hinweis"),
            *(einblick if "teilt_inhalte" in self.fields else []),
            "version",
        )
        return helper


class AnsprechpersonForm(StammdatenFormular):
    button = "Ansprechperson speichern"
    zeile = ("von", "bis")

    class Meta:
        model = Ansprechperson
        fields = [
            "name",
            "funktion",
            "standort",
            "telefon",
            "email",
            "oeffentlich",
            "zu_bestaetigen",
            "von",
            "bis",
        ]
        field_classes = {"von": Datum, "bis": Datum}
        labels = {"von": "Zuständig ab", "bis": "Zuständig bis"}
        help_texts = {
            "funktion": "Zum Beispiel „Beratung der Grundschulen“.",
            "telefon": TELEFON,
            "bis": "Letzter Tag. Danach ist die Person nicht mehr öffentlich zu sehen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["standort"].queryset = self.instance.netzwerkstelle.standorte.all()
        self.fields["standort"].empty_label = "keinem bestimmten Standort"


class StandortForm(StammdatenFormular):
    button = "Standort speichern"

    class Meta:
        model = Standort
        fields = ["ort", "strasse", "plz", "telefon", "hauptsitz", "zu_bestaetigen"]
        help_texts = {"telefon": TELEFON}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plz"].widget.attrs["inputmode"] = "numeric"


class TraegerschaftForm(StammdatenFormular):
    button = "Trägerschaft speichern"
    zeile = ("von", "bis")

    class Meta:
        model = Traegerschaft
        fields = ["organisation", "rolle", "von", "bis", "oeffentlich", "zu_bestaetigen", "quelle"]
        field_classes = {"von": Datum, "bis": Datum}
        labels = {"rolle": "Aufgabe"}
        help_texts = {
            "von": "Leer lassen, wenn der Tag nicht bekannt ist.",
            "bis": "Letzter Tag; leer, solange die Trägerschaft gilt.",
            "quelle": "Woher die Angabe stammt, zum Beispiel „Schreiben des Landkreises vom 12.03.2026“.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.all()
        self.fields["organisation"].empty_label = "Bitte wählen"


class OrganisationForm(ModellFormular):
    button = "Organisation eintragen"
    zeile = ("plz", "ort")
    website = internetseite("Internetseite")

    class Meta:
        model = Organisation
        fields = ["name", "einheit", "art", "strasse", "plz", "ort", "website"]
        help_texts = {"einheit": "Zum Beispiel „Jugendamt“, wenn es um einen Teil einer Verwaltung geht."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["art"].choices = [("", "Bitte wählen"), *Organisationsart.choices]


class MitarbeitForm(Formular, forms.Form):
    """Dates and signature of a colleague."""

    button = "Änderung speichern"
    zeile = ("von", "bis")
    von = Datum(label="Arbeitet mit ab", required=False)
    bis = Datum(label="Arbeitet mit bis", required=False, help_text="Letzter Tag mit Zugang; leer, wenn offen.")
    zeichnungsbefugt = forms.BooleanField(
        label="Zeichnungsbefugt",
        required=False,
        help_text="Darf Entscheidungen mit einer zweiten Unterschrift freigeben.",
    )

    def __init__(self, *args, row, **kwargs):
        initial = {name: getattr(row, name) for name in ("von", "bis", "zeichnungsbefugt")}
        super().__init__(*args, row=row, initial=initial, **kwargs)
        self.carries(row.version)
        if row.rolle == Rolle.PRUEFUNG:
            self.fields["zeichnungsbefugt"].disabled = True
            self.fields["zeichnungsbefugt"].help_text = "Wer prüft, zeichnet nicht."

    def clean(self):
        angaben = super().clean()
        von, bis = angaben.get("von"), angaben.get("bis")
        if von and bis and bis < von:
            self.add_error("bis", f"Das Ende liegt vor dem Beginn. Bitte wählen Sie einen Tag ab dem {von:%d.%m.%Y}.")
        return angaben


class RolleForm(Formular, forms.Form):
    button = "Rolle wechseln"
    rolle = forms.ChoiceField(label="Neue Rolle")
    ab = Datum(label="Gilt ab", help_text="Die bisherige Rolle endet am Tag davor und bleibt im Verlauf.")
    zeichnungsbefugt = forms.BooleanField(
        label="In der neuen Rolle zeichnungsbefugt",
        required=False,
        help_text="Steht so, wie es bisher war. Ohne Haken unterschreibt die Person keine Entscheidungen mehr.",
    )

    def __init__(self, *args, row, **kwargs):
        initial = {"ab": timezone.localdate(), "zeichnungsbefugt": row.zeichnungsbefugt}
        super().__init__(*args, row=row, initial=initial, **kwargs)
        andere = [rolle for rolle in STELLENROLLEN if rolle != row.rolle]
        self.fields["rolle"].choices = [("", "Bitte wählen"), *choices(andere)]
