"""Put the style sheet together and say what came of it."""

import gzip

from django.core.management.base import BaseCommand

from schulerfolg import stilblatt


class Command(BaseCommand):
    help = "Setzt das Stilblatt zusammen und sagt, wie groß es ist. Sonst geschieht das von selbst."

    def handle(self, **options):
        vorher = b"".join(pfad.read_bytes() for pfad in stilblatt.stile())
        pfad = stilblatt.erneuern(auch_frisch=True)
        for name, text in (("alle Regeln", vorher), (pfad.relative_to(stilblatt.BASIS), pfad.read_bytes())):
            self.stdout.write(f"{name}: {len(text) / 1000:.0f} kB, gepackt {len(gzip.compress(text)) / 1000:.0f} kB")
