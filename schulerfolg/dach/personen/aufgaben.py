"""What lies with somebody who no longer works on cases of the office; who waits for a new second factor."""

from django.urls import reverse

from angebote.antrag.uebergabe import verwaist
from netzwerkstellen.stelle.permissions import RECHTE
from netzwerkstellen.verwaltung.aufgaben import TITEL
from schulerfolg.aufgaben import Dringlichkeit, Gruppe, Karte
from schulerfolg.dach.personen.faktor import offene_bitten
from schulerfolg.dach.personen.permissions import RECHTE as KONTORECHTE
from schulerfolg.dach.personen.permissions import rollen
from schulerfolg.konten.permissions import ist_koordination, orte
from schulerfolg.zeit import datum


def aufgaben(person):
    """Two queries, for those who lead; one for the coordination office."""
    stellen = orte(person, "mitarbeiten", "netzwerkstelle", RECHTE["team_pflegen"].roles)
    yield Gruppe(Dringlichkeit.UEBERGABE, TITEL, [_karte(rest) for rest in verwaist(stellen)])
    if stellen or ist_koordination(person):
        bitten = [bitte for bitte in offene_bitten() if _bestaetigt(person, bitte)]
        yield Gruppe(Dringlichkeit.ZUGANG, "Anmeldung im Portal", [_bitte(person, bitte) for bitte in bitten])


def _bestaetigt(person, bitte) -> bool:
    hats = rollen(person, bitte.person)
    return bitte.durch_id != person.pk and KONTORECHTE.may(hats, "faktor_zuruecksetzen", bitte.person)


def _bitte(person, bitte) -> Karte:
    """Each by the way that opens for them."""
    if ist_koordination(person):
        adresse, ort = reverse("personen:person_faktor", args=[bitte.person_id]), ""
    else:
        hier = bitte.person.mitarbeiten.gueltig().select_related("netzwerkstelle").first()
        adresse = reverse("personen:kollegin_faktor", args=[hier.netzwerkstelle.slug, hier.pk])
        ort = hier.netzwerkstelle.name
    return Karte(f"Neuer zweiter Faktor für {bitte.person}: bitte bestätigen", ort, f"seit {datum(bitte.am)}", adresse)


def _karte(rest) -> Karte:
    zahl = "Ein Vorgang" if rest["zahl"] == 1 else f"{rest['zahl']} Vorgänge"
    adresse = reverse("personen:kollegin_uebergeben", args=[rest["slug"], rest["mitarbeit"]])
    return Karte(f"{zahl} von {rest['wer']} übergeben", rest["stelle"], "dort nicht mehr zuständig", adresse)
