"""What is a good file: PDF, JPEG or PNG by content, not by name. Pure functions over bytes; knows no request.

Images are opened and written anew, so nothing but the picture remains: no place, no camera, no hidden second file.
"""

import io
import re
import struct
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
HOECHSTENS = 10 * MEGABYTE
HOECHSTENS_PUNKTE = 40_000_000
ENDUNGEN = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}
ZU_GROSS = "Die Datei ist größer als 10 MB. Bitte verkleinern Sie sie, oder teilen Sie sie auf."
EINE_ZU_GROSS = "Eine Datei ist größer als 10 MB. Bitte verkleinern Sie sie, und wählen Sie alle Dateien noch einmal."
FALSCHE_ART = "Das können wir nicht lesen. Bitte laden Sie ein PDF oder ein Bild als JPEG oder PNG hoch."
UNLESBAR = (
    "Diese Datei ist beschädigt oder unvollständig. Bitte speichern Sie sie neu, und versuchen Sie es noch einmal."
)
ZU_VIELE_PUNKTE = "Das Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es auf höchstens 40 Millionen."
FALSCHE_ENDUNG = "Der Name endet auf „.{}“, der Inhalt ist etwas anderes. Bitte speichern Sie die Datei neu."
NAME_LAENGE = 120


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
    stamm, _, endung = name.rpartition(".")
    if not stamm or endung.lower() not in ENDUNGEN:
        raise ValidationError(FALSCHE_ART)
    medientyp = _medientyp(inhalt)
    if medientyp != ENDUNGEN[endung.lower()]:
        raise ValidationError(FALSCHE_ENDUNG.format(endung.lower()))
    inhalt = _pdf(inhalt) if medientyp == "application/pdf" else _bild(inhalt)
    return Datei(sicherer_name(stamm, endung), medientyp, inhalt)


def sicherer_name(stamm: str, endung: str) -> str:
    """A name for a disk and a header: no paths, no control or direction characters, no dots in front."""
    stamm = unicodedata.normalize("NFC", stamm).replace("\\", "/").rpartition("/")[2]
    stamm = "".join(z for z in stamm if unicodedata.category(z)[0] not in "CZ" or z == " ")
    stamm = re.sub(r"[^\w .,()+-]", "_", stamm).strip(" ._")
    return f"{stamm[:NAME_LAENGE].strip() or 'Anlage'}.{endung.lower()}"


def _medientyp(inhalt: bytes) -> str:
    for anfang, medientyp in (
        (b"%PDF-", "application/pdf"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
    ):
        if inhalt.startswith(anfang):
            return medientyp
    raise ValidationError(FALSCHE_ART)


def _pdf(inhalt: bytes) -> bytes:
    """Unchanged, if the end leads to a table of contents that names a root."""
    ende = re.search(rb"startxref\s+([0-9]{1,10})\s+%%EOF\s*\Z", inhalt[-2048:])
    tabelle = inhalt[int(ende[1]) :] if ende else b""
    if not re.match(rb"%PDF-[12]\.[0-9]", inhalt) or not re.match(rb"\s*(xref|[0-9]+\s+[0-9]+\s+obj)\b", tabelle):
        raise ValidationError(UNLESBAR)
    if b"/Root" not in tabelle:
        raise ValidationError(UNLESBAR)
    return inhalt


def _bild(inhalt: bytes) -> bytes:
    """The picture alone, turned as the camera meant it, without anything that was stored beside it."""
    if not _ist_vollstaendig(inhalt):
        raise ValidationError(UNLESBAR)
    try:
        with Image.open(io.BytesIO(inhalt), formats=("JPEG", "PNG")) as bild:
            if bild.width * bild.height > HOECHSTENS_PUNKTE:
                raise ValidationError(ZU_VIELE_PUNKTE)
            art = "PNG" if bild.format == "PNG" else "JPEG"
            neu = _geschrieben(ImageOps.exif_transpose(bild), art)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(ZU_VIELE_PUNKTE) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error) as error:
        raise ValidationError(UNLESBAR) from error
    if len(neu) > HOECHSTENS:
        raise ValidationError(ZU_GROSS)
    return neu


def _ist_vollstaendig(inhalt: bytes) -> bool:
    """Whether the image has its end. Pillow's own answer depends on a switch that other libraries turn."""
    if inhalt.startswith(b"\x89PNG"):
        return b"IEND\xaeB\x60\x82" in inhalt
    stelle = 2
    while inhalt[stelle : stelle + 1] == b"\xff" and inhalt[stelle + 1 : stelle + 2] != b"\xda":
        stelle += 2 + int.from_bytes(inhalt[stelle + 2 : stelle + 4], "big")
    return b"\xff\xd9" in inhalt[stelle:]


def _geschrieben(bild, art: str) -> bytes:
    erlaubt = ("RGB", "L") if art == "JPEG" else ("RGB", "RGBA", "L", "LA", "P", "1")
    if bild.mode not in erlaubt:
        bild = bild.convert("RGB")
    durchsicht = bild.info.get("transparency")
    bild.info = {} if durchsicht is None else {"transparency": durchsicht}
    ziel = io.BytesIO()
    bild.save(ziel, art, **({"quality": 90} if art == "JPEG" else {}))
    return ziel.getvalue()
