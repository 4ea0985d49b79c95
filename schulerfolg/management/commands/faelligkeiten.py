"""The daily run: what has become due today. Safe to run again on the same day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from angebote.anlage.services import entfernte_vergessen
from angebote.nachricht.services import unbeantwortetes_melden
from angebote.pruefung.erinnerung import an_antworten_erinnern
from angebote.zusammenarbeit.erinnerung import erinnern
from angebote.zusammenarbeit.services import uebergaben_verfallen
from netzwerkstellen.registrierung.services import registrierungen_verfallen
from schulerfolg.akte.models import Lebenszeichen
from schulerfolg.akte.services import forget_answers, sign_of_life
from schulerfolg.konten.anmeldung.services import abgelaufenes_vergessen
from schulerfolg.konten.post.services import sammelpost


class Command(BaseCommand):
    help = "Der tägliche Lauf: erledigt, was heute fällig ist. Ein zweiter Lauf am selben Tag schadet nicht."

    def handle(self, **options):
        heute = timezone.localdate()
        self.stdout.write(f"{registrierungen_verfallen(heute)} Anfragen nach Zugang verfallen oder vergessen")
        self.stdout.write(f"{abgelaufenes_vergessen()} beendete Anmeldungen vergessen")
        self.stdout.write(f"{forget_answers(heute)} beantwortete Formulare vergessen")
        self.stdout.write(f"{uebergaben_verfallen(heute)} angebotene Übergaben von Entwürfen beendet")
        self.stdout.write(f"{erinnern(heute)} Erinnerungen an Entwürfe geschrieben")
        self.stdout.write(f"{an_antworten_erinnern(heute)} Erinnerungen an offene Rückfragen geschrieben")
        self.stdout.write(f"{unbeantwortetes_melden(heute)} Nachrichten ohne Antwort, deren Frist vorbei ist")
        self.stdout.write(f"{entfernte_vergessen(heute)} aus Entwürfen entfernte Dateien gelöscht")
        self.stdout.write(f"{sammelpost(heute)} Mails mit Gesammeltem geschrieben")
        sign_of_life(Lebenszeichen.Helfer.TAGESLAUF)
