"""Load what comes with the portal: the 14 offices and the vocabularies."""

from django.core.management.base import BaseCommand
from django.db import transaction

from angebote.stammdaten.laden import laden as angebote_laden
from netzwerkstellen.stammdaten.laden import laden as netzwerkstellen_laden


class Command(BaseCommand):
    help = "Lädt die 14 Netzwerkstellen und die Auswahllisten. Was von Hand gepflegt wurde, bleibt, wie es ist."

    @transaction.atomic
    def handle(self, **options):
        for ergebnis in [*netzwerkstellen_laden(), *angebote_laden()]:
            self.stdout.write(str(ergebnis))
