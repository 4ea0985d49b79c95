"""What is a good file, and what is left of it."""

import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, ImageFile

from schulerfolg.datei import bilder
from schulerfolg.datei.annahme import pruefen
from schulerfolg.datei.arten import OLE
from tests.schulerfolg.datei.proben import (
    bild,
    foto_mit_ort,
    gepackt,
    mit_anhang,
    pdf,
    pixelflut,
    png_mit_text,
    verlauf_16_bit,
    verschluesselt,
)

NICHT_LESBAR = "Das können wir nicht lesen. Bitte laden Sie ein PDF oder ein Bild als JPEG oder PNG hoch."
BESCHAEDIGT = (
    "Diese Datei ist beschädigt oder unvollständig. Bitte speichern Sie sie neu, und versuchen Sie es noch einmal."
)
ZU_VIELE = "Das Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es auf höchstens 40 Millionen."
GIF = (
    "Ein GIF-Bild können wir nicht annehmen. "
    "Bitte speichern Sie es als JPEG oder PNG, und laden Sie es noch einmal hoch."
)
GIF_JS = b"GIF89a/*\x00\x00*/=1;alert(document.domain)//"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


# One case a line, to be read in columns.
@pytest.mark.parametrize(
    ("name", "inhalt", "satz"),
    [
        ("seite.pdf", b"<html><script>alert(1)</script></html>", NICHT_LESBAR),
        ("bild.svg", SVG, NICHT_LESBAR),
        ("bild.png", SVG, NICHT_LESBAR),
        ("bild.jpg", GIF_JS, GIF),
        ("text.pdf", pdf()[:-60], BESCHAEDIGT),
        ("text.pdf", b"%PDF-1.7\n<html></html>\nstartxref\n9\n%%EOF", BESCHAEDIGT),
        ("text.pdf", pdf() + b"<script>alert(1)</script>", BESCHAEDIGT),
        ("text.pdf", pdf().replace(b"/Root 1 0 R", b"/Rooo 1 0 R"), BESCHAEDIGT),
        ("rechnung.exe.pdf", b"MZ\x90\x00" + b"\x00" * 200, NICHT_LESBAR),
        ("leer.pdf", b"", "Die Datei ist leer. Bitte wählen Sie eine andere."),
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


# One case a line, to be read in columns.
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
        # A wrong name of a right kind is put right.
        ("foto.png", bild("JPEG"), "foto.jpg", "image/jpeg"),
        ("IMG_0001.JPG", bild("PNG"), "IMG_0001.png", "image/png"),
        ("foto.jpg", pdf(), "foto.pdf", "application/pdf"),
        ("rechnung", pdf(), "rechnung.pdf", "application/pdf"),
        ("Vertrag vom 12.5", pdf(), "Vertrag vom 12.5.pdf", "application/pdf"),
        ("rechnung.pdf.exe", pdf(), "rechnung.pdf.exe.pdf", "application/pdf"),
        (".pdf", pdf(), "Anlage.pdf", "application/pdf"),
        # What phones bring.
        ("IMG_0002.HEIC", bild("HEIF"), "IMG_0002.jpg", "image/jpeg"),
        ("IMG_0003.jpg", bild("HEIF"), "IMG_0003.jpg", "image/jpeg"),
        ("bild.webp", bild("WEBP"), "bild.jpg", "image/jpeg"),
        ("durchsichtig.webp", bild("WEBP", mode="RGBA"), "durchsichtig.png", "image/png"),
        ("../../etc/passwd.pdf", pdf(), "passwd.pdf", "application/pdf"),
        ("C:\\Users\\Kim\\Plan.pdf", pdf(), "Plan.pdf", "application/pdf"),
        ("Rechnung\u202efdp.exe.pdf", pdf(), "Rechnungfdp.exe.pdf", "application/pdf"),
        ('Plan\r\nSet-Cookie: a=b".pdf', pdf(), "PlanSet-Cookie_ a=b.pdf", "application/pdf"),
        ("...pdf", pdf(), "Anlage.pdf", "application/pdf"),
        # A name people know again.
        ("Müller & Söhne – 50 % (§ 75) #2.pdf", pdf(), "Müller & Söhne – 50 % (§ 75) #2.pdf", "application/pdf"),
        ("Bildschirmfoto um 9.05\u202fPM.png", bild("PNG"), "Bildschirmfoto um 9.05 PM.png", "image/png"),
        ("Wer\u00adbung.pdf", pdf(), "Werbung.pdf", "application/pdf"),
        ("Plan: Wer? Was* <neu> | alt.pdf", pdf(), "Plan_ Wer_ Was_ _neu_ _ alt.pdf", "application/pdf"),
        ("CON.pdf", pdf(), "CON_.pdf", "application/pdf"),
        ("com1.alt.pdf", pdf(), "com1.alt_.pdf", "application/pdf"),
        ("Contra.pdf", pdf(), "Contra.pdf", "application/pdf"),
        ("😀" * 80 + ".pdf", pdf(), "😀" * 50 + ".pdf", "application/pdf"),
        ("\u200b\u200b.pdf", pdf(), "Anlage.pdf", "application/pdf"),
        ("a" * 300 + ".pdf", pdf(), "a" * 120 + ".pdf", "application/pdf"),
    ],
    ids=lambda wert: wert[:20].encode("ascii", "replace").decode() if isinstance(wert, str) else "",
)  # fmt: skip
def test_a_good_file_gets_a_safe_name(name, inhalt, sicher, medientyp):
    datei = pruefen(name, inhalt)
    assert (datei.name, datei.medientyp) == (sicher, medientyp)


