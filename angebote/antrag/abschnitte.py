"""The form as a table: its sections, what each must hold before the submission, and how it reads.

One description serves the task list, the check before the submission, the page of the case, the snapshot and the
PDF. What speaks against the submission beyond that stands in bedingungen.py.
"""

from dataclasses import dataclass, field

ERKLAERUNGEN_FASSUNG = "2026-11"
ERKLAERUNGEN = {
    "erklaert_beginn": "Das Projekt hat noch nicht begonnen, und niemand sonst bezahlt dieselben Ausgaben.",
    "erklaert_richtig": "Alle Angaben sind richtig und vollständig. Mir ist bekannt, dass sie für die Förderung "
    "erheblich sind (§ 264 Strafgesetzbuch).",
    "erklaert_schutz": "Für Externe, die mit Kindern arbeiten, liegt ein erweitertes Führungszeugnis vor. Der Antrag "
    "enthält keine Namen von Schülerinnen und Schülern. Auf die Förderung durch die Europäische Union weisen wir hin.",
}


@dataclass(frozen=True, slots=True)
class Abschnitt:
    name: str
    """The word in the address: /antraege/<id>/abschnitt/<name>/."""
    titel: str
    felder: tuple[str, ...] = ()
    pflicht: dict[str, str] = field(default_factory=dict)
    """Required field → the sentence that asks for it."""


# One section a block, each field beside the sentence that asks for it.
# fmt: off
ABSCHNITTE = {a.name: a for a in (
    Abschnitt("schule", "Schule und Beteiligte", ("schule", "weitere_schulen", "projektleitung", "projektleitung_email", "projektleitung_telefon"), {
        "projektleitung": "Bitte nennen Sie, wer das Projekt leitet.",
        "projektleitung_email": "Bitte geben Sie die E-Mail-Adresse der Projektleitung an.",
    }),
    Abschnitt("kooperation", "Kooperation", ("partner",), {
        "partner": "Bitte nennen Sie mindestens einen Kooperationspartner und seine Aufgabe.",
    }),
    Abschnitt("projekt", "Projekt", ("titel", "kurzbeschreibung", "ausgangslage", "ziele", "ablauf", "themen", "format", "nachhaltigkeit"), {
        "titel": "Bitte geben Sie dem Projekt einen Titel.",
        "kurzbeschreibung": "Bitte beschreiben Sie das Projekt in zwei, drei Sätzen.",
        "ausgangslage": "Bitte schreiben Sie, warum das Projekt gebraucht wird.",
        "ziele": "Bitte schreiben Sie, was sich verändern soll.",
        "ablauf": "Bitte beschreiben Sie, was wann passiert.",
        "themen": "Bitte wählen Sie mindestens ein Thema.",
        "nachhaltigkeit": "Bitte schreiben Sie, was nach dem Projekt bleibt.",
    }),
    Abschnitt("zeitraum", "Zeitraum und Zielgruppen", ("beginn", "ende", "ort", "zielgruppen", "teilnehmende", "klassenstufen"), {
        "beginn": "Bitte wählen Sie den ersten Tag.",
        "ende": "Bitte wählen Sie den letzten Tag.",
        "ort": "Bitte nennen Sie den Ort.",
        "zielgruppen": "Bitte wählen Sie mindestens eine Zielgruppe.",
        "teilnehmende": "Bitte schätzen Sie, wie viele teilnehmen.",
    }),
    Abschnitt("kosten", "Kosten und Finanzierung", ("kostenposten", "eigenmittel", "teilnahmebeitraege", "drittmittel", "drittmittel_von", "zahlweg", "zahlung_an"), {
        "kostenposten": "Bitte tragen Sie mindestens eine Ausgabe ein.",
        "zahlweg": "Bitte wählen Sie, wer das Geld erhält.",
    }),
    Abschnitt("erklaerungen", "Erklärungen und Anlagen", tuple(ERKLAERUNGEN), {
        "erklaert_beginn": "Bitte bestätigen Sie, dass das Projekt noch nicht begonnen hat.",
        "erklaert_richtig": "Bitte bestätigen Sie, dass alle Angaben richtig und vollständig sind.",
        "erklaert_schutz": "Bitte bestätigen Sie den Kinderschutz und den Datenschutz.",
    }),
)}
# fmt: on
LETZTER = Abschnitt("pruefen", "Prüfen und Absenden")
