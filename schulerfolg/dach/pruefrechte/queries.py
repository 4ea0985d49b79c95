"""Every right to audit, of one office or of the whole Land, present and past."""

from django.utils import timezone

from netzwerkstellen.models import Mitarbeit
from schulerfolg.dach.pruefrechte.permissions import RECHTE
from schulerfolg.konten.models import Landesrolle
from schulerfolg.konten.permissions import Rolle, landesrollen

Pruefrecht = Landesrolle | Mitarbeit
MODELLE: dict[str, type[Pruefrecht]] = {"land": Landesrolle, "stelle": Mitarbeit}


def pruefrechte(by, art: str):
    """Those of one kind, for the coordination office; nobody else finds any."""
    if not RECHTE.may(landesrollen(by), "vergeben"):
        return MODELLE[art]._default_manager.none()
    zeilen = MODELLE[art]._default_manager.filter(rolle=Rolle.PRUEFUNG)
    return zeilen.select_related("person", *(["netzwerkstelle"] if art == "stelle" else []))


def alle(by) -> list[Pruefrecht]:
    """Both kinds, those that end last first; each row knows its `art` and `ort`, and whether it is over."""
    zeilen = [_mit_ort(zeile, art) for art in MODELLE for zeile in pruefrechte(by, art)]
    return sorted(zeilen, key=lambda zeile: (zeile.bis, zeile.pk), reverse=True)


def _mit_ort(zeile, art):
    zeile.art, zeile.ort, zeile.vorbei = art, ort_von(zeile), zeile.bis < timezone.localdate()
    return zeile


def ort_von(zeile: Pruefrecht) -> str:
    return zeile.netzwerkstelle.name if isinstance(zeile, Mitarbeit) else "ganzes Land"
