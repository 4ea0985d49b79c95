"""The steps of a meeting, as the one machine takes them. Lock order: Sitzung → Budget → Antrag → counter."""

from gremien.sitzung.models import Sitzung, Sitzungsereignis
from gremien.sitzung.permissions import rollen
from gremien.sitzung.workflow import ABLAUF
from schulerfolg.ablauf.machine import Machine


class Sitzungsschritte(Machine):
    workflow = ABLAUF
    events = Sitzungsereignis
    noun = "sitzung"
    mail = "gremien/mail/{}.txt"

    def rows(self):
        return Sitzung.objects.select_related("gremium__netzwerkstelle")

    def hats(self, person, sitzung):
        return rollen(person, sitzung.gremium)

    def place(self, hat, sitzung):
        return sitzung.gremium.name

    def recipients(self, sitzung, step):
        """Whoever was invited; the invitation itself goes out with its PDF, by the worker."""
        if step.name in ("einladen", "verlegen"):
            return []
        ladungen = sitzung.geltende_ladungen.select_related("mitgliedschaft__person")
        return [ladung.mitgliedschaft.person for ladung in ladungen if ladung.mitgliedschaft.person.is_active]

    def may_read_along(self, person, sitzung, step):
        """Such mails are personal."""
        return False


SITZUNG = Sitzungsschritte()
take_step = SITZUNG.take_step
