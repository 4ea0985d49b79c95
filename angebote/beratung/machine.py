"""The steps of a Beratung, as the one machine takes them."""

from angebote.beratung.models import Beratung, Beratungsereignis
from angebote.beratung.permissions import rollen
from angebote.beratung.workflow import ABLAUF
from schulerfolg.ablauf.machine import Machine
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN


class Beratungsschritte(Machine):
    workflow = ABLAUF
    events = Beratungsereignis
    noun = "beratung"
    mail = "angebote/mail/beratung_{}.txt"

    def rows(self):
        return Beratung.objects.for_list()

    def hats(self, person, beratung):
        return rollen(person, beratung)

    def place(self, hat, beratung):
        if hat in SCHULROLLEN:
            return beratung.schule.name
        return beratung.netzwerkstelle.name if hat in STELLENROLLEN else ""

    def recipients(self, beratung, step):
        """Whoever asked, and still has an account."""
        return [beratung.angefragt_durch] if beratung.angefragt_durch.is_active else []

    def may_read_along(self, person, beratung, step):
        return bool(rollen(person, beratung))


BERATUNG = Beratungsschritte()
take_step = BERATUNG.take_step
