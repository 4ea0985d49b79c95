"""A person's own forms, and allauth's in our words. What they check and do stays allauth's."""

import logging

from allauth.account import forms as konto
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as faktor
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as schluessel
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError

from schulerfolg.eingabe import Gereinigt
from schulerfolg.konten.models import Person
from schulerfolg.telefon import ist_nummer

log = logging.getLogger(__name__)
GUTES_PASSWORT = (
    "Mindestens 12 Zeichen. Gut merken lassen sich mehrere Wörter, die sonst niemand so zusammenstellt; "
    "Ihr Name und Ihre E-Mail-Adresse gehören nicht hinein."
)
NUR_ZIFFERN = {"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


class ProfilForm(Gereinigt, forms.ModelForm):
    class Meta:
        model = Person
        fields = ["vorname", "nachname", "funktion", "telefon"]
        help_texts = {
            "funktion": "Zum Beispiel „Beratungslehrerin“ oder „Leitung der Netzwerkstelle“.",
            "telefon": "Damit man Sie bei Rückfragen erreicht. Nur Beteiligte Ihrer Vorgänge sehen die Nummer.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vorname"].widget.attrs["autocomplete"] = "given-name"
        self.fields["nachname"].widget.attrs["autocomplete"] = "family-name"
        self.fields["funktion"].widget.attrs["autocomplete"] = "organization-title"
        self.fields["telefon"].validators.append(ist_nummer)
        self.fields["telefon"].widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        self.helper = FormHelper()
        self.helper.add_input(Submit("speichern", "Profil speichern"))


class InUnserenWorten(Gereinigt):
    """Labels and help of one of allauth's forms: `texte` maps a field to its label and help."""

    texte: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = self.texte.get(name, (field.label, field.help_text))


class AnmeldeForm(InUnserenWorten, konto.LoginForm):
    texte = {"login": ("E-Mail-Adresse", ""), "password": ("Passwort", "")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class PasswortVergessenForm(InUnserenWorten, konto.ResetPasswordForm):
    texte = {"email": ("E-Mail-Adresse", "Die Adresse, mit der Sie sich anmelden.")}


class NeuesPasswortForm(InUnserenWorten, konto.ResetPasswordKeyForm):
    texte = {"password1": ("Neues Passwort", GUTES_PASSWORT), "password2": ("Neues Passwort wiederholen", "")}


class PasswortFestlegenForm(InUnserenWorten, konto.SetPasswordForm):
    texte = {"password1": ("Passwort", GUTES_PASSWORT), "password2": ("Passwort wiederholen", "")}


class PasswortAendernForm(InUnserenWorten, konto.ChangePasswordForm):
    texte = {
        "oldpassword": ("Bisheriges Passwort", ""),
        "password1": ("Neues Passwort", GUTES_PASSWORT),
        "password2": ("Neues Passwort wiederholen", ""),
    }


class AdresseForm(InUnserenWorten, konto.AddEmailForm):
    texte = {
        "email": (
            "Neue E-Mail-Adresse",
            "Wir schicken einen Link an diese Adresse. Erst wenn Sie ihn öffnen, gilt sie.",
        )
    }


class BestaetigenForm(InUnserenWorten, konto.ReauthenticateForm):
    texte = {"password": ("Passwort", "")}


class CodeForm(InUnserenWorten, faktor.AuthenticateForm):
    texte = {"code": ("Code", "Sechs Ziffern aus Ihrer App oder einer Ihrer Notfallcodes.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= NUR_ZIFFERN


class CodeErneutForm(InUnserenWorten, faktor.ReauthenticateForm):
    texte = CodeForm.texte

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= NUR_ZIFFERN


class AppEinrichtenForm(InUnserenWorten, app.ActivateTOTPForm):
    texte = {"code": ("Code aus der App", "Sechs Ziffern. Sie wechseln alle 30 Sekunden.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= NUR_ZIFFERN

    def geheimnis(self) -> list[str]:
        """The secret in groups of four characters, to be typed by hand."""
        return [self.secret[start : start + 4] for start in range(0, len(self.secret), 4)]


class Antwort(forms.JSONField):
    """What a device answered, as JSON. Nested without end it is none; the page never repeats it."""

    widget = forms.HiddenInput

    def prepare_value(self, value):
        return ""

    def bound_data(self, data, initial):
        return None

    def to_python(self, value):
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class VomGeraet:
    """The answer of a device. Whatever the library trips over in it (CBOR, keys, numbers) is a wrong answer."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Antwort()

    def _lesen(self, lesen):
        try:
            return lesen()
        except ValidationError:
            raise
        except Exception as error:
            log.info("Antwort eines Passkeys nicht lesbar: %r", error)
            raise get_adapter().validation_error("incorrect_code") from error


class PasskeyAntwortForm(VomGeraet, Gereinigt, schluessel.LoginWebAuthnForm):
    def clean_credential(self):
        return self._lesen(super().clean_credential)


class PasskeyErneutForm(VomGeraet, Gereinigt, schluessel.ReauthenticateWebAuthnForm):
    def clean_credential(self):
        return self._lesen(super().clean_credential)


class PasskeyForm(VomGeraet, InUnserenWorten, schluessel.AddWebAuthnForm):
    texte = {
        "name": ("Name des Passkeys", "Damit Sie ihn wiedererkennen, zum Beispiel „Diensthandy“."),
        "passwordless": (
            "Mit diesem Passkey auch ohne Passwort anmelden",
            "Das Gerät fragt dann nach Fingerabdruck, Gesicht oder PIN.",
        ),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    def clean(self):
        return self._lesen(super().clean)


class PasskeyNameForm(InUnserenWorten, schluessel.EditWebAuthnForm):
    texte = {"name": ("Name des Passkeys", "Damit Sie ihn wiedererkennen, zum Beispiel „Diensthandy“.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 100
