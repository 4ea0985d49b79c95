from django.apps import AppConfig


class AngeboteConfig(AppConfig):
    name = "angebote"
    verbose_name = "Angebote"
