"""The worker: does the jobs and sends the mails."""

import signal
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from schulerfolg.akte.services import auftraege_ausfuehren
from schulerfolg.konten.services import nachrichten_versenden


class Command(BaseCommand):
    help = "Erledigt Aufträge und versendet Nachrichten; mit --dauerhaft, bis es beendet wird."

    def add_arguments(self, parser):
        parser.add_argument("--dauerhaft", action="store_true")

    def handle(self, *, dauerhaft, **options):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            while True:
                close_old_connections()
                erledigt = auftraege_ausfuehren() + nachrichten_versenden()
                if not dauerhaft:
                    self.stdout.write(f"{erledigt} erledigt")
                    return
                time.sleep(0 if erledigt else 1)
        except KeyboardInterrupt:
            self.stdout.write("beendet")
