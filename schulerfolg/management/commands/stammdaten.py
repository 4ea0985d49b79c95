"""Load what comes with the portal: the 14 offices and the vocabularies."""

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, transaction

from angebote.stammdaten.laden import laden as angebote_laden
from netzwerkstellen.stammdaten.laden import laden as netzwerkstellen_laden


class Command(BaseCommand):
    help = "Lädt die 14 Netzwerkstellen und die Auswahllisten. Was von Hand gepflegt wurde, bleibt, wie es ist."

    def handle(self, **options):
        try:
            with transaction.atomic():
                ergebnisse = [*netzwerkstellen_laden(), *angebote_laden()]
        except ProgrammingError as error:
            raise CommandError("Die Tabellen fehlen noch. Bitte zuerst: manage.py migrate") from error
        for ergebnis in ergebnisse:
            self.stdout.write(str(ergebnis))
