from django.apps import AppConfig


class AnsichtConfig(AppConfig):
    name = "schulerfolg.dach.ansicht"
    label = "ansicht"
    verbose_name = "Ansichten"
