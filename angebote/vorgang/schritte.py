"""Every step a person takes on a page: the service that takes it, its form, and what the page says.

The names are those of `antrag.workflow.ABLAUF`. A step that is not listed here has no address.
"""

from collections.abc import Callable
from dataclasses import dataclass

from angebote.antrag import services as antrag
from angebote.entscheidung import services as entscheidung
from angebote.pruefung import services as pruefung
from angebote.vorgang.forms import EinreichenForm, NachfordernForm, NachreichenForm, SchrittForm, ZurueckziehenForm


@dataclass(frozen=True, slots=True)
class Schritt:
    dienst: Callable
    meldung: str
    """Said afterwards: what happened, and who has the next step."""
    einleitung: str
    """Said before: what this step does."""
    form: type[SchrittForm] = SchrittForm
    verweis: str = ""
    """The words on the way to this page, where the step's own words only fit its last button."""
    grund: str = "Die Schule liest diesen Text in ihrer Mail und auf der Seite des Antrags."
    """Help below the reason."""
    frisch: bool = False
    """Asks once more who is there: what is released or refused here binds."""


SCHRITTE = {
    "weitergeben": Schritt(
        antrag.weitergeben,
        "Der Antrag liegt jetzt bei der Schulleitung. Sie bekommt eine Mail und reicht ihn ein.",
        "Die Schulleitung bekommt eine Mail, liest den Antrag und reicht ihn ein. Ändern lässt er sich dann nicht; "
        "sie kann ihn aber zur Überarbeitung zurückgeben.",
    ),
    "zurueckgeben": Schritt(
        antrag.zurueckgeben,
        "Der Antrag ist wieder ein Entwurf. Wer ihn geschrieben hat, bekommt eine Mail mit Ihrer Begründung.",
        "Der Antrag wird wieder zum Entwurf und kann geändert werden.",
        grund="Was soll sich ändern? Wer den Antrag geschrieben hat, liest diesen Text in einer Mail.",
    ),
    "einreichen": Schritt(
        antrag.einreichen,
        "Der Antrag ist eingereicht. Die Netzwerkstelle übernimmt ihn und meldet sich, wenn etwas fehlt.",
        "Mit diesem Schritt geht der Antrag an Ihre Netzwerkstelle. Danach ändert niemand mehr den Text.",
        form=EinreichenForm,
        verweis="Lesen und einreichen",
    ),
    "selbst_einreichen": Schritt(
        antrag.selbst_einreichen,
        "Der Antrag ist eingereicht. Die Netzwerkstelle übernimmt ihn und meldet sich, wenn etwas fehlt.",
        "In Ihrer Region braucht der Antrag keine Unterschrift der Schulleitung. Mit diesem Schritt geht er an Ihre "
        "Netzwerkstelle. Danach ändert niemand mehr den Text.",
        form=EinreichenForm,
        verweis="Lesen und einreichen",
    ),
    "uebernehmen": Schritt(
        pruefung.uebernehmen,
        "Sie haben den Antrag übernommen. Als Nächstes füllen Sie die Prüfliste aus.",
        "Sie werden zuständig für diesen Antrag. Die Schule sieht Ihren Namen.",
    ),
    "nachfordern": Schritt(
        pruefung.nachfordern,
        "Die Rückfragen sind gestellt. Die Schule bekommt eine Mail und antwortet hier im Portal.",
        "Stellen Sie jede Frage für sich; die Schule beantwortet sie einzeln.",
        form=NachfordernForm,
    ),
    "nachreichen": Schritt(
        pruefung.nachreichen,
        "Ihre Antworten sind bei der Netzwerkstelle. Sie prüft jetzt weiter.",
        "Bitte beantworten Sie jede Rückfrage. Danach prüft die Netzwerkstelle weiter.",
        form=NachreichenForm,
        verweis="Rückfragen beantworten",
    ),
    "ohne_antwort_beenden": Schritt(
        pruefung.ohne_antwort_beenden,
        "Der Antrag ist beendet. Die Schule bekommt eine Mail mit Ihrer Begründung.",
        "Die Schule hat in der Frist nicht geantwortet. Der Antrag endet, ohne dass über ihn entschieden wird.",
    ),
    "formal_ablehnen": Schritt(
        pruefung.formal_ablehnen,
        "Der Antrag ist abgelehnt. Die Schule bekommt eine Mail mit Ihren Gründen.",
        "Der Antrag endet hier, bevor das Gremium ihn berät. Wer ihn übernommen hat, lehnt ihn nicht selbst ab: Dafür "
        "braucht es eine zweite Person.",
        grund="Nennen Sie die Gründe so, dass die Schule sie versteht. Sie liest diesen Text in ihrer Mail.",
        frisch=True,
    ),
    "weiter_zur_fachpruefung": Schritt(
        pruefung.weiter_zur_fachpruefung,
        "Die formale Prüfung ist abgeschlossen. Als Nächstes schreiben Sie die fachliche Stellungnahme.",
        "Die Prüfliste ist vollständig. Danach folgt die fachliche Stellungnahme.",
    ),
    "bestaetigen": Schritt(
        pruefung.bestaetigen,
        "Die Stellungnahme ist bestätigt. Der Antrag ist bereit für das Gremium.",
        "Als zweite Person bestätigen Sie Empfehlung und Betrag. Danach ist der Antrag bereit für das Gremium, und die "
        "Stellungnahme ändert sich nicht mehr.",
        verweis="Stellungnahme lesen und bestätigen",
    ),
    "wiederaufnehmen": Schritt(
        pruefung.wiederaufnehmen,
        "Der Antrag ist wieder aufgenommen. Als Nächstes schreiben Sie eine neue fachliche Stellungnahme.",
        "Der Antrag kommt zurück in die fachliche Prüfung und danach noch einmal in das Gremium.",
    ),
    "selbst_entscheiden": Schritt(
        entscheidung.selbst_entscheiden,
        "Die Entscheidung ist festgehalten, das Geld ist reserviert. Jetzt fehlt die zweite Unterschrift.",
        "Ihre Netzwerkstelle entscheidet bis zu ihrer Grenze selbst. Der empfohlene Betrag wird reserviert; eine "
        "zweite Person unterschreibt, und das Gremium nimmt die Entscheidung in seiner nächsten Sitzung zur Kenntnis.",
        frisch=True,
    ),
    "bewilligen": Schritt(
        entscheidung.bewilligen,
        "Die Bewilligung ist freigegeben. Die Schule bekommt das Schreiben als PDF, sobald es erstellt ist.",
        "Mit Ihrer Unterschrift wird die Bewilligung verbindlich: Das reservierte Geld ist vergeben, und die Schule "
        "bekommt ihr Schreiben. Ihr Name steht darin.",
        frisch=True,
    ),
    "ablehnen": Schritt(
        entscheidung.ablehnen,
        "Die Ablehnung ist freigegeben. Die Schule bekommt das Schreiben mit den Gründen, sobald es erstellt ist.",
        "Mit Ihrer Unterschrift wird die Ablehnung verbindlich, und die Schule bekommt ihr Schreiben mit den Gründen. "
        "Ihr Name steht darin.",
        frisch=True,
    ),
    "freigabe_verweigern": Schritt(
        entscheidung.freigabe_verweigern,
        "Die Freigabe ist verweigert. Reserviertes Geld ist wieder frei; der Antrag wartet auf eine neue Entscheidung.",
        "Der Beschluss wird nicht umgesetzt. Reserviertes Geld wird frei, und der Antrag ist wieder bereit für das "
        "Gremium.",
        grund="Warum unterschreiben Sie nicht? Die Netzwerkstelle liest diesen Text in ihrer Mail; die Schule nicht.",
        frisch=True,
    ),
    "zurueckziehen": Schritt(
        entscheidung.zurueckziehen,
        "Der Antrag ist zurückgezogen. Ein neuer Antrag ist jederzeit möglich.",
        "Der Antrag endet; niemand prüft ihn weiter. Was geschrieben ist, bleibt lesbar.",
        form=ZurueckziehenForm,
    ),
}
