"""What happened before the demo starts: invitations on their way and entries in each office's history."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import F

from netzwerkstellen.einladung.services import GUELTIG
from netzwerkstellen.models import Einladung, Stellenereignis
from schulerfolg.konten.permissions import Rolle

# Schritt and text, as the services of the offices write them
GESCHICHTE = (
    ("standort_aendern", "Standort {ort} geändert: Telefon"),
    ("schule_anlegen", "Schule {schule} eingetragen"),
    ("schule_aendern", "Schule {schule} geändert: E-Mail-Adresse"),
    ("einladen", "{{einladung}} eingeladen: Lehrkraft, {schule}"),
)


def einladungen(welt, mitarbeiten, schulen) -> None:
    """Two that wait at the Harz office, one at each of the others; every third has run out."""
    neu = []
    for nummer, (stelle, leitung) in enumerate(_leitungen(mitarbeiten)):
        schule = next(schule for schule in schulen if schule.netzwerkstelle == stelle)
        neu.append(_einladung(welt, stelle, leitung, schule, Rolle.SCHULE_MITARBEIT, 10 if nummer % 3 else -3))
        if stelle.kuerzel == "HZ":
            neu.append(_einladung(welt, stelle, leitung, None, Rolle.SACHBEARBEITUNG, 12))
    Einladung.objects.bulk_create(neu)
    Einladung.objects.update(eingeladen_am=F("gueltig_bis") - GUELTIG)


def _einladung(welt, stelle, leitung, schule, rolle, tage) -> Einladung:
    vorname, nachname = welt.menschen.name()
    zeichen = welt.zufall.randbytes(16)
    return Einladung(
        email=f"einladung.{zeichen.hex()[:6]}@demo.example",
        vorname=vorname,
        nachname=f"{nachname}{welt.marken.fuer(stelle)}",
        netzwerkstelle=stelle,
        schule=schule,
        rolle=rolle,
        pruefsumme=hashlib.sha256(zeichen).hexdigest(),
        eingeladen_durch=leitung,
        gueltig_bis=welt.jetzt + timedelta(days=tage),
    )


def stellenereignisse(welt, mitarbeiten, schulen) -> None:
    """Every office has a short history, its oldest entry about half a year old."""
    neu, eingeladen = [], {zeile.netzwerkstelle_id: zeile for zeile in Einladung.objects.exclude(schule=None)}
    for stelle, leitung in _leitungen(mitarbeiten):
        hier = [schule for schule in schulen if schule.netzwerkstelle == stelle]
        ort = welt.hauptsitze[stelle.pk]
        for nummer, (schritt, text) in enumerate(GESCHICHTE):
            am = welt.jetzt - timedelta(days=160 - 45 * nummer, minutes=welt.zufall.randint(0, 300))
            worte = text.format(ort=ort, schule=hier[nummer % len(hier)])
            ereignis = _ereignis(stelle, leitung, schritt, f"{worte}{welt.marken.fuer(stelle)}", am)
            ereignis.einladung = eingeladen[stelle.pk] if schritt == "einladen" else None
            neu.append(ereignis)
    Stellenereignis.objects.bulk_create(neu)


def _ereignis(stelle, leitung, schritt, text, am: datetime) -> Stellenereignis:
    rolle = f"{Rolle.LEITUNG.label}, {stelle.kurzname}"
    return Stellenereignis(netzwerkstelle=stelle, durch=leitung, rolle=rolle, schritt=schritt, text=text, am=am)


def _leitungen(mitarbeiten):
    return [(zeile.netzwerkstelle, zeile.person) for zeile in mitarbeiten if zeile.rolle == Rolle.LEITUNG]
