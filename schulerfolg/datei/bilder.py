"""Pictures: opened and written anew, so nothing but the picture remains: no place, no camera, no hidden second file.

What is written is compared with what was handed in. A picture that lost something on the way is refused, not stored.
It does not grow either: the first way of writing it counts that needs no more bytes than what came.
"""

import io
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pillow_heif
from django.core.exceptions import ValidationError
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat, JpegImagePlugin

from schulerfolg.datei.arten import JPEG, PNG, WEBP
from schulerfolg.datei.dokumente import UNLESBAR

HOECHSTENS_PUNKTE = 40_000_000
ZU_VIELE_PUNKTE = "Das Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es auf höchstens 40 Millionen."
ANDERS = (
    "Dieses Bild können wir nicht unverändert speichern. Bitte speichern Sie es in einem anderen Programm als JPEG "
    "oder PNG mit 8 Bit je Farbe, und laden Sie es noch einmal hoch."
)
BEWEGT = "Dieses Bild bewegt sich. Bitte speichern Sie ein einzelnes Bild daraus als JPEG oder PNG."
KAPUTT = (OSError, SyntaxError, ValueError, EOFError, IndexError, RuntimeError, struct.error)
ABWEICHUNG = 6
"""By how much of 255 the mean of a colour may change when a picture is written."""
SRGB = ImageCms.createProfile("sRGB")
pillow_heif.register_heif_opener(thumbnails=False)


def neu_geschrieben(inhalt: bytes, medientyp: str) -> tuple[bytes, str]:
    """The picture alone, turned as the camera meant it, as JPEG or PNG: bytes and media type."""
    if not _ist_vollstaendig(inhalt, medientyp):
        raise ValidationError(UNLESBAR)
    try:
        with Image.open(io.BytesIO(inhalt), formats=("JPEG", "PNG", "WEBP", "HEIF")) as bild:
            if bild.width * bild.height > HOECHSTENS_PUNKTE:
                raise ValidationError(ZU_VIELE_PUNKTE)
            if medientyp == WEBP and getattr(bild, "n_frames", 1) > 1:
                raise ValidationError(BEWEGT)
            ziel = PNG if medientyp == PNG or (medientyp == WEBP and bild.mode == "RGBA") else JPEG
            wege = list(_wege(bild, ziel))
            return _geschrieben(ImageOps.exif_transpose(bild), ziel, wege, len(inhalt)), ziel
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(ZU_VIELE_PUNKTE) from error
    except KAPUTT as error:
        raise ValidationError(UNLESBAR) from error


def _ist_vollstaendig(inhalt: bytes, medientyp: str) -> bool:
    """Whether the image has its end. Pillow's own answer depends on a switch that other libraries turn."""
    if medientyp == PNG:
        return b"IEND\xaeB\x60\x82" in inhalt
    if medientyp == WEBP:
        return len(inhalt) >= 8 + int.from_bytes(inhalt[4:8], "little")
    if medientyp != JPEG:
        return True  # libheif refuses by itself what is not whole
    stelle = 2
    while inhalt[stelle : stelle + 1] == b"\xff" and inhalt[stelle + 1 : stelle + 2] != b"\xda":
        stelle += 2 + int.from_bytes(inhalt[stelle + 2 : stelle + 4], "big")
    return b"\xff\xd9" in inhalt[stelle:]


def _wege(bild, ziel) -> Iterator[dict]:
    """How this picture may be written, the best way first; in none of them small print suffers."""
    if ziel == PNG:
        yield from ({}, {"optimize": True})
        return
    wie: dict[str, Any] = {"optimize": True}
    if isinstance(bild, JpegImagePlugin.JpegImageFile):
        wie |= {"progressive": bool(bild.info.get("progressive"))}
        if (abtastung := JpegImagePlugin.get_sampling(bild)) >= 0:
            wie |= {"subsampling": abtastung}
        if bild.mode in ("RGB", "L"):
            yield wie | {"qtables": bild.quantization}  # as the camera wrote it: what was lost once is not lost again
    yield from (wie | {"quality": guete} for guete in (90, 85, 80, 75))


def _geschrieben(vorher, medientyp: str, wege, hoechstens: int) -> bytes:
    bild = _in_srgb(_mit_acht_bit(vorher))
    if bild.mode not in (("RGB", "L") if medientyp == JPEG else ("RGB", "RGBA", "L", "LA", "P", "1")):
        bild = bild.convert("RGB")
    durchsicht = bild.info.get("transparency") if bild.mode == vorher.mode else None
    bild.info = {} if durchsicht is None else {"transparency": durchsicht}
    passend = []
    for neu in _versuche(bild, "JPEG" if medientyp == JPEG else "PNG", wege):
        with Image.open(io.BytesIO(neu)) as nachher:
            if _zeigt_dasselbe(vorher, bild, nachher):
                passend.append(neu)
                if len(neu) <= hoechstens:
                    return neu
    if not passend:
        raise ValidationError(ANDERS)
    return min(passend, key=len)


def _versuche(bild, art, wege) -> Iterator[bytes]:
    for wie in wege:
        ziel = io.BytesIO()
        with suppress(ValueError, TypeError):  # tables of twelve bits, which a JPEG may have and nobody writes
            bild.save(ziel, art, **wie)
            yield ziel.getvalue()


def _mit_acht_bit(bild):
    """Greys of 16 bit scaled down to 8; Pillow's own conversion cuts them off, and what was grey is white."""
    if not bild.mode.startswith(("I", "F")):
        return bild
    unten, oben = bild.getextrema()
    if unten < 0 or oben > 0xFFFF:
        raise ValidationError(ANDERS)
    return bild.convert("F").point(lambda wert: wert / 257 + 0.5).convert("L")


def _in_srgb(bild):
    """Its colours as every screen shows them, where it brings a profile of its own; one nobody can read is dropped."""
    profil = bild.info.get("icc_profile")
    if not profil or bild.mode not in ("RGB", "RGBA", "CMYK"):
        return bild
    ausgabe = "RGBA" if bild.mode == "RGBA" else "RGB"
    try:
        return ImageCms.profileToProfile(bild, ImageCms.ImageCmsProfile(io.BytesIO(profil)), SRGB, outputMode=ausgabe)
    except (ImageCms.PyCMSError, OSError):
        return bild


def _zeigt_dasselbe(vorher, bild, nachher) -> bool:
    """Size, histogram and the picture in small agree with what was to be written; and no shades were lost before it."""
    if nachher.size != vorher.size:
        return False
    soll, ist = bild.convert("RGB"), nachher.convert("RGB")
    abstand = ImageStat.Stat(ImageChops.difference(soll, ist)).mean
    hatte_etwas = any(unten != oben for unten, oben in _grenzen(vorher))
    hat_etwas = any(unten != oben for unten, oben in soll.getextrema())
    return max(abstand) <= ABWEICHUNG and (hat_etwas or not hatte_etwas)


def _grenzen(bild):
    grenzen = bild.getextrema()
    return grenzen if isinstance(grenzen[0], tuple) else (grenzen,)
