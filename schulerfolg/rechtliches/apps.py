from django.apps import AppConfig


class RechtlichesConfig(AppConfig):
    name = "schulerfolg.rechtliches"
    label = "rechtliches"
    verbose_name = "Rechtliches"
