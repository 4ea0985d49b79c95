from django.apps import AppConfig


class GremienConfig(AppConfig):
    name = "gremien"
    verbose_name = "Gremien"
    auftraege = {
        "einladung_pdf": "gremien.sitzung.pdf.einladung_pdf",
        "niederschrift_pdf": "gremien.niederschrift.pdf.niederschrift_pdf",
    }
