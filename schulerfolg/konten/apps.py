from django.apps import AppConfig


class KontenConfig(AppConfig):
    name = "schulerfolg.konten"
    label = "konten"
    verbose_name = "Konten"

    def ready(self):
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 -- models are not there before

        from schulerfolg.konten.anmeldung.faktor import gilt_sofort  # noqa: PLC0415 -- the same

        authenticator_added.connect(gilt_sofort)
