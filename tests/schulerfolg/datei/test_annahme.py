"""What is a good file, and what is left of it."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageFile

from schulerfolg.datei.annahme import pruefen
from tests.schulerfolg.datei.proben import bild, foto_mit_ort, pdf, pixelflut, png_mit_text

NICHT_LESBAR = "Das können wir nicht lesen. Bitte laden Sie ein PDF oder ein Bild als JPEG oder PNG hoch."
BESCHAEDIGT = (
    "Diese Datei ist beschädigt oder unvollständig. Bitte speichern Sie sie neu, und versuchen Sie es noch einmal."
)
ZU_VIELE = "Das Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es auf höchstens 40 Millionen."
GIF_JS = b"GIF89a/*\x00\x00*/=1;alert(document.domain)//"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def anderer(endung):
    return f"Der Name endet auf „.{endung}“, der Inhalt ist etwas anderes. Bitte speichern Sie die Datei neu."


# One case a line, to be read in columns.
@pytest.mark.parametrize(
    ("name", "inhalt", "satz"),
    [
        ("seite.pdf", b"<html><script>alert(1)</script></html>", NICHT_LESBAR),
        ("bild.svg", SVG, NICHT_LESBAR),
        ("bild.png", SVG, NICHT_LESBAR),
        ("bild.gif", GIF_JS, NICHT_LESBAR),
        ("bild.jpg", GIF_JS, NICHT_LESBAR),
        ("text.pdf", pdf()[:-60], BESCHAEDIGT),
        ("text.pdf", b"%PDF-1.7\n<html></html>\nstartxref\n9\n%%EOF", BESCHAEDIGT),
        ("text.pdf", pdf() + b"<script>alert(1)</script>", BESCHAEDIGT),
        ("text.pdf", pdf().replace(b"/Root 1 0 R", b"/Rooo 1 0 R"), BESCHAEDIGT),
        ("rechnung.exe.pdf", b"MZ\x90\x00" + b"\x00" * 200, NICHT_LESBAR),
        ("rechnung.pdf.exe", pdf(), NICHT_LESBAR),
        ("rechnung", pdf(), NICHT_LESBAR),
        (".pdf", pdf(), NICHT_LESBAR),
        ("leer.pdf", b"", "Die Datei ist leer. Bitte wählen Sie eine andere."),
        ("foto.png", bild("JPEG"), anderer("png")),
        ("foto.jpg", pdf(), anderer("jpg")),
        ("foto.jpg", bild("JPEG")[:200], BESCHAEDIGT),
        ("bild.png", bild("PNG")[:60], BESCHAEDIGT),
        ("bild.png", b"\x89PNG\r\n\x1a\n" + SVG, BESCHAEDIGT),
        ("flut.png", pixelflut(), ZU_VIELE),
        (
            "gross.pdf",
            b"%PDF-1.7" + b"0" * (10 * 1024 * 1024),
            "Die Datei ist größer als 10 MB. Bitte verkleinern Sie sie, oder teilen Sie sie auf.",
        ),
    ],
    ids=lambda wert: wert if isinstance(wert, str) and "." in wert[-5:] else "",
)  # fmt: skip
def test_a_bad_file_is_refused_in_a_sentence(name, inhalt, satz):
    with pytest.raises(ValidationError) as fehler:
        pruefen(name, inhalt)
    assert fehler.value.messages == [satz]


@pytest.mark.parametrize(
    ("name", "inhalt", "sicher", "medientyp"),
    [
        ("Vertrag.pdf", pdf(), "Vertrag.pdf", "application/pdf"),
        ("Übersicht Größe.PDF", pdf(), "Übersicht Größe.pdf", "application/pdf"),
        ("U\u0308bersicht.pdf", pdf(), "Übersicht.pdf", "application/pdf"),
        ("foto.jpeg", bild("JPEG"), "foto.jpeg", "image/jpeg"),
        ("grau.jpg", bild("JPEG", mode="L"), "grau.jpg", "image/jpeg"),
        ("druck.jpg", bild("JPEG", mode="CMYK"), "druck.jpg", "image/jpeg"),
        ("bild.png", bild("PNG", mode="RGBA"), "bild.png", "image/png"),
        ("palette.png", bild("PNG", mode="P", transparency=0), "palette.png", "image/png"),
        ("strich.png", bild("PNG", mode="1"), "strich.png", "image/png"),
        ("../../etc/passwd.pdf", pdf(), "passwd.pdf", "application/pdf"),
        ("C:\\Users\\Kim\\Plan.pdf", pdf(), "Plan.pdf", "application/pdf"),
        ("Rechnung\u202efdp.exe.pdf", pdf(), "Rechnungfdp.exe.pdf", "application/pdf"),
        ('Plan\r\nSet-Cookie: a=b".pdf', pdf(), "PlanSet-Cookie_ a_b.pdf", "application/pdf"),
        ("...pdf", pdf(), "Anlage.pdf", "application/pdf"),
        ("\u200b\u200b.pdf", pdf(), "Anlage.pdf", "application/pdf"),
        ("a" * 300 + ".pdf", pdf(), "a" * 120 + ".pdf", "application/pdf"),
    ],
    ids=lambda wert: wert[:20].encode("ascii", "replace").decode() if isinstance(wert, str) else "",
)
def test_a_good_file_gets_a_safe_name(name, inhalt, sicher, medientyp):
    datei = pruefen(name, inhalt)
    assert (datei.name, datei.medientyp) == (sicher, medientyp)


def test_a_pdf_stays_as_it_is():
    assert pruefen("a.pdf", pdf()).inhalt == pdf()


def test_a_photograph_forgets_where_it_was_taken():
    vorher = Image.open(io.BytesIO(foto_mit_ort()))
    assert vorher.getexif()[0x010F] == "Kamera von Kim"
    inhalt = pruefen("foto.jpg", foto_mit_ort()).inhalt
    nachher = Image.open(io.BytesIO(inhalt))
    assert dict(nachher.getexif()) == {}
    assert "comment" not in nachher.info
    assert nachher.size == (40, 60)
    assert b"Kamera" not in inhalt
    assert b"geheim" not in inhalt


def test_an_image_forgets_its_texts_and_what_hangs_behind_it():
    inhalt = pruefen("bild.png", png_mit_text() + b"<script>alert(1)</script>").inhalt
    assert b"Kim" not in inhalt
    assert b"script" not in inhalt


@pytest.mark.parametrize(("name", "inhalt"), [("a.png", bild("PNG")[:-20]), ("a.jpg", foto_mit_ort()[:-200])])
def test_half_an_image_is_none_whatever_other_libraries_allow(monkeypatch, name, inhalt):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ValidationError) as fehler:
        pruefen(name, inhalt)
    assert fehler.value.messages == [BESCHAEDIGT]
