from django import forms
from django.apps import AppConfig
from django.core.checks import Tags, register

from schulerfolg.datei.schadprogramme import eingerichtet

# What a form says where something is missing: what to do, not that a rule was broken.
FEHLT = {
    forms.Field: "Bitte füllen Sie dieses Feld aus.",
    forms.ChoiceField: "Bitte wählen Sie etwas aus.",
    forms.DateField: "Bitte geben Sie einen Tag an.",
    forms.TimeField: "Bitte geben Sie eine Uhrzeit an.",
    forms.FileField: "Bitte wählen Sie eine Datei aus.",
    forms.BooleanField: "Bitte kreuzen Sie das an, wenn es stimmt.",
}


class SchulerfolgConfig(AppConfig):
    name = "schulerfolg"
    verbose_name = "Portal"

    def ready(self):
        register(eingerichtet, Tags.security, deploy=True)
        for feldart, satz in FEHLT.items():
            feldart.default_error_messages = feldart.default_error_messages | {"required": satz}
