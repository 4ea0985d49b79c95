"""The reports of the demo world: one that everybody reads, one that is being written."""

from datetime import date, timedelta

from demo.konten import KONTEN
from schulerfolg.dach.berichte import services
from schulerfolg.dach.berichte.models import Bericht
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import Rolle

TEXT = """# Was in diesem Zeitraum geschah

In allen elf Landkreisen und drei kreisfreien Städten beraten die Netzwerkstellen Schulen, die ein bildungsbezogenes
Angebot planen. Viele Vorhaben drehen sich um das **Zusammenleben in der Klasse** und um gelingende Übergänge.

# Was auffällt

- Schulen fragen früher nach Beratung als im Jahr davor.
- Kleine Projekte mit einem Partner aus der Nachbarschaft sind die häufigste Form.
- Rückfragen betreffen meist den Kostenplan.

Die Zahlen dieser Demo sind erfunden.
"""
ENTWURF = """# Entwurf

Hier entsteht der Bericht über das laufende Halbjahr.
"""


def berichte(welt) -> list[Bericht]:
    """A published one over the last twelve months and a draft over the current half-year."""
    adresse = next(konto.email for konto in KONTEN if konto.rolle == Rolle.KOORDINATION)
    koordination = Person.objects.get(email=adresse)
    gestern = welt.heute - timedelta(days=1)
    fertig = Bericht(
        titel=f"Ein Jahr bildungsbezogene Angebote{welt.marken.oeffentlich()}",
        von=gestern - timedelta(days=364),
        bis=gestern,
        text=f"{TEXT}{welt.marken.oeffentlich()}",
    )
    services.veroeffentlichen(services.anlegen(fertig, by=koordination), by=koordination)
    beginn = date(welt.heute.year, 1 if welt.heute.month < 7 else 7, 1)
    ende = date(welt.heute.year, 6, 30) if welt.heute.month < 7 else date(welt.heute.year, 12, 31)
    entwurf = Bericht(titel="Halbjahresbericht", von=beginn, bis=ende, text=ENTWURF)
    return [fertig, services.anlegen(entwurf, by=koordination)]
