"""Files that belong to an Antrag: added and taken out while it is a draft, added with answers later."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from angebote.anlage.models import Anlage
from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, rollen, schreibt
from angebote.antrag.services import abschnitt_speichern, bearbeitung_festhalten
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.models import Dokument
from schulerfolg.datei.annahme import MEGABYTE, Datei

HOECHSTENS_DATEIEN = 20
HOECHSTENS_ZUSAMMEN = 50 * MEGABYTE


@transaction.atomic
def erklaeren(antrag, *, by, version, felder, art="", datei: Datei | None = None, **schluessel) -> Antrag:
    """Save the declarations and, if one was sent along, add the file: both or nothing."""
    antrag = abschnitt_speichern(antrag, by=by, version=version, felder=felder, **schluessel)
    if datei:
        hinzufuegen(antrag, art, datei, by=by)
    return antrag


def hinzufuegen(antrag, art, datei: Datei, *, by, **wozu) -> Anlage:
    """Keep one more file of the locked Antrag. Raises ValidationError when there are too many or too much."""
    _passt_noch(antrag, len(datei.inhalt))
    dokument = Dokument.objects.create(art="anlage", name=datei.name, medientyp=datei.medientyp, inhalt=datei.inhalt)
    return Anlage.objects.create(antrag=antrag, art=art, dokument=dokument, hochgeladen_durch=by, **wozu)


def _passt_noch(antrag, groesse):
    da = Dokument.objects.filter(pk__in=antrag.anlagen.geltend().values("dokument"))
    if da.count() >= HOECHSTENS_DATEIEN:
        raise ValidationError({"datei": f"Ein Antrag hat höchstens {HOECHSTENS_DATEIEN} Anlagen."})
    if (da.aggregate(summe=Sum("groesse"))["summe"] or 0) + groesse > HOECHSTENS_ZUSAMMEN:
        raise ValidationError({"datei": "Alle Anlagen zusammen haben höchstens 50 MB. Bitte verkleinern Sie Dateien."})


@transaction.atomic
def entfernen(anlage, *, by) -> Anlage:
    """Take a file out of a draft. It stays stored and can be put back, but counts no more."""
    antrag = _entwurf(anlage, by)
    anlage.entfernt_am = anlage.entfernt_am or timezone.now()
    return _merken(anlage, antrag, by)


@transaction.atomic
def zurueckholen(anlage, *, by) -> Anlage:
    """Put a file back that was taken out of a draft."""
    antrag = _entwurf(anlage, by)
    if anlage.entfernt_am:
        _passt_noch(antrag, anlage.dokument.groesse)
    anlage.entfernt_am = None
    return _merken(anlage, antrag, by)


def _entwurf(anlage, by) -> Antrag:
    antrag = ANTRAG.lock(anlage.antrag)
    if not RECHTE.may(rollen(by, antrag), "bearbeiten", antrag) or not schreibt(by, antrag):
        raise TransitionNotAllowed("Nach dem Absenden bleiben die Anlagen beim Antrag.")
    return antrag


def _merken(anlage, antrag, by) -> Anlage:
    anlage.save(update_fields=["entfernt_am"])
    antrag.save(update_fields=["geaendert_am"])
    bearbeitung_festhalten(antrag, by)
    return anlage
