"""The worker: does the jobs and sends the mails."""

import signal
import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from schulerfolg.akte.services import do_jobs
from schulerfolg.konten.services import send_mails


class Command(BaseCommand):
    help = "Erledigt Aufträge und versendet Nachrichten; mit --dauerhaft, bis es beendet wird."

    def add_arguments(self, parser):
        parser.add_argument("--dauerhaft", action="store_true")

    def handle(self, *, dauerhaft, **options):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            while True:
                close_old_connections()
                erledigt = do_jobs() + send_mails()
                if not dauerhaft:
                    self.stdout.write(f"{erledigt} erledigt")
                    return
                time.sleep(0 if erledigt else 1)
        except KeyboardInterrupt:
            self.stdout.write("beendet")
