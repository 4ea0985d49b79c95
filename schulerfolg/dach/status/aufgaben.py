"""For the coordination office: what is wrong behind the pages. Each fact one card, while it lasts."""

from django.urls import reverse
from django.utils import timezone

from schulerfolg.aufgaben import Dringlichkeit, Gruppe, Karte
from schulerfolg.dach.status.queries import lage
from schulerfolg.konten.permissions import ist_koordination

TITEL = "Betrieb des Portals"


def aufgaben(person):
    """Nothing for anybody else."""
    if ist_koordination(person):
        yield Gruppe(Dringlichkeit.STILLSTAND, TITEL, [_karte(p) for p in lage(timezone.now()) if not p.gut])


def _karte(punkt):
    wer = "Bitte sagen Sie es der technischen Betreuung."
    return Karte(f"{punkt.titel}: {punkt.text}", wer, "", reverse("status"))
