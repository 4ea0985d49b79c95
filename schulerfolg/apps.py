from django.apps import AppConfig


class SchulerfolgConfig(AppConfig):
    name = "schulerfolg"
    verbose_name = "Portal"
