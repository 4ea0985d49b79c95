"""The rules of a Gremium and the people who sit in it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gremien.gremium.models import Gremium, Mitgliedschaft
from gremien.gremium.permissions import RECHTE
from gremien.gremium.services import ohne_leitung, version_der
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.formular.basis import BeendenForm, Formular, ModellFormular
from schulerfolg.formular.felder import Datum
from schulerfolg.formular.zahlen import Anzahl


def _zahl(label, hoechstens, hilfe, mindestens=1):
    return Anzahl(label=label, min_value=mindestens, max_value=hoechstens, help_text=hilfe)


class MitVersion(Formular):
    """Changes a row that several people may have open: it carries what its page showed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.row.pk:
            self.carries(version_der(self.row))

    def arguments(self):
        return super().arguments() | {name: self.cleaned_data[name] for name in ("version",) if name in self.fields}


class RegelnForm(MitVersion, ModellFormular):
    button = "Regeln speichern"
    ladungsfrist_tage = _zahl(
        "Ladungsfrist in Tagen", 90, "So viele Tage vor der Sitzung geht die Einladung hinaus.", 0
    )
    mindestens = _zahl(
        "Mindestzahl Anwesender", 50, "Nach § 90 VwVfG mehr als die Hälfte der Stimmberechtigten, mindestens drei."
    )

    class Meta:
        model = Gremium
        # Short words, many to a line.
        fields = [
            "name", "art", "beschliesst", "ladungsfrist_tage", "mindestens", "vorsitz_entscheidet", "grundlage",
        ]  # fmt: skip
        help_texts = {"vorsitz_entscheidet": "Nach § 91 VwVfG. Sonst ist ein Vorschlag bei Gleichstand abgelehnt."}


class GremiumForm(RegelnForm):
    """A new Gremium of one of the offices somebody works for, filled with the rules of the law."""

    button = "Gremium anlegen"
    needs_key = True

    class Meta(RegelnForm.Meta):
        fields = ["netzwerkstelle", *RegelnForm.Meta.fields]

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, instance=Gremium(), **kwargs)
        eigene = person.mitarbeiten.gueltig().filter(rolle__in=RECHTE["anlegen"].roles).values("netzwerkstelle")
        feld, stellen = self.fields["netzwerkstelle"], Netzwerkstelle.objects.filter(pk__in=eigene)
        feld.queryset, feld.empty_label = stellen, "Bitte wählen"
        if len(stellen) == 1:
            self.initial["netzwerkstelle"] = stellen[0]
            feld.disabled, feld.widget = True, forms.HiddenInput()


class MitgliedForm(MitVersion, ModellFormular):
    button = "Änderung speichern"

    class Meta:
        model = Mitgliedschaft
        fields = ["organisation", "rolle", "stimmrecht", "vertritt", "von", "bis"]
        field_classes = {"von": Datum, "bis": Datum}
        labels = {"von": "Mitglied ab", "bis": "Mitglied bis"}
        help_texts = {
            "organisation": "Daraus schlägt das Portal vor, wer bei welchem Antrag befangen sein kann.",
            "vertritt": "Wer vertritt, stimmt nur, wenn dieses Mitglied fehlt oder befangen ist.",
            "bis": "Letzter Tag; leer, solange die Mitgliedschaft gilt.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].empty_label = "von niemandem"
        andere = (
            self.instance.gremium.mitgliedschaften.nicht_beendet().filter(vertritt=None).exclude(pk=self.instance.pk)
        )
        self.fields["vertritt"].queryset = andere.for_list()
        self.fields["vertritt"].empty_label = "niemanden, eigener Platz"
        self.fields["rolle"].help_text = ohne_leitung(self.instance.gremium)


class NeuesMitgliedForm(MitgliedForm):
    button = "Ins Gremium aufnehmen"
    needs_key = True
    zeile = ("vorname", "nachname")
    vorname = forms.CharField(label="Vorname", max_length=100)
    nachname = forms.CharField(label="Nachname", max_length=100)
    email = forms.EmailField(
        label="E-Mail-Adresse der Person",
        help_text="Wer hier schon ein Konto hat, erfährt es per Mail. Alle anderen bekommen einen Link, mit dem sie "
        "ihr Passwort festlegen.",
    )
    verschwiegen_am = Datum(
        label="Zur Verschwiegenheit verpflichtet am",
        required=False,
        help_text="Kann später nachgetragen werden. Bis dahin bleiben die Unterlagen geschlossen.",
    )
    field_order = [
        "vorname",
        "nachname",
        "email",
        "organisation",
        "rolle",
        "stimmrecht",
        "vertritt",
        "von",
        "bis",
        "verschwiegen_am",
    ]

    class Meta(MitgliedForm.Meta):
        fields = [*MitgliedForm.Meta.fields, "verschwiegen_am"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["von"] = timezone.localdate()

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()

    def arguments(self):
        return super().arguments() | {name: self.cleaned_data[name] for name in ("vorname", "nachname", "email")}

    def clean_verschwiegen_am(self):
        return _nicht_in_der_zukunft(self.cleaned_data["verschwiegen_am"])


class VerpflichtungForm(MitVersion, forms.Form):
    button = "Verpflichtung festhalten"
    am = Datum(label="Verpflichtet am", help_text="Der Tag, an dem die Person die Erklärung unterschrieben hat.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["am"].initial = self.row.verschwiegen_am or timezone.localdate()

    def clean_am(self):
        return _nicht_in_der_zukunft(self.cleaned_data["am"])


class MitgliedBeendenForm(MitVersion, BeendenForm):
    pass


def _nicht_in_der_zukunft(tag):
    heute = timezone.localdate()
    if tag and tag > heute:
        raise ValidationError(f"Der Tag liegt in der Zukunft. Bitte wählen Sie einen Tag bis zum {heute:%d.%m.%Y}.")
    return tag
