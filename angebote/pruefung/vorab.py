"""Good files of answers that could not be sent yet: kept for whoever chose them, until they are sent or nobody asks."""

import hashlib
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from angebote.anlage.services import HOECHSTENS_DATEIEN
from angebote.korrektur import services as korrektur
from angebote.pruefung.models import Nachforderung, Vorabdatei
from schulerfolg.akte.models import Dokument
from schulerfolg.datei.annahme import Datei


@transaction.atomic
def merken(nachforderung, dateien: Sequence[Datei], *, by) -> list[Vorabdatei]:
    """Keep these, each once, and return their rows; nothing where nobody asks any more."""
    offen = Nachforderung.objects.select_for_update().filter(pk=nachforderung.pk, beantwortet_am=None).first()
    wartend = {(v.dokument.name, v.dokument.sha256): v for v in wartende(nachforderung, by)}
    gemerkt = []
    for datei in dateien:
        zeichen = (datei.name, hashlib.sha256(datei.inhalt).hexdigest())
        if offen and zeichen not in wartend and len(wartend) < HOECHSTENS_DATEIEN:
            inhalt = {"name": datei.name, "medientyp": datei.medientyp, "inhalt": datei.inhalt}
            dokument = Dokument.objects.create(art="vorab", **inhalt)
            wartend[zeichen] = Vorabdatei.objects.create(nachforderung=offen, dokument=dokument, durch=by)
        gemerkt += [wartend[zeichen]] if zeichen in wartend else []
    return gemerkt


def wartende(nachforderung, person):
    """The files this person has waiting here, without their bytes."""
    return nachforderung.vorabdateien.filter(durch=person).select_related("dokument").defer("dokument__inhalt")


def gemerkte(antrag, schluessel: Collection[int], *, by) -> list[Datei]:
    """Of these files those with these keys, as they were checked and stored."""
    eigene = Vorabdatei.objects.filter(nachforderung__antrag=antrag, durch=by, pk__in=schluessel)
    dokumente = [zeile.dokument for zeile in eigene.select_related("dokument")]
    return [Datei(d.name, d.medientyp, bytes(d.inhalt)) for d in dokumente]


def abschliessen(antrag) -> None:
    """Nothing is asked any more on this case: no day is due, and what waits goes, bytes and all."""
    antrag.nachforderungen.filter(beantwortet_am=None).update(beantwortet_am=timezone.now())
    zeilen = Vorabdatei.objects.filter(nachforderung__antrag=antrag)
    dokumente = list(zeilen.values_list("dokument", flat=True))
    zeilen.delete()
    Dokument.objects.filter(pk__in=dokumente).delete()
    korrektur.verwerfen(antrag)
