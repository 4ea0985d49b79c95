"""What letters need of the offices, and markers in their texts; everything else comes from `stammdaten`."""

from demo.namen import POSTLEITZAHL, STRASSEN, TELEFON
from netzwerkstellen.models import Ansprechperson, Standort, Traegerschaft

TEXTE = ("eigenname", "beschreibung", "bba_name", "bba_hinweis")


def anschriften(welt) -> None:
    """Street, code and number of each Hauptsitz where the master data know none: a letter names them."""
    sitze = list(Standort.objects.filter(hauptsitz=True).select_related("netzwerkstelle").order_by("pk"))
    for nummer, sitz in enumerate(sitze):
        sitz.strasse = sitz.strasse or f"{STRASSEN[nummer % len(STRASSEN)]} {nummer + 1}"
        sitz.plz = sitz.plz or POSTLEITZAHL[sitz.netzwerkstelle.kuerzel]
        sitz.telefon = sitz.telefon or TELEFON.format(100 + nummer)
    _speichern(welt, sitze, "strasse", "plz", "telefon")
    verborgene = [stelle for stelle in welt.stellen.values() if stelle.email and not stelle.email_oeffentlich]
    for stelle in verborgene:
        stelle.email = f"post@{stelle.slug}.example"  # the mailbox of a real person has no place in an invented world
    _speichern(welt, verborgene, "email")


def markieren(welt) -> None:
    """Mark what came with the portal. The rows count as edited, so that a later `stammdaten` leaves the markers."""
    for stelle in welt.stellen.values():
        for feld in TEXTE:
            setattr(stelle, feld, f"{getattr(stelle, feld)}{welt.marken.oeffentlich()}".strip())
    _speichern(welt, list(welt.stellen.values()), *TEXTE)
    personen = list(Ansprechperson.objects.select_related("netzwerkstelle").order_by("pk"))
    for person in personen:
        marke = welt.marken.oeffentlich() if person.oeffentlich else welt.marken.fuer(person.netzwerkstelle)
        person.funktion = f"{person.funktion}{marke}".strip()
    _speichern(welt, personen, "funktion")
    traeger = list(Traegerschaft.objects.select_related("netzwerkstelle").order_by("pk"))
    for zeile in traeger:
        zeile.quelle = f"{zeile.quelle[:180]}{welt.marken.fuer(zeile.netzwerkstelle)}"
    _speichern(welt, traeger, "quelle")


def _speichern(welt, zeilen, *felder) -> None:
    if not zeilen:
        return
    for zeile in zeilen:
        zeile.bearbeitet_am = welt.jetzt
    type(zeilen[0])._default_manager.bulk_update(zeilen, [*felder, "bearbeitet_am"])
