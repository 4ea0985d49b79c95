from django.apps import AppConfig


class RechtlichesConfig(AppConfig):
    name = "schulerfolg.dach.rechtliches"
    label = "rechtliches"
    verbose_name = "Rechtliches"
