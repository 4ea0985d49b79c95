from django.apps import AppConfig


class AngeboteConfig(AppConfig):
    name = "angebote"
    verbose_name = "Angebote"
    auftraege = {
        "antrag_pdf": "angebote.antrag.pdf.antrag_pdf",
        "briefvorschau_pdf": "angebote.entscheidung.pdf.briefvorschau_pdf",
        "vorzeitig_pdf": "angebote.vorzeitig.pdf.vorzeitig_pdf",
    }
