"""The demo world: empties the database and fills it again, the same for the same seed.

Each subject has a module beside this one; a later subject adds its own and one line in `aufbauen`.
"""

import random
from datetime import date

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone

from angebote.stammdaten.laden import laden as angebote_laden
from demo import beratungen, berichte, briefe, budgets, entwuerfe, foerderung, stellen, verlauf, zugaenge
from demo.antraege import Antraege
from demo.marken import Marken
from demo.menschen import Menschen, mitarbeiten
from demo.nachrichten import nachrichten
from demo.schulen import Schulen
from demo.sitzungen import Gremien
from netzwerkstellen.models import Mitarbeit, Netzwerkstelle, Standort
from netzwerkstellen.stammdaten.laden import laden as netzwerkstellen_laden
from schulerfolg.konten.models import Landesrolle, Person

BLEIBT = ("django_content_type", "auth_")


class Welt:
    """What every part of the demo world needs: the dice, the day, the markers and the offices by their code."""

    def __init__(self, seed: int, kanarien: bool):
        self.zufall = random.Random(seed)
        self.heute, self.jetzt = timezone.localdate(), timezone.now()
        self.marken = Marken(kanarien)
        self.stellen = {stelle.kuerzel: stelle for stelle in Netzwerkstelle.objects.order_by("kuerzel")}
        self.hauptsitze = dict(Standort.objects.filter(hauptsitz=True).values_list("netzwerkstelle", "ort"))
        self.menschen = Menschen(self)

    def schuljahr(self, versatz: int = 0) -> date:
        """The first day of the current Schuljahr (1 August), or of one before (-1) or after it (1)."""
        return date(self.heute.year - (self.heute.month < 8) + versatz, 8, 1)


def aufbauen(*, seed: int, antraege: int, kanarien: bool) -> dict[str, int]:
    """Replace whatever is there by the demo world; return how many rows of which kind it has.

    `antraege` is the number of applications wanted. The whole world comes or nothing changes.
    """
    with transaction.atomic():
        leeren()
        netzwerkstellen_laden()
        angebote_laden()
        welt = Welt(seed, kanarien)
        stellen.anschriften(welt)
        hier, landesweit = mitarbeiten(welt, welt.menschen)
        schulen = Schulen(welt, welt.menschen)
        schulen.erfinden()
        gremien = Gremien(welt)
        gremien.erfinden()
        anmeldungen = zugaenge.Anmeldungen(welt)
        anmeldungen.erfinden(schulen.schulen)
        welt.menschen.speichern()
        Mitarbeit.objects.bulk_create(hier)
        Landesrolle.objects.bulk_create(landesweit)
        schulen.speichern()
        anmeldungen.speichern()
        zugaenge.abwesenheiten(welt)
        verlauf.einladungen(welt, hier, schulen.schulen)
        verlauf.stellenereignisse(welt, hier, schulen.schulen)
        faelle = Antraege(welt, schulen, hier, foerderung.regeln(welt), foerderung.runde(welt, hier))
        faelle.erfinden(antraege)
        beratungen.wartende(welt, faelle)
        with pgtrigger.ignore():
            faelle.speichern()
            nachrichten(welt, faelle.faelle)
        budgets.budgets(welt, hier)
        budgets.selbst_entschieden()
        gremien.speichern()
        with pgtrigger.ignore():
            gremien.zuruecklegen()
        entwuerfe.bewegen(welt)
        briefe.bestellen()
        berichte.berichte(welt)
        if kanarien:
            stellen.markieren(welt)
    return {
        "Netzwerkstellen": len(welt.stellen),
        "Schulen": len(schulen.schulen),
        "Personen": len(welt.menschen.personen),
        "Anträge": len(faelle.faelle),
    }


def leeren() -> None:
    """Empty every table, append-only ones too. Only the demo world does this."""
    alle = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tabellen = [name for name in alle if not name.startswith(BLEIBT)]
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, tabellen))} RESTART IDENTITY CASCADE")


def echte_konten() -> bool:
    """Whether somebody has an account here who is no demo person."""
    return Person.objects.exclude(email__endswith=".example").exists()
