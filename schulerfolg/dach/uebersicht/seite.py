"""What waits for one person, over all their hats: each thing one card with one link; the queries are constant."""

from schulerfolg.aufgaben import Gruppe, Vorschlag, geordnet
from schulerfolg.dach.gegenstaende import modules_named


def aufgaben(person) -> list[Gruppe]:
    """Everything that waits, the most urgent first; groups without cards are left out."""
    return geordnet(gruppe for subject in modules_named("aufgaben") for gruppe in subject.aufgaben(person))


def vorschlag(person, huete) -> Vorschlag | None:
    """The next sensible thing when nothing waits: the first subject from the ground up that has one for these hats."""
    fragen = [subject.vorschlag for subject in modules_named("aufgaben") if hasattr(subject, "vorschlag")]
    return next((weiter for frage in fragen if (weiter := frage(person, huete))), None)
