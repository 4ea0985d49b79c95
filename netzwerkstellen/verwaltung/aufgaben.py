"""What the own office still has to confirm, and who was invited and has not come yet."""

from django.urls import reverse

from netzwerkstellen.stelle.models import Netzwerkstelle
from netzwerkstellen.stelle.permissions import RECHTE, rollen
from netzwerkstellen.verwaltung.queries import EINLADUNGEN, UNSICHER, mit_offenem
from schulerfolg.aufgaben import Dringlichkeit, Gruppe, Karte
from schulerfolg.konten.permissions import orte

TITEL = "Ihre Netzwerkstelle"


def aufgaben(person):
    """One query; of each office what this person may do there."""
    angaben, einladungen = [], []
    eigene = Netzwerkstelle.objects.filter(pk__in=orte(person, "mitarbeiten", "netzwerkstelle"))
    for stelle in mit_offenem(eigene):
        rechte = RECHTE.actions(rollen(person, stelle))
        adresse = reverse("netzwerkstellen:verwaltung", args=[stelle.slug])
        if zahl := _zahl(stelle, UNSICHER, rechte):
            titel = "Eine Angabe ist zu bestätigen" if zahl == 1 else f"{zahl} Angaben sind zu bestätigen"
            angaben.append(Karte(titel, stelle.name, "", adresse))
        if zahl := _zahl(stelle, EINLADUNGEN, rechte):
            titel = "Eine Einladung ist noch offen" if zahl == 1 else f"{zahl} Einladungen sind noch offen"
            einladungen.append(Karte(titel, stelle.name, "", adresse))
    yield Gruppe(Dringlichkeit.HAUS, TITEL, angaben + einladungen)


def _zahl(stelle, arten: dict[str, str], rechte: set[str]) -> int:
    return sum(int(getattr(stelle, art)) for art, recht in arten.items() if recht in rechte)
