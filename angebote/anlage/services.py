"""Files that belong to an Antrag: added and taken out while it is a draft, added with answers later."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from angebote.anlage.models import Anlage
from angebote.antrag.machine import ANTRAG
from angebote.antrag.models import Antrag
from angebote.antrag.permissions import RECHTE, rollen
from angebote.antrag.services import abschnitt_speichern
from schulerfolg.ablauf.tabelle import TransitionNotAllowed
from schulerfolg.akte.models import Dokument
from schulerfolg.datei.annahme import MEGABYTE, Datei

HOECHSTENS_DATEIEN = 20
HOECHSTENS_ZUSAMMEN = 50 * MEGABYTE


@transaction.atomic
def erklaeren(antrag, *, by, version, felder, art="", datei: Datei | None = None) -> Antrag:
    """Save the declarations and, if one was sent along, add the file: both or nothing."""
    antrag = abschnitt_speichern(antrag, by=by, version=version, felder=felder)
    if datei:
        hinzufuegen(antrag, art, datei, by=by)
    return antrag


def hinzufuegen(antrag, art, datei: Datei, *, by, **wozu) -> Anlage:
    """Keep one more file of the locked Antrag. Raises ValidationError when there are too many or too much."""
    da = Dokument.objects.filter(pk__in=antrag.anlagen.geltend().values("dokument"))
    if da.count() >= HOECHSTENS_DATEIEN:
        raise ValidationError({"datei": f"Ein Antrag hat höchstens {HOECHSTENS_DATEIEN} Anlagen."})
    if (da.aggregate(summe=Sum("groesse"))["summe"] or 0) + len(datei.inhalt) > HOECHSTENS_ZUSAMMEN:
        raise ValidationError({"datei": "Alle Anlagen zusammen haben höchstens 50 MB. Bitte verkleinern Sie Dateien."})
    dokument = Dokument.objects.create(art="anlage", name=datei.name, medientyp=datei.medientyp, inhalt=datei.inhalt)
    return Anlage.objects.create(antrag=antrag, art=art, dokument=dokument, hochgeladen_durch=by, **wozu)


@transaction.atomic
def entfernen(anlage, *, by) -> Anlage:
    """Take a file out of a draft. It stays stored, but counts and shows no more."""
    antrag = ANTRAG.lock(anlage.antrag)
    if not RECHTE.may(rollen(by, antrag), "bearbeiten", antrag):
        raise TransitionNotAllowed("Nach dem Absenden bleiben die Anlagen beim Antrag.")
    anlage.entfernt_am = anlage.entfernt_am or timezone.now()
    anlage.save(update_fields=["entfernt_am"])
    return anlage