@pytest.mark.parametrize(
    "inhalt",
    [
        pdf(),
        pdf() + b"\0\0\0",
        pdf() + b"\x1a",
        pdf() + b"\r\n% scanned\r\n",
        pdf() + b"%%EOF\n",
        pdf().replace(b"startxref\n", b"startxref\n1"),
        b"\xef\xbb\xbf" + pdf(),
        b"\r\n" + pdf(),
        verschluesselt(owner="geheim"),
        pdf(katalog=b"/OpenAction [3 0 R /Fit]"),
        pdf(katalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >> /AcroForm << /Fields [] >>"),
        pdf(seite=b"/Annots [<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://a.example) >> >>]"),
    ],
    ids=lambda inhalt: repr(inhalt[-16:]),
)
def test_a_pdf_that_every_viewer_opens_stays_as_it_is(inhalt):
    assert pruefen("a.pdf", inhalt).inhalt == inhalt


DRUCKEN = (
    "Bitte öffnen Sie es, wählen Sie „Drucken“ und dort „Als PDF speichern“ oder „Microsoft Print to PDF“, "
    "und laden Sie die neue Datei hoch."
)
AKTIV = f"In diesem PDF stecken Programme oder angehängte Dateien; so geben wir es nicht weiter. {DRUCKEN}"
MAPPE = "Dieses PDF ist eine Mappe mit mehreren Dateien. Bitte laden Sie die Dateien daraus einzeln hoch."


# One case a line, to be read in columns.
@pytest.mark.parametrize(
    ("inhalt", "satz"),
    [
        (verschluesselt(user="geheim", owner="x"), f"Dieses PDF lässt sich nur mit einem Passwort öffnen. {DRUCKEN}"),
        (pdf(seiten=0), "Dieses PDF hat keine Seiten. Bitte speichern Sie es neu, und versuchen Sie es noch einmal."),
        (pdf(katalog=b"/AcroForm << /XFA [(a) 4 0 R] >>"), f"Dieses Formular zeigt nur der Adobe Reader an. {DRUCKEN}"),
        (pdf(katalog=b"/Collection << /Type /Collection >>"), MAPPE),
        (pdf(katalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), AKTIV),
        (pdf(katalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [<< /S /Launch /F (cmd.exe) >>] >>"), AKTIV),
        (pdf(katalog=b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS 4 0 R >>] >> >>"), AKTIV),
        (pdf(seite=b"/AA << /O << /S /#4aavaScript /#4aS (app.alert(1)) >> >>"), AKTIV),
        (pdf(seite=b"/Annots [<< /Subtype /Link /A << /S /SubmitForm /F (https://a.example) >> >>]"), AKTIV),
        (pdf(seite=b"/Annots [<< /Subtype /FileAttachment /FS << /F (a.exe) /EF << /F 4 0 R >> >> >>]"), AKTIV),
        (mit_anhang(), AKTIV),
    ],
)  # fmt: skip
def test_a_pdf_that_would_do_something_or_show_nothing_is_refused(inhalt, satz):
    with pytest.raises(ValidationError) as fehler:
        pruefen("a.pdf", inhalt)
    assert fehler.value.messages == [satz]


OFFICE = "wählen Sie „Datei“, dann „Speichern unter“ oder „Exportieren“ und dort „PDF“, und laden Sie das PDF hoch."


@pytest.mark.parametrize(
    ("inhalt", "beginn", "ende"),
    [
        (gepackt("[Content_Types].xml", "word/document.xml"), "Ein Word-Dokument", OFFICE),
        (gepackt("[Content_Types].xml", "xl/workbook.xml"), "Eine Excel-Tabelle", OFFICE),
        (gepackt("[Content_Types].xml", "ppt/slides.xml"), "Eine PowerPoint-Präsentation", OFFICE),
        (gepackt("mimetype", "content.xml"), "Ein Dokument aus LibreOffice", "und laden Sie das PDF hoch."),
        (
            gepackt("Index/Document.iwa"),
            "Ein Dokument aus Pages, Numbers oder Keynote",
            "„Exportieren“ und „PDF“, und laden Sie das PDF hoch.",
        ),
        (gepackt("a.pdf"), "Ein gepacktes Archiv", "laden Sie die Dateien einzeln hoch."),
        (OLE + "WordDocument".encode("utf-16-le"), "Ein Word-Dokument", OFFICE),
        (OLE + "Workbook".encode("utf-16-le"), "Eine Excel-Tabelle", OFFICE),
        (OLE + "__substg1.0_".encode("utf-16-le"), "Eine gespeicherte Mail", "Anhänge laden Sie bitte einzeln hoch."),
        (OLE, "Ein Office-Dokument", OFFICE),
        (b"{\\rtf1", "Ein Word-Dokument", OFFICE),
        (bild("TIFF"), "Ein TIFF-Bild", "Mehrere Seiten scannen Sie bitte als PDF."),
        (bild("BMP"), "Ein BMP-Bild", "und laden Sie es noch einmal hoch."),
        (bild("AVIF"), "Ein AVIF-Bild", "und laden Sie es noch einmal hoch."),
        (b"\0\0\0\x14ftypqt  ", "Ein Video", "als JPEG oder PNG hoch."),
    ],
)
def test_a_kind_that_is_not_taken_says_what_to_press(inhalt, beginn, ende):
    with pytest.raises(ValidationError) as fehler:
        pruefen("Vertrag.pdf", inhalt)
    (satz,) = fehler.value.messages
    assert satz.startswith(f"{beginn} können wir nicht annehmen. ")
    assert satz.endswith(ende)


def test_greys_of_16_bit_keep_their_shades():
    bild_neu = Image.open(io.BytesIO(pruefen("scan.png", verlauf_16_bit()).inhalt))
    assert (bild_neu.size, bild_neu.getextrema()) == ((64, 4), (0, 255))
    assert [bild_neu.getpixel((x, 0)) for x in (1, 31, 62)] == [4, 125, 251]
    assert len(bild_neu.getcolors()) == 64


def test_a_picture_that_lost_its_shades_is_refused_not_stored(monkeypatch):
    """Counter-test: converted as Pillow does it, what was dark grey would be stored white."""
    monkeypatch.setattr(bilder, "_mit_acht_bit", lambda bild: bild.point(lambda wert: wert + 256))
    with pytest.raises(ValidationError) as fehler:
        pruefen("scan.png", verlauf_16_bit())
    assert fehler.value.messages == [bilder.ANDERS]


def test_colours_are_those_of_its_profile():
    """Red and green are changed round in this one, so that nobody can overlook whether it was heeded."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    vertauscht = srgb.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"????", b"gXYZ", 1)

    def gespeichert(profil):
        neu = Image.open(io.BytesIO(pruefen("a.png", bild("PNG", farbe="red", icc_profile=profil)).inhalt))
        assert "icc_profile" not in neu.info
        return neu.getpixel((5, 5))

    assert gespeichert(srgb) == gespeichert(b"keines") == (255, 0, 0)
    assert gespeichert(vertauscht)[:2] == (0, 255)


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
