"""The steps of a Beratung, as the one machine takes them."""

from angebote.beratung.models import Beratung, Beratungsereignis
from angebote.beratung.permissions import rollen
from angebote.beratung.workflow import ABLAUF, KOPF
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
        """Whoever asked, while they belong to the school; else its heads: of those whom the table names."""
        zeilen = beratung.schule.zugehoerigkeiten.am_platz().filter(rolle__in=step.notifies).select_related("person")
        gefragt = [zeile.person for zeile in zeilen if zeile.person_id == beratung.angefragt_durch_id]
        return {*(gefragt or (zeile.person for zeile in zeilen if zeile.rolle in KOPF))}

    def may_read_along(self, person, beratung, step):
        return bool(rollen(person, beratung))


BERATUNG = Beratungsschritte()
take_step = BERATUNG.take_step
