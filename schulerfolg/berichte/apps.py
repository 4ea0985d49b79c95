from django.apps import AppConfig


class BerichteConfig(AppConfig):
    name = "schulerfolg.berichte"
    label = "berichte"
    verbose_name = "Berichte"
