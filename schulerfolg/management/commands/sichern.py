"""Back up the database with all its files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from schulerfolg.akte.sicherung import SicherungScheitert, alte_entfernen, name_fuer, sichern


class Command(BaseCommand):
    help = "Sichert die Datenbank mit allen Dateien und prüft, was geschrieben wurde."

    def add_arguments(self, parser):
        parser.add_argument("datei", nargs="?", type=Path, help="wohin; ohne Angabe in den Ordner SICHERUNG_ORDNER")

    def handle(self, *, datei, **options):
        ordner, tage, jetzt = settings.SICHERUNG_ORDNER, settings.SICHERUNG_TAGE, timezone.now()
        ziel = datei or ordner / name_fuer(jetzt)
        try:
            groesse = sichern(ziel)
        except SicherungScheitert as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Gesichert und geprüft: {ziel} ({groesse / 1_000_000:.1f} MB)")
        if datei is None:
            for alt in alte_entfernen(ordner, tage=tage, jetzt=jetzt):
                self.stdout.write(f"Älter als {tage} Tage, entfernt: {alt}")
