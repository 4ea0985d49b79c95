from django.urls import register_converter

from angebote.vorgang.schritte import SCHRITTE


class SchrittName:
    """The name of a step that a page takes; any other word is a 404."""

    regex = "|".join(SCHRITTE)

    def to_python(self, value):
        return value

    def to_url(self, value):
        if value not in SCHRITTE:
            raise ValueError(f"Kein Schritt einer Seite: {value}")
        return value


register_converter(SchrittName, "schritt")
