"""What becomes of the marked places before they are sent: marked with the questions, corrected in several sittings."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from angebote.antrag.machine import ANTRAG
from angebote.antrag.permissions import rollen
from angebote.korrektur.models import Markierung
from angebote.korrektur.offen import Eingabe
from angebote.korrektur.stellen import stellen
from schulerfolg.akte.models import Dokument
from schulerfolg.datei.annahme import Datei
from schulerfolg.formular.konflikt import Konflikt, wer_hat
from schulerfolg.zeit import wann


class Marke(NamedTuple):
    """What the office says to one place."""

    stelle: str
    grund: str
    bemerkung: str


class Korrektur(NamedTuple):
    """What the school says to one place; `datei` replaces the file that waits there, `ohne_datei` takes it out."""

    eingabe: Eingabe | None
    antwort: str = ""
    datei: Datei | None = None
    ohne_datei: bool = False


def markieren(antrag, nachforderung, marken: Sequence[Marke]) -> None:
    """Keep what is marked, with what stands there today."""
    da = stellen(antrag)
    if fehlt := [marke.stelle for marke in marken if marke.stelle not in da]:
        raise ValidationError(f"Diese Stelle gibt es im Antrag nicht: {', '.join(fehlt)}.")
    Markierung.objects.bulk_create(
        Markierung(
            nachforderung=nachforderung,
            stelle=marke.stelle,
            abschnitt=da[marke.stelle].abschnitt,
            titel=da[marke.stelle].titel,
            vorher=da[marke.stelle].text,
            grund=marke.grund,
            bemerkung=marke.bemerkung,
        )
        for marke in marken
    )


def gezeigt(markierungen) -> str:
    """What waits at each place, as a page shows it: „12:1a2b3c4d 13:…“."""
    return " ".join(f"{m.pk}:{m.zeichen}" for m in markierungen)


def zeichen_je_stelle(version: str) -> dict[int, str]:
    """The same, read again; what is no such thing is left out."""
    return {int(pk): zeichen for pk, zeichen in re.findall(r"(\d{1,18}):([0-9a-f]{8})", version)}


@transaction.atomic
def zwischenspeichern(
    antrag, nachforderung, *, by, korrekturen: Mapping[int, Korrektur], version: str | None = None
) -> list[Markierung]:
    """Keep what the school wrote so far; the Antrag stays as it is.

    What stayed as `version` says the page showed it is not this person's; what somebody else wrote meanwhile is not
    written over (Konflikt).
    """
    antrag = ANTRAG.lock(antrag)
    ANTRAG.require(antrag, nachforderung.schritt, rollen(by, antrag))
    markierungen = list(nachforderung.markierungen.select_for_update(of=("self",)).select_related("gespeichert_durch"))
    gezeigte = zeichen_je_stelle(gezeigt(markierungen) if version is None else version)
    anders = [m for m in markierungen if m.pk in korrekturen and _ist_neu(m, korrekturen[m.pk], gezeigte)]
    if schneller := [m for m in anders if gezeigte.get(m.pk) != m.zeichen]:
        erstes = schneller[0]
        hat = f"{wer_hat(erstes.gespeichert_durch, by)} {wann(erstes.gespeichert_am)} dieselbe Angabe korrigiert."
        raise Konflikt(hat, "; ".join(f"{m.titel}: {_wartet(m)}" for m in schneller), gezeigt(markierungen))
    for markierung in anders:
        _halten(markierung, korrekturen[markierung.pk], by)
    return markierungen


def _ist_neu(markierung, korrektur: Korrektur, gezeigte: Mapping[int, str]) -> bool:
    if korrektur.datei or (korrektur.ohne_datei and markierung.dokument_id is not None):
        return True
    zeichen = markierung.zeichen_mit(korrektur.eingabe, korrektur.antwort)
    return zeichen not in (markierung.zeichen, gezeigte.get(markierung.pk))


def _wartet(markierung) -> str:
    werte = [wert for werte in (markierung.eingabe or {}).values() for wert in werte]
    return ", ".join(filter(None, [*werte, markierung.antwort])) or "ohne Korrektur"


def _halten(markierung, korrektur: Korrektur, by) -> None:
    markierung.eingabe, markierung.antwort = korrektur.eingabe, korrektur.antwort
    altes = markierung.dokument_id if korrektur.datei or korrektur.ohne_datei else None
    if korrektur.datei:
        datei = {"name": korrektur.datei.name, "medientyp": korrektur.datei.medientyp, "inhalt": korrektur.datei.inhalt}
        markierung.dokument = Dokument.objects.create(art="vorab", **datei)
    elif korrektur.ohne_datei:
        markierung.dokument = None
    markierung.gespeichert_am, markierung.gespeichert_durch = timezone.now(), by
    markierung.save()
    if altes:
        Dokument.objects.filter(pk=altes).delete()


def verwerfen(antrag) -> None:
    """Files that wait at the places of this case go, bytes and all."""
    zeilen = Markierung.objects.filter(nachforderung__antrag=antrag, dokument__isnull=False)
    dokumente = list(zeilen.values_list("dokument", flat=True))
    zeilen.update(dokument=None)
    Dokument.objects.filter(pk__in=dokumente).delete()
