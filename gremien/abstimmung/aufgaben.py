"""Cases that wait for an agenda, for whoever may put them on one, and cases that the Gremium put off."""

from angebote.antrag.aufgaben import antragsgruppe, seit_bewegung
from angebote.antrag.workflow import ABLAUF
from angebote.models import Antrag
from schulerfolg.aufgaben import Dringlichkeit

GRUPPEN = (("auf_tagesordnung", "Bereit für das Gremium"), ("wiederaufnehmen", "Vom Gremium zurückgestellt"))


def aufgaben(person):
    for schritt, titel in GRUPPEN:
        antraege = Antrag.objects.offered_to(person, ABLAUF.transitions[schritt]).order_by("geaendert_am", "pk")
        yield antragsgruppe(Dringlichkeit.ARBEIT, titel, antraege, seit_bewegung)
