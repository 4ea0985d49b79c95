from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from netzwerkstellen.einladung.models import Einladung
from netzwerkstellen.organisation.models import Organisation
from schulerfolg.formular.basis import Formular, ModellFormular
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN, Rolle, choices


class EinladungForm(ModellFormular):
    """Who is invited, to which role; the place is fixed by the address of the page."""

    button = "Einladung senden"
    rollen: tuple[Rolle, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rolle"].choices = [("", "Bitte wählen"), *choices(self.rollen)]
        self.fields["email"].help_text = "Die persönliche dienstliche Adresse. Mit ihr meldet sich die Person an."
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class TeamEinladungForm(EinladungForm):
    rollen = STELLENROLLEN

    class Meta:
        model = Einladung
        fields = ["vorname", "nachname", "email", "rolle", "zeichnungsbefugt"]
        help_texts = {
            "rolle": "Eine Prüfung liest nur und endet von selbst nach 90 Tagen.",
            "zeichnungsbefugt": "Darf Entscheidungen mit einer zweiten Unterschrift freigeben.",
        }

    def clean(self):
        angaben = super().clean()
        if angaben.get("rolle") == Rolle.PRUEFUNG and angaben.get("zeichnungsbefugt"):
            self.add_error("zeichnungsbefugt", "Wer prüft, zeichnet nicht: Die Rolle Prüfung liest nur.")
        return angaben


class SchulEinladungForm(EinladungForm):
    rollen = SCHULROLLEN

    class Meta:
        model = Einladung
        fields = ["vorname", "nachname", "email", "rolle", "arbeitgeber"]
        help_texts = {"arbeitgeber": "Nur für Schulsozialarbeit: der Träger, bei dem die Person angestellt ist."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["arbeitgeber"].queryset = Organisation.objects.all()
        self.fields["arbeitgeber"].empty_label = "die Schule selbst"

    def clean(self):
        angaben = super().clean()
        sozialarbeit = angaben.get("rolle") == Rolle.SCHULSOZIALARBEIT
        if sozialarbeit and not angaben.get("arbeitgeber") and "arbeitgeber" not in self.errors:
            self.add_error("arbeitgeber", "Bitte wählen Sie den Träger, bei dem die Person angestellt ist.")
        if angaben.get("rolle") and not sozialarbeit and angaben.get("arbeitgeber"):
            self.add_error("arbeitgeber", "Einen anderen Arbeitgeber hat nur die Schulsozialarbeit.")
        return angaben


class NeuesKontoForm(Formular, forms.Form):
    """Name and password of somebody who comes for the first time."""

    button = "Konto anlegen und Einladung annehmen"
    vorname = forms.CharField(
        label="Vorname", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    nachname = forms.CharField(
        label="Nachname", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    passwort = forms.CharField(
        label="Passwort",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Mindestens 12 Zeichen. Gut sind mehrere Wörter, die nur Sie zusammenbringen.",
    )
    passwort_noch_einmal = forms.CharField(
        label="Passwort noch einmal",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, row, **kwargs):
        initial = {"vorname": row.vorname, "nachname": row.nachname}
        super().__init__(*args, row=row, initial=initial, **kwargs)

    def clean(self):
        angaben = super().clean()
        passwort = angaben.get("passwort")
        if passwort and "passwort_noch_einmal" in angaben and angaben["passwort_noch_einmal"] != passwort:
            self.add_error(
                "passwort_noch_einmal", "Die beiden Passwörter sind verschieden. Bitte geben Sie es noch einmal ein."
            )
        if passwort:
            self._validieren(passwort, angaben)
        return angaben

    def arguments(self):
        return {name: self.cleaned_data[name] for name in ("vorname", "nachname", "passwort")}

    def _validieren(self, passwort, angaben):
        person = Person(email=self.row.email, vorname=angaben.get("vorname", ""), nachname=angaben.get("nachname", ""))
        try:
            validate_password(passwort, person)
        except ValidationError as error:
            self.add_error("passwort", error)


class AnnehmenForm(Formular, forms.Form):
    """One button."""

    button = "Einladung annehmen"
