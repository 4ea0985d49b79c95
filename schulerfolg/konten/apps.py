from django.apps import AppConfig


class KontenConfig(AppConfig):
    name = "schulerfolg.konten"
    label = "konten"
    verbose_name = "Konten"
