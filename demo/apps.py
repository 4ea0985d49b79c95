from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo world: commands without models. It imports everything, and nothing imports it."""

    name = "demo"
    verbose_name = "Demo-Welt"
    auftraege = {"demo_brief": "demo.briefe.demo_brief"}
