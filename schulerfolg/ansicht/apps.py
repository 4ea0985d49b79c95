from django.apps import AppConfig


class AnsichtConfig(AppConfig):
    name = "schulerfolg.ansicht"
    label = "ansicht"
    verbose_name = "Ansichten"
