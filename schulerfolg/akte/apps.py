from django.apps import AppConfig


class AkteConfig(AppConfig):
    name = "schulerfolg.akte"
    label = "akte"
    verbose_name = "Akte"
