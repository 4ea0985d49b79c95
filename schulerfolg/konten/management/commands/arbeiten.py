"""The worker: does the jobs and sends the mails."""

from django.core.management.base import BaseCommand

from schulerfolg.akte.dauerlauf import Dauerlauf
from schulerfolg.akte.models import Lebenszeichen
from schulerfolg.akte.services import do_jobs, retry_given_up
from schulerfolg.konten.services import send_mails


class Command(BaseCommand):
    help = "Erledigt Aufträge und versendet Nachrichten; mit --dauerhaft, bis es beendet wird."

    def add_arguments(self, parser):
        parser.add_argument("--dauerhaft", action="store_true")
        parser.add_argument("--aufgegebene", action="store_true", help="auch, was nach acht Versuchen aufgegeben wurde")

    def handle(self, *, dauerhaft, aufgegebene, **options):
        if aufgegebene:
            self.stdout.write(f"{retry_given_up()} aufgegebene Aufträge kommen noch einmal an die Reihe")
        if not dauerhaft:
            self.stdout.write(f"{runde()} erledigt")
            return
        Dauerlauf(runde, Lebenszeichen.Helfer.ARBEIT).laufen()
        self.stdout.write("beendet")


def runde(genug=lambda: False) -> int:
    return do_jobs(genug=genug) + send_mails(genug)
