"""The form as a table: its sections, what each must hold before the submission, and how it reads.

One description serves the task list, the check before the submission, the page of the case, the snapshot and the
PDF. What speaks against the submission beyond that stands in bedingungen.py.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Erklaerung:
    """One declaration. `fassung` changes with the sentence: what was accepted in other words is asked again."""

    satz: str
    fassung: str
    hilfe: str = ""


# One declaration a line.
# fmt: off
ERKLAERUNGEN = {
    "erklaert_fuehrungszeugnis": Erklaerung("Für alle Externen, die mit Kindern arbeiten, hat die Schule oder ihr Träger das erweiterte Führungszeugnis eingesehen.", "2026-12", "§ 72a SGB VIII. Bitte laden Sie kein Führungszeugnis hoch."),
    "erklaert_beginn": Erklaerung("Das Projekt hat noch nicht begonnen.", "2026-12", "Es ist noch nichts bestellt, beauftragt oder bezahlt."),
    "erklaert_doppelt": Erklaerung("Niemand sonst bezahlt dieselben Ausgaben.", "2026-12"),
    "erklaert_eu": Erklaerung("Wir weisen bei allem, was wir zeigen und drucken, auf die Förderung durch die Europäische Union hin.", "2026-12"),
    "erklaert_daten": Erklaerung("Der Antrag enthält keine Namen von Schülerinnen und Schülern.", "2026-12"),
    "erklaert_richtig": Erklaerung("Alle Angaben sind richtig und vollständig. Mir ist bekannt, dass sie für die Förderung erheblich sind (§ 264 Strafgesetzbuch).", "2026-12", "Das heißt: Wer mit Absicht oder sehr unvorsichtig falsche Angaben macht oder Wichtiges verschweigt, um Fördergeld zu bekommen, kann sich strafbar machen. Wenn sich etwas ändert oder Ihnen ein Fehler auffällt, sagen Sie es bald Ihrer Netzwerkstelle."),
}
# fmt: on


def erklaert(antrag, feld: str) -> bool:
    """Whether this declaration is given, in the words it has now."""
    return getattr(antrag, feld) and antrag.erklaerungen_fassung.get(feld) == ERKLAERUNGEN[feld].fassung


@dataclass(frozen=True, slots=True)
class Abschnitt:
    name: str
    """The word in the address: /antraege/<id>/abschnitt/<name>/."""
    titel: str
    minuten: int = 0
    """How long it takes, about: told before somebody begins."""
    felder: tuple[str, ...] = ()
    pflicht: dict[str, str] = field(default_factory=dict)
    """Required field → the sentence that asks for it."""


# One section a block, each field beside the sentence that asks for it.
# fmt: off
ABSCHNITTE = {a.name: a for a in (
    Abschnitt("schule", "Schule und Beteiligte", 1, ("zahlweg", "foerderverein", "foerderverein_neu", "zahlung_an", "projektleitung", "projektleitung_email", "projektleitung_telefon", "mit_anderen_schulen", "weitere_schulen"), {
        "zahlweg": "Bitte wählen Sie, wer das Geld erhält.",
        "foerderverein": "Bitte nennen Sie den Förderverein, an den das Geld geht.",
        "projektleitung": "Bitte nennen Sie, wer das Projekt leitet.",
        "projektleitung_email": "Bitte geben Sie die E-Mail-Adresse der Projektleitung an.",
        "weitere_schulen": "Bitte wählen Sie, welche Schulen dabei sind, oder nehmen Sie den Haken bei „Weitere Schulen“ heraus.",
    }),
    Abschnitt("kooperation", "Kooperation", 2, ("partner",), {
        "partner": "Bitte nennen Sie mindestens einen Kooperationspartner und seine Aufgabe.",
    }),
    Abschnitt("projekt", "Projekt", 5, ("titel", "kurzbeschreibung", "ausgangslage", "ziele", "ablauf", "themen", "format", "nachhaltigkeit", "oeffentlichkeit", "grundsaetze"), {
        "titel": "Bitte geben Sie dem Projekt einen Titel.",
        "kurzbeschreibung": "Bitte beschreiben Sie das Projekt in zwei, drei Sätzen.",
        "ausgangslage": "Bitte schreiben Sie, warum das Projekt gebraucht wird.",
        "ziele": "Bitte nennen Sie mindestens ein Ziel: was sich verändern soll, woran Sie es merken, womit Sie es zeigen.",
        "ablauf": "Bitte beschreiben Sie, was wann passiert.",
        "themen": "Bitte wählen Sie mindestens ein Thema.",
        "nachhaltigkeit": "Bitte schreiben Sie, was nach dem Projekt bleibt.",
        "oeffentlichkeit": "Bitte schreiben Sie, wie andere von dem Projekt erfahren.",
    }),
    Abschnitt("zeitraum", "Zeitraum und Zielgruppen", 2, ("beginn", "ende", "ort", "zielgruppen", "klassenstufen"), {
        "beginn": "Bitte wählen Sie den ersten Tag.",
        "ende": "Bitte wählen Sie den letzten Tag.",
        "ort": "Bitte nennen Sie den Ort.",
        "zielgruppen": "Bitte schätzen Sie für mindestens eine Zielgruppe, wie viele teilnehmen.",
    }),
    Abschnitt("kosten", "Kosten und Finanzierung", 3, ("kostenposten", "eigenmittel", "mit_teilnahmebeitraegen", "teilnahmebeitraege", "mit_drittmitteln", "drittmittel", "drittmittel_von"), {
        "kostenposten": "Bitte tragen Sie mindestens eine Ausgabe ein.",
        "teilnahmebeitraege": "Bitte geben Sie an, wie viel Familien oder Teilnehmende zusammen zahlen.",
        "drittmittel": "Bitte geben Sie an, wie viel Geld von anderen kommt.",
        "drittmittel_von": "Bitte schreiben Sie, von wem das Geld kommt.",
    }),
    Abschnitt("erklaerungen", "Erklärungen und Anlagen", 1, ("externe", "begonnen", "begonnen_was", *ERKLAERUNGEN), {
        "externe": "Bitte sagen Sie, ob Externe mit Kindern arbeiten.",
        "begonnen": "Bitte sagen Sie, ob Sie schon etwas bestellt, beauftragt oder gebucht haben.",
        "begonnen_was": "Bitte schreiben Sie, was schon bestellt oder gebucht ist, und seit wann.",
        "erklaert_fuehrungszeugnis": "Bitte bestätigen Sie, dass die Führungszeugnisse eingesehen sind.",
        "erklaert_beginn": "Bitte bestätigen Sie, dass das Projekt noch nicht begonnen hat.",
        "erklaert_doppelt": "Bitte bestätigen Sie, dass niemand sonst dieselben Ausgaben bezahlt.",
        "erklaert_eu": "Bitte bestätigen Sie, dass Sie auf die Förderung durch die Europäische Union hinweisen.",
        "erklaert_daten": "Bitte bestätigen Sie, dass keine Namen von Schülerinnen und Schülern im Antrag stehen.",
        "erklaert_richtig": "Bitte bestätigen Sie, dass alle Angaben richtig und vollständig sind.",
    }),
)}
# fmt: on
BEREITZULEGEN = {
    "schule": "wer das Geld erhalten soll; Name, E-Mail-Adresse und Telefon der Projektleitung",
    "kooperation": "wer mitmacht und welche Aufgabe wer übernimmt",
    "projekt": "warum das Projekt gebraucht wird, was geschehen und was sich ändern soll",
    "zeitraum": "Beginn, Ende, Ort und wie viele ungefähr teilnehmen",
    "kosten": "Angebote oder Preise zu jeder Ausgabe, und wer sonst etwas bezahlt",
    "erklaerungen": "die verlangten Anlagen als PDF oder Foto",
}
"""Section → what is good to have at hand."""
MINUTEN = sum(abschnitt.minuten for abschnitt in ABSCHNITTE.values())
LETZTER = Abschnitt("pruefen", "Prüfen und Absenden")

NACH_DEM_EINREICHEN = (
    "Müssen Sie vor der Entscheidung bestellen oder buchen? Gleich nach dem Einreichen können Sie den vorzeitigen Beginn "
    "beantragen."
)
ERST_NACH_DER_ZUSAGE = "Bitte bestellen und buchen Sie erst, wenn Sie eine Zusage haben."


def hilfen(regel, netzwerkstelle) -> dict[str, str]:
    """What the questions of the last section explain; of the beginning what the rule of today says."""
    spaeter = NACH_DEM_EINREICHEN if regel and regel.vorzeitig else ERST_NACH_DER_ZUSAGE
    return {
        "externe": "Zum Beispiel Honorarkräfte, Mitarbeitende eines Vereins oder Ehrenamtliche.",
        "begonnen": f"Auch am Telefon oder mündlich. {spaeter}",
        "begonnen_was": "Was vor einer Zusage bestellt oder gebucht ist, kann meist nicht gefördert werden. Was das für "
        f"Ihr Projekt heißt, sagt Ihnen Ihre Netzwerkstelle: {netzwerkstelle}. Fragen Sie am besten vor dem Absenden.",
    }


KURZE_FRAGEN = (
    *("titel", "kurzbeschreibung", "beginn", "ende", "zielgruppen"),
    *("kostenposten", "zahlweg", "foerderverein", "foerderverein_neu", "zahlung_an"),
    *("externe", "begonnen", "begonnen_was", *ERKLAERUNGEN),
)
KURZ = Abschnitt(
    "kurz",
    "Der Antrag auf einer Seite",
    5,
    KURZE_FRAGEN,
    {feld: satz for a in ABSCHNITTE.values() for feld, satz in a.pflicht.items() if feld in KURZE_FRAGEN},
)
"""What a small sum is asked, where the rule has a band for it; the other sections stay open and keep what they hold."""
ALLE = {**ABSCHNITTE, KURZ.name: KURZ}


def abschnitte_fuer(kurz: bool) -> dict[str, Abschnitt]:
    """The sections that must be complete, in their order."""
    return {KURZ.name: KURZ} if kurz else ABSCHNITTE
