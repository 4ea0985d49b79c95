"""Compute the checksum of every file anew: is it still what was handed in and sent?"""

from django.core.management.base import BaseCommand, CommandError

from schulerfolg.akte.services import damaged_documents


class Command(BaseCommand):
    help = "Rechnet die Prüfsummen aller Dateien nach. Sie liegen in der Datenbank, bei ihren Angaben."

    def handle(self, **options):
        geprueft, beschaedigt = damaged_documents()
        self.stdout.write(f"{geprueft} Dateien geprüft, {len(beschaedigt)} davon beschädigt")
        if beschaedigt:
            raise CommandError(f"Beschädigt sind die Dokumente mit den Nummern {', '.join(map(str, beschaedigt))}.")
