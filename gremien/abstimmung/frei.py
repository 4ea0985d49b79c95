"""An item of its own, such as „Arbeitsplan 2027“: the Gremium can resolve a text. Nothing else follows from it."""

from gremien.abstimmung.gegenstand import Gegenstand
from gremien.abstimmung.models import Ausgang


class Frei(Gegenstand):
    antraege = {Ausgang.ANNEHMEN: "annehmen"}
    felder = ("text",)
    verloren = {Ausgang.ANNEHMEN: Ausgang.VERWERFEN}

    def wortlaut(self, punkt, ausgang, vorschlag):
        return vorschlag.text if ausgang == Ausgang.ANNEHMEN else f"Nicht angenommen: {vorschlag.text}"

    def in_worten(self, vorschlag):
        return "Vorschlag"
