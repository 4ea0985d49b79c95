"""The steps of a Beratung, as the one machine takes them."""

from datetime import timedelta
from typing import ClassVar

from angebote.beratung.models import Beratung, Beratungsereignis
from angebote.beratung.permissions import BERATENDE, rollen
from angebote.beratung.workflow import ABLAUF, KOPF
from schulerfolg.ablauf.machine import Machine
from schulerfolg.akte.models import Dokument
from schulerfolg.konten.models import Person
from schulerfolg.konten.models_post import Postart
from schulerfolg.konten.permissions import SCHULROLLEN, STELLENROLLEN
from schulerfolg.termindatei import MEDIENTYP, termindatei

DAUER = timedelta(minutes=45)
"""How long a conversation blocks in a calendar."""


class Beratungsschritte(Machine):
    workflow = ABLAUF
    events = Beratungsereignis
    noun = "beratung"
    mail = "angebote/mail/beratung_{}.txt"
    post: ClassVar = {
        "anfragen": Postart.EINGANG,
        "aendern": Postart.FORTGANG,
        "zurueckziehen": Postart.FORTGANG,
    }

    def rows(self):
        return Beratung.objects.for_list()

    def hats(self, person, beratung):
        return rollen(person, beratung)

    def place(self, hat, beratung):
        if hat in SCHULROLLEN:
            return beratung.schule.name
        return beratung.netzwerkstelle.name if hat in STELLENROLLEN else ""

    def recipients(self, beratung, step):
        """The office; or whoever asked, while they belong to the school, else its heads: of those the table names."""
        if set(step.notifies) & set(STELLENROLLEN):
            return beratende(beratung)
        zeilen = beratung.schule.zugehoerigkeiten.am_platz().filter(rolle__in=step.notifies).select_related("person")
        gefragt = [zeile.person for zeile in zeilen if zeile.person_id == beratung.angefragt_durch_id]
        return {*(gefragt or (zeile.person for zeile in zeilen if zeile.rolle in KOPF))}

    def may_read_along(self, person, beratung, step):
        return bool(rollen(person, beratung))

    def attachments(self, beratung, name):
        """The agreed date, for the calendar."""
        if name != "verabreden":
            return ()
        eintrag = kalendereintrag(beratung)
        eintrag.save()
        return [eintrag]


def beratende(beratung) -> set[Person]:
    """Who advises at the office of this Beratung and reads its mails."""
    zeilen = beratung.netzwerkstelle.mitarbeiten.to_notify().filter(rolle__in=BERATENDE).select_related("person")
    return {zeile.person for zeile in zeilen}


def kalendereintrag(beratung) -> Dokument:
    """The agreed date as a file, not saved; a later date of the same Beratung takes its place in the calendar."""
    inhalt = termindatei(
        kennung=f"beratung-{beratung.pk}",
        stand=beratung.ereignisse.filter(schritt="verabreden").count(),
        titel=f"Beratung: {beratung.titel}",
        beginn=beratung.termin,
        dauer=DAUER,
        ort=beratung.treffpunkt,
        text=f"{beratung.get_weg_display()}, mit der Netzwerkstelle {beratung.netzwerkstelle}",
        adresse=beratung.get_absolute_url(),
    )
    return Dokument(art="termin", name="termin.ics", medientyp=MEDIENTYP, inhalt=inhalt)


BERATUNG = Beratungsschritte()
take_step = BERATUNG.take_step
