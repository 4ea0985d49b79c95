"""Files that belong to an Antrag: added and taken out while it is a draft, added with answers later."""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from angebote.anlage.models import Anlage
from angebote.anlage.queries import BEDENKZEIT
from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, rollen, schreibt
from angebote.antrag.services import abschnitt_speichern, bearbeitung_festhalten
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.models import Dokument
from schulerfolg.datei.annahme import MEGABYTE, Datei

HOECHSTENS_DATEIEN = 20
HOECHSTENS_ZUSAMMEN = 50 * MEGABYTE
SCHON_DA = "„{}“ liegt schon beim Antrag: „{}“ ({}). Wir haben die Datei nicht noch einmal gespeichert."
ZU_SPAET = "„{}“ wurde vor mehr als sieben Tagen entfernt. Bitte laden Sie die Datei noch einmal hoch."


@transaction.atomic
def erklaeren(antrag, *, by, version, felder, art="", datei: Datei | None = None, **schluessel) -> Antrag:
    """Save the declarations and, if one was sent along, add the file: both or nothing."""
    antrag = abschnitt_speichern(antrag, by=by, version=version, felder=felder, **schluessel)
    if datei:
        hinzufuegen(antrag, art, datei, by=by)
    return antrag


@transaction.atomic
def anhaengen(antrag, *, by, art, datei: Datei) -> Anlage:
    """Add one file to a draft; nothing else of it changes, so a page open beside it can still be saved."""
    antrag = _entwurf(antrag, by)
    return _merken(hinzufuegen(antrag, art, datei, by=by), antrag, by)


def hinzufuegen(antrag, art, datei: Datei, *, by, **wozu) -> Anlage:
    """Keep one more file of the locked Antrag. Raises ValidationError when it is there, or too many or too much."""
    if schon := _dieselbe(antrag, datei):
        raise ValidationError({"datei": SCHON_DA.format(datei.name, schon, schon.get_art_display())})
    _passt_noch(antrag, len(datei.inhalt))
    dokument = Dokument.objects.create(art="anlage", name=datei.name, medientyp=datei.medientyp, inhalt=datei.inhalt)
    return Anlage.objects.create(antrag=antrag, art=art, dokument=dokument, hochgeladen_durch=by, **wozu)


def neue(antrag, dateien: Sequence[Datei]) -> list[Datei]:
    """Those of these files that the Antrag does not have yet, each once."""
    einmal = {hashlib.sha256(datei.inhalt).digest(): datei for datei in reversed(dateien)}
    return [datei for datei in reversed(einmal.values()) if not _dieselbe(antrag, datei)]


def _dieselbe(antrag, datei) -> Anlage | None:
    pruefsumme = hashlib.sha256(datei.inhalt).hexdigest()
    return antrag.anlagen.geltend().filter(dokument__sha256=pruefsumme).first()


def _passt_noch(antrag, groesse):
    da = Dokument.objects.filter(pk__in=antrag.anlagen.geltend().values("dokument"))
    if da.count() >= HOECHSTENS_DATEIEN:
        raise ValidationError({"datei": f"Ein Antrag hat höchstens {HOECHSTENS_DATEIEN} Anlagen."})
    if (da.aggregate(summe=Sum("groesse"))["summe"] or 0) + groesse > HOECHSTENS_ZUSAMMEN:
        raise ValidationError({"datei": "Alle Anlagen zusammen haben höchstens 50 MB. Bitte verkleinern Sie Dateien."})


@transaction.atomic
def entfernen(anlage, *, by) -> Anlage:
    """Take a file out of a draft. For some days it can be put back, but counts no more."""
    antrag = _entwurf(anlage.antrag, by)
    anlage.entfernt_am = anlage.entfernt_am or timezone.now()
    return _merken(anlage, antrag, by)


@transaction.atomic
def zurueckholen(anlage, *, by) -> Anlage:
    """Put a file back that was taken out of a draft."""
    antrag = _entwurf(anlage.antrag, by)
    if anlage.entfernt_am:
        _kommt_zurueck(antrag, anlage)
    anlage.entfernt_am = None
    return _merken(anlage, antrag, by)


def _kommt_zurueck(antrag, anlage):
    dokument = anlage.dokument
    if anlage.entfernt_am < timezone.now() - BEDENKZEIT:
        raise ValidationError(ZU_SPAET.format(anlage))
    if antrag.anlagen.geltend().filter(dokument__sha256=dokument.sha256).exists():
        raise ValidationError(f"„{anlage}“ liegt schon wieder beim Antrag.")
    _passt_noch(antrag, dokument.groesse)


@transaction.atomic
def entfernte_vergessen(heute: date) -> int:
    """Delete what was taken out and can be put back no more, bytes and all; return how many files that were."""
    zeilen = Anlage.objects.filter(entfernt_am__date__lt=heute - BEDENKZEIT)
    dokumente = list(zeilen.values_list("dokument", flat=True))
    zeilen.delete()
    Dokument.objects.filter(pk__in=dokumente).delete()
    return len(dokumente)


def _entwurf(antrag, by) -> Antrag:
    antrag = ANTRAG.lock(antrag)
    if not RECHTE.may(rollen(by, antrag), "bearbeiten", antrag) or not schreibt(by, antrag):
        raise TransitionNotAllowed("Nach dem Absenden bleiben die Anlagen beim Antrag.")
    return antrag


def _merken(anlage, antrag, by) -> Anlage:
    anlage.save(update_fields=["entfernt_am"])
    antrag.save(update_fields=["geaendert_am"])
    bearbeitung_festhalten(antrag, by)
    return anlage
