from django.apps import AppConfig


class NetzwerkstellenConfig(AppConfig):
    name = "netzwerkstellen"
    verbose_name = "Netzwerkstellen"
