"""Written anew, a picture does not grow: literal sizes, as cameras, scanners and telephones bring them."""

import io
from random import Random

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from schulerfolg.datei.annahme import pruefen

BREITE, HOEHE = 2400, 1800


@pytest.fixture(scope="module")
def motiv():
    """Grain and soft shades, as a photograph has them."""
    korn = Image.frombytes("L", (BREITE, HOEHE), Random(7).randbytes(BREITE * HOEHE)).filter(
        ImageFilter.GaussianBlur(1)
    )
    verlauf = Image.linear_gradient("L").resize((BREITE, HOEHE))
    return Image.merge("RGB", (korn, Image.blend(korn, verlauf, 0.5), verlauf))


def gespeichert(bild, art, **wie) -> bytes:
    ziel = io.BytesIO()
    bild.save(ziel, art, **wie)
    return ziel.getvalue()


def lage(orientierung):
    exif = Image.Exif()
    exif[0x0112] = orientierung
    return exif


# How it came; how many kilobytes before and after. At a fixed quality of 90, as it once was, each JPEG would have 1450.
@pytest.mark.parametrize(
    ("art", "wie", "vorher", "nachher"),
    [
        ("JPEG", {"quality": 30}, 396, 351),
        ("JPEG", {"quality": 75}, 840, 817),
        ("JPEG", {"quality": 75, "progressive": True}, 797, 797),
        ("JPEG", {"quality": 75, "exif": lage(6)}, 840, 804),
        ("JPEG", {"quality": 80, "subsampling": 1}, 1118, 1089),
        ("JPEG", {"quality": 97, "subsampling": 0}, 4270, 4016),
        ("PNG", {"optimize": True}, 4913, 4913),
    ],
)
def test_a_picture_does_not_grow(motiv, art, wie, vorher, nachher):
    inhalt = gespeichert(motiv, art, **wie)
    neu = pruefen("foto", inhalt).inhalt
    assert (len(inhalt), len(neu)) == (pytest.approx(vorher * 1000, rel=0.05), pytest.approx(nachher * 1000, rel=0.05))
    assert len(neu) <= len(inhalt)


@pytest.mark.parametrize(("art", "guete", "nachher"), [("HEIF", 95, 1450), ("HEIF", 50, 1090), ("WEBP", 75, 780)])
def test_small_print_stays_legible_however_small_the_file_came(motiv, art, guete, nachher):
    """A picture from a telephone may be smaller than any JPEG of it: then the quality ends at 75, not at its size."""
    neu = pruefen("foto", gespeichert(motiv, art, quality=guete)).inhalt
    assert len(neu) == pytest.approx(nachher * 1000, rel=0.05)


def test_what_the_camera_left_is_not_lost_again(motiv):
    """Written with the camera's own tables, nearly every point is the same; with 75 afresh they would differ."""
    inhalt = gespeichert(motiv, "JPEG", quality=75)
    abstand = ImageChops.difference(Image.open(io.BytesIO(inhalt)), Image.open(io.BytesIO(pruefen("a", inhalt).inhalt)))
    assert max(ImageStat.Stat(abstand).mean) < 0.5
