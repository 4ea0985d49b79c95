"""Start, stop or reset the private PostgreSQL of this checkout."""

from django.conf import settings
from django.core.management.base import BaseCommand

from schulerfolg import devdb


class Command(BaseCommand):
    help = "Private PostgreSQL für Demo, Entwicklung und Tests."
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("was", choices=["start", "stop", "status", "reset"])

    def handle(self, *, was, **options):
        act = {"start": devdb.ensure_running, "stop": devdb.stop, "reset": devdb.reset}.get(was)
        if act:
            act(settings.BASE_DIR)
        state = "läuft" if devdb.is_up(settings.BASE_DIR) else "steht"
        self.stdout.write(f"{state}: {devdb.home(settings.BASE_DIR)}")
