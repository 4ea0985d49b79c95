"""Load a back-up, bring it to this version, check its files, and end every sign-in it remembers."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from schulerfolg.akte.sicherung import SicherungScheitert, wiederherstellen
from schulerfolg.konten.anmeldung.services import alle_anmeldungen_beenden
from schulerfolg.konten.models import Mail

DANACH = """\
Wiederhergestellt: {zeilen} Zeilen aus {name}.
Alle melden sich neu an. {mails} Mails warteten beim Sichern noch; der Dienst im Hintergrund sendet sie.
Als Nächstes: manage.py faelligkeiten, dann die Dienste starten."""


class Command(BaseCommand):
    help = "Stellt eine Sicherung wieder her: in einer leeren Datenbank, oder mit --ersetzen statt der vorhandenen."

    def add_arguments(self, parser):
        parser.add_argument("datei", type=Path)
        parser.add_argument("--ersetzen", action="store_true", help="ersetzt alles, was in der Datenbank ist")

    def handle(self, *, datei, ersetzen, **options):
        try:
            zeilen = wiederherstellen(datei, ersetzen=ersetzen)
        except SicherungScheitert as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0)
        alle_anmeldungen_beenden()
        self.stdout.write(DANACH.format(zeilen=zeilen, name=datei.name, mails=Mail.objects.zu_senden().count()))
        call_command("dateien_pruefen", stdout=self.stdout)
