"""Why an Antrag can't be sent yet, or what its readers will ask about; and where on its pages that is put right."""

from dataclasses import dataclass

ANKER = {
    "partner": "partner",
    "kostenposten": "kostenposten",
    "jahre": "jahre",
    "anlage": "id_datei",
    "ziele": "id_ziel_1",
    "zielgruppen": "zielgruppen",
} | {feld: f"id_{feld}_0" for feld in ("themen", "zahlweg", "weitere_schulen", "externe", "begonnen")}


@dataclass(frozen=True, slots=True)
class Einwand:
    """Why an Antrag can't be submitted (`hart`), or what its readers will ask about."""

    abschnitt: str
    feld: str
    satz: str
    hart: bool = True

    @property
    def anker(self) -> str:
        """The id of the place on the page of the section where this is filled in."""
        return ANKER.get(self.feld, f"id_{self.feld}")
