"""As long as something is missing: a card for the Leitung of the office, and one for the coordination office."""

from django.urls import reverse

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.aufgaben import Dringlichkeit, Gruppe, Karte
from schulerfolg.dach.einrichtung.checkliste import Liste, listen
from schulerfolg.dach.einrichtung.permissions import RECHTE
from schulerfolg.konten.permissions import Rolle, landesrollen, orte

TITEL = "Ihre Netzwerkstelle einrichten"
ALLE = "Netzwerkstellen einrichten"


def aufgaben(person):
    """Of the offices that somebody leads; of all of them for the coordination office."""
    eigene = Netzwerkstelle.objects.filter(pk__in=orte(person, "mitarbeiten", "netzwerkstelle", {Rolle.LEITUNG}))
    yield Gruppe(Dringlichkeit.HAUS, TITEL, [_karte(liste) for liste in listen(eigene) if liste.offen])
    if RECHTE.may(landesrollen(person), "alle_sehen"):
        unfertig = [liste for liste in listen(Netzwerkstelle.objects.all()) if liste.offen]
        yield Gruppe(Dringlichkeit.HAUS, ALLE, [_alle(unfertig)] if unfertig else [])


def _karte(liste: Liste) -> Karte:
    zahl = len(liste.offen)
    titel = "Ein Schritt ist noch offen" if zahl == 1 else f"{zahl} von {len(liste.punkte)} Schritten sind noch offen"
    adresse = reverse("einrichtung:stelle", args=[liste.stelle.slug])
    return Karte(titel, str(liste.stelle), liste.satz, adresse)


def _alle(unfertig: list[Liste]) -> Karte:
    zahl = len(unfertig)
    titel = "Eine Stelle kann noch nichts bewilligen" if zahl == 1 else f"{zahl} Stellen können noch nichts bewilligen"
    namen = [liste.stelle.kurzname for liste in unfertig]
    weitere = f" und {zahl - 3} weitere" if zahl > 3 else ""
    return Karte(titel, ", ".join(namen[:3]) + weitere, "", reverse("einrichtung:alle"))
