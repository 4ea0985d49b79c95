"""A small project, decided by the office itself: its rule, the decision, the second signature, and the next agenda."""

import pytest

from angebote.foerderung.models import Foerderregel
from schulerfolg.konten.models import Mail
from tests.browser.haende import Haende
from tests.browser.test_ganze_kette import (
    HEUTE,
    TITEL,
    einreichen,
    entscheiden,
    pruefen,
    region,
    schreiben,
    zum_antrag,
)

__all__ = ["region"]  # a fixture


@pytest.fixture
def ohne_regel(region):
    Foerderregel.objects.all().delete()
    return region


def regel_festlegen(leitung):
    """The office decides itself up to 600,00 €: exactly what will be asked for."""
    leitung.menue("Verwaltung")
    leitung.drueck("Förderregeln")
    leitung.drueck("Förderregel festlegen")
    leitung.waehl("Entscheidungsweg", "die Netzwerkstelle bis zu einem Betrag, sonst das Gremium")
    leitung.schreib("Stelle entscheidet selbst bis", "600,00")
    leitung.drueck("Regel festlegen")
    leitung.lies("600,00")


def test_the_office_decides_and_the_gremium_takes_note(ohne_regel, besuch):
    region = ohne_regel

    def als(person):
        return Haende(besuch(person), "maus").beginn()

    lehrkraft, buero, leitung = als(region.lehrkraft), als(region.sachbearbeitung), als(region.leitung)
    regel_festlegen(leitung)
    schreiben(lehrkraft, buero)
    einreichen(als(region.schulleitung))
    pruefen(buero, leitung)

    leitung.drueck("Als Netzwerkstelle bewilligen")
    leitung.lies("Bewilligung von 600,00")
    leitung.drueck("Als Netzwerkstelle bewilligen")
    leitung.lies("Beschlossen, Unterschrift steht aus")
    entscheiden(als(region.freigabe))
    brief = Mail.objects.get(an=region.lehrkraft.email, betreff__contains="zu Ihrem Antrag")
    assert bytes(brief.anlagen.first().inhalt).startswith(b"%PDF-")
    zum_antrag(lehrkraft)
    lehrkraft.lies("Bewilligt")

    buero.menue("Verwaltung")
    buero.drueck("Gremien")
    buero.drueck(region.gremium.name)
    buero.drueck("Sitzung planen")
    buero.schreib("Tag", HEUTE.replace(year=HEUTE.year + 1, month=5, day=19).isoformat())
    buero.schreib("Beginn", "14:00")
    buero.schreib("Ort", "Kreishaus, Raum 12")
    buero.drueck("Sitzung planen")
    buero.drueck("Alle bereiten Anträge aufnehmen")
    buero.lies("Zur Kenntnis: HZ-")
    buero.lies(TITEL)
