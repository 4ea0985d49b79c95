"""The one way in: what is a good file, by its content and not by its name. Functions over bytes; knows no request.

A wrong name of a right kind is put right. What is refused is told in a sentence that says what to press.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from schulerfolg.datei import bilder, dokumente, schadprogramme
from schulerfolg.datei.arten import ABGELEHNT, ENDUNGEN, FALSCHE_ART, JPEG, PDF, PNG, art

MEGABYTE = 1024 * 1024
HOECHSTENS = 10 * MEGABYTE
ZU_GROSS = "Die Datei ist größer als 10 MB. Bitte verkleinern Sie sie, oder teilen Sie sie auf."
EINE_ZU_GROSS = "Eine Datei ist größer als 10 MB. Bitte verkleinern Sie sie, und wählen Sie sie noch einmal."
ENDUNG = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
NAME_LAENGE, NAME_BYTES = 120, 200
VERBOTEN = re.compile(r'[:*?"<>|]')
"""What no disk takes inside a name; what parts folders goes with the folder."""
GERAET = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for itself."""


@dataclass(frozen=True, slots=True)
class Datei:
    """A file that passed: its safe name, its media type and its bytes."""

    name: str
    medientyp: str
    inhalt: bytes


def pruefen(name: str, inhalt: bytes) -> Datei:
    """The file as it will be stored; ValidationError says what is wrong with it."""
    if not inhalt:
        raise ValidationError("Die Datei ist leer. Bitte wählen Sie eine andere.")
    if len(inhalt) > HOECHSTENS:
        raise ValidationError(ZU_GROSS)
    medientyp = art(inhalt)
    if medientyp not in ENDUNGEN.values():
        raise ValidationError(ABGELEHNT.get(medientyp, FALSCHE_ART))
    schadprogramme.durchsuchen(inhalt)
    if medientyp == PDF:
        inhalt = dokumente.geprueft(inhalt)
    else:
        inhalt, medientyp = bilder.neu_geschrieben(inhalt, medientyp)
    if len(inhalt) > HOECHSTENS:
        raise ValidationError(ZU_GROSS)
    return Datei(sicherer_name(name, medientyp), medientyp, inhalt)


def sicherer_name(name: str, medientyp: str) -> str:
    """A name people know again, for a disk and a header, with the ending of its kind.

    No folders, no characters that control something or turn the direction.
    """
    stamm, _, endung = name.rpartition(".")
    if endung.lower() not in ENDUNGEN:
        stamm, endung = name, ""
    if ENDUNGEN.get(endung.lower()) != medientyp:
        endung = ENDUNG[medientyp]
    stamm = unicodedata.normalize("NFC", stamm).replace("\\", "/").rpartition("/")[2]
    stamm = re.sub(r"[^\S\r\n\t\v\f]+", " ", stamm)
    stamm = "".join(z for z in stamm if z == " " or unicodedata.category(z)[0] not in "CZ")
    stamm = VERBOTEN.sub("_", stamm).strip(" ._")[:NAME_LAENGE]
    stamm = stamm.encode()[:NAME_BYTES].decode(errors="ignore").strip() or "Anlage"
    return f"{stamm}{'_' if GERAET.fullmatch(stamm) else ''}.{endung.lower()}"
