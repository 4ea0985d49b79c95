"""Send what waits in the outbox. The worker (`arbeiten`) does it as well; this is for mails alone."""

from django.core.management.base import BaseCommand

from schulerfolg.akte.dauerlauf import Dauerlauf
from schulerfolg.konten.services import send_mails


class Command(BaseCommand):
    help = "Versendet, was im Postausgang wartet; mit --dauerhaft, bis es beendet wird."

    def add_arguments(self, parser):
        parser.add_argument("--dauerhaft", action="store_true")

    def handle(self, *, dauerhaft, **options):
        if not dauerhaft:
            self.stdout.write(f"{send_mails()} versandt")
            return
        Dauerlauf(send_mails).laufen()
        self.stdout.write("beendet")
