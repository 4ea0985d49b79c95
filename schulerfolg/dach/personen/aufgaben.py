"""For a Leitung: what still lies with somebody who no longer works on cases of the office."""

from django.urls import reverse

from angebote.antrag.uebergabe import verwaist
from netzwerkstellen.stelle.permissions import RECHTE
from netzwerkstellen.verwaltung.aufgaben import TITEL
from schulerfolg.aufgaben import Dringlichkeit, Gruppe, Karte
from schulerfolg.konten.permissions import orte


def aufgaben(person):
    """One query, for those who lead."""
    stellen = orte(person, "mitarbeiten", "netzwerkstelle", RECHTE["team_pflegen"].roles)
    yield Gruppe(Dringlichkeit.UEBERGABE, TITEL, [_karte(rest) for rest in verwaist(stellen)])


def _karte(rest) -> Karte:
    zahl = "Ein Vorgang" if rest["zahl"] == 1 else f"{rest['zahl']} Vorgänge"
    adresse = reverse("personen:kollegin_uebergeben", args=[rest["slug"], rest["mitarbeit"]])
    return Karte(f"{zahl} von {rest['wer']} übergeben", rest["stelle"], "dort nicht mehr zuständig", adresse)
