from django.apps import AppConfig


class BerichteConfig(AppConfig):
    name = "schulerfolg.dach.berichte"
    label = "berichte"
    verbose_name = "Berichte"
    auftraege = {"bericht_pdf": "schulerfolg.dach.berichte.pdf.bericht_pdf"}
