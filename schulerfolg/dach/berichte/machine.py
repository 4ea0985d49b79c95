"""The steps of a report, as the one machine takes them."""

from schulerfolg.ablauf.machine import Machine
from schulerfolg.dach.berichte.models import Bericht, Berichtsereignis
from schulerfolg.dach.berichte.workflow import ABLAUF
from schulerfolg.konten.permissions import landesrollen


class Berichtsschritte(Machine):
    workflow = ABLAUF
    events = Berichtsereignis
    noun = "bericht"
    moves = ("geaendert_am",)

    def rows(self):
        return Bericht.objects.all()

    def hats(self, person, bericht):
        return landesrollen(person)

    def place(self, hat, bericht):
        return ""


BERICHT = Berichtsschritte()
