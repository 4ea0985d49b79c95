"""Send what waits in the outbox."""

import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from schulerfolg.konten.services import send_mails


class Command(BaseCommand):
    help = "Versendet, was im Postausgang wartet; mit --dauerhaft, bis es beendet wird."

    def add_arguments(self, parser):
        parser.add_argument("--dauerhaft", action="store_true")

    def handle(self, *, dauerhaft, **options):
        try:
            while True:
                close_old_connections()
                anzahl = send_mails()
                if not dauerhaft:
                    self.stdout.write(f"{anzahl} versandt")
                    return
                time.sleep(0 if anzahl else 2)
        except KeyboardInterrupt:
            self.stdout.write("beendet")
