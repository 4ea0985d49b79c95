"""Build the demo world. It replaces everything that is in the database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.welt import aufbauen, echte_konten
from schulerfolg.konten.demo import PASSWORT


class Command(BaseCommand):
    help = "Baut die Demo-Welt auf und ersetzt dabei alle Daten. Nicht im Betrieb."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=1, help="gleiche Zahl, gleiche Welt")
        parser.add_argument("--antraege", type=int, default=200, help="wie viele Anträge")
        parser.add_argument("--kanarien", action="store_true", help="Marken KNR-… in jeden freien Text")

    def handle(self, *, seed, antraege, kanarien, verbosity, **options):
        if settings.PRODUCTION:
            raise CommandError("demodaten ersetzt alle Daten und läuft deshalb nicht im Betrieb.")
        if not settings.DEMO and echte_konten():
            raise CommandError("In dieser Datenbank gibt es Konten echter Menschen. Die Demo-Welt würde sie ersetzen.")
        zahlen = aufbauen(seed=seed, antraege=antraege, kanarien=kanarien)
        if verbosity:
            self.stdout.write("Demo-Welt: " + ", ".join(f"{zahl} {was}" for was, zahl in zahlen.items()))
            self.stdout.write(f"Das Passwort aller Konten ist {PASSWORT}")
