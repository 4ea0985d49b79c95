"""What waits for a second signature, told to whoever may give it."""

from angebote.antrag.aufgaben import antragsgruppe, seit_bewegung
from angebote.entscheidung.queries import zu_unterschreiben
from schulerfolg.aufgaben import Dringlichkeit


def aufgaben(person):
    yield antragsgruppe(
        Dringlichkeit.STILLSTAND,
        "Entscheidungen, die Sie unterschreiben können",
        zu_unterschreiben(person).order_by("geaendert_am", "pk"),
        seit_bewegung,
    )
