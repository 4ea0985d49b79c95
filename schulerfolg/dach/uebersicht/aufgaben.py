"""What somebody typed and could not send, because their sign-in had ended."""

from schulerfolg.aufgaben import Dringlichkeit, Karte, gruppe
from schulerfolg.konten.models import Eingabe
from schulerfolg.zeit import wann


def aufgaben(person):
    """One query. The words themselves stay in the form: somebody may be looking as this person (`dach.ansicht`)."""
    eingaben = Eingabe.objects.frisch().filter(person=person).order_by("-pk")
    yield gruppe(Dringlichkeit.ENTWURF, "Noch nicht abgeschickt", eingaben, _karte)


def _karte(eingabe):
    warum, zeit = "aufgehoben, weil Ihre Anmeldung zu Ende war", f"geschrieben {wann(eingabe.erstellt_am)}"
    return Karte("Was Sie geschrieben haben", warum, zeit, eingabe.seite)
