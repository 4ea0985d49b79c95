"""The corpus: thirty files that must not get in and fifteen that must, each with what becomes of it, written out."""

import io
import zipfile

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from schulerfolg.datei.annahme import pruefen
from schulerfolg.datei.arten import OLE
from tests.clamd import SCHADPROGRAMM
from tests.schulerfolg.datei.proben import (
    bild,
    foto_mit_ort,
    gepackt,
    mit_anhang,
    pdf,
    pixelflut,
    verlauf_16_bit,
    verschluesselt,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
WORD = ("[Content_Types].xml", "word/document.xml")


def als_zip(inhalt: dict[str, bytes], davor=b"", **wie) -> bytes:
    ziel = io.BytesIO(davor)
    ziel.seek(0, io.SEEK_END)
    with zipfile.ZipFile(ziel, "a", zipfile.ZIP_DEFLATED, **wie) as archiv:
        for name, text in inhalt.items():
            archiv.writestr(name, text)
    return ziel.getvalue()


def verknuepfung() -> bytes:
    """A packed link to a file outside."""
    eintrag = zipfile.ZipInfo("word/document.xml")
    eintrag.external_attr = 0o120777 << 16
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w") as archiv:
        archiv.writestr("[Content_Types].xml", "x")
        archiv.writestr(eintrag, "/etc/passwd")
    return ziel.getvalue()


def seiten(**wie) -> bytes:
    """What a scanner or an office program writes: pages with streams, saved by a real library."""
    ziel = io.BytesIO()
    with pikepdf.new() as neu:
        for _ in range(3):
            neu.add_blank_page(page_size=(595, 842))
        neu.save(ziel, **wie)
    return ziel.getvalue()


# One file a line, to be read in columns: what it is, its name, its bytes, the beginning of the answer.
SCHLECHT = [
    ("a page as PDF", "a.pdf", b"<html><script>alert(1)</script>", "Das können wir nicht lesen."),
    ("SVG that runs", "a.svg", SVG, "Das können wir nicht lesen."),
    ("SVG as PNG", "a.png", SVG, "Das können wir nicht lesen."),
    ("GIF that is a script", "a.gif", b"GIF89a/*\0\0*/=1;alert(1)//", "Ein GIF-Bild können wir nicht annehmen."),
    ("PDF that is an archive", "a.pdf", als_zip({"a.html": SVG}, davor=pdf()), "Diese Datei ist beschädigt oder"),
    ("PDF with a script", "a.pdf", pdf(katalog=b"/OpenAction << /S /JavaScript /JS (x) >>"), "In diesem PDF stecken"),
    ("PDF that starts a thing", "a.pdf", pdf(katalog=b"/OpenAction << /S /Launch /F (a) >>"), "In diesem PDF stecken"),
    ("PDF that carries a file", "a.pdf", mit_anhang(), "In diesem PDF stecken"),
    ("half a PDF", "a.pdf", pdf()[:-60], "Diese Datei ist beschädigt oder unvollständig."),
    ("PDF with a password", "a.pdf", verschluesselt(user="x", owner="y"), "Dieses PDF lässt sich nur mit"),
    ("Word that unfolds", "a.docx", als_zip({WORD[0]: b"", "word/a": bytes(9_000_000)}), "Ein Word-Dokument"),
    ("archive in an archive", "a.zip", als_zip({"a.zip": gepackt("b")}), "Ein gepacktes Archiv"),
    ("archive of thousands", "a.zip", gepackt(*(str(n) for n in range(20_000))), "Ein gepacktes Archiv"),
    ("packed link outside", "a.docx", verknuepfung(), "Ein Word-Dokument"),
    ("packed way outside", "a.docx", gepackt(*WORD, "../../etc/x"), "Ein Word-Dokument"),
    ("Word with macros", "a.docx", gepackt(*WORD, "word/vbaProject.bin"), "Ein Word-Dokument"),
    ("Excel with macros", "a.xlsm", gepackt("[Content_Types].xml", "xl/vbaProject.bin"), "Eine Excel-Tabelle"),
    ("Word that fetches", "a.docx", gepackt(*WORD, "word/_rels/settings.xml.rels"), "Ein Word-Dokument"),
    ("Word with entities", "a.docx", als_zip({WORD[0]: b"<!DOCTYPE x SYSTEM 'a'>", WORD[1]: b""}), "Ein Word-Dokument"),
    ("program as PDF", "a.pdf", b"MZ\x90\0" + bytes(200), "Das können wir nicht lesen."),
    ("program with two endings", "Rechnung.pdf.exe", b"MZ\x90\0" + bytes(200), "Das können wir nicht lesen."),
    ("old Word", "a.doc", OLE + "WordDocument".encode("utf-16-le"), "Ein Word-Dokument"),
    ("nothing", "a.pdf", b"", "Die Datei ist leer."),
    ("harmful", "a.pdf", pdf(SCHADPROGRAMM), "In dieser Datei steckt ein Schadprogramm."),
    ("harmful behind a picture", "a.jpg", bild("JPEG") + SCHADPROGRAMM, "In dieser Datei steckt ein Schadprogramm."),
    ("flood of points", "a.png", pixelflut(), "Das Bild hat zu viele Bildpunkte."),
    ("TIFF", "a.tiff", bild("TIFF"), "Ein TIFF-Bild können wir nicht annehmen."),
    ("half a photograph", "a.jpg", foto_mit_ort()[:-200], "Diese Datei ist beschädigt oder unvollständig."),
    ("no pages", "a.pdf", pdf(seiten=0), "Dieses PDF hat keine Seiten."),
    ("too large", "a.pdf", pdf(bytes(10 * 1024 * 1024)), "Die Datei ist größer als 10 MB."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "inhalt", "beginn"), [fall[1:] for fall in SCHLECHT], ids=[f[0] for f in SCHLECHT])
def test_it_does_not_get_in(clamd, name, inhalt, beginn):
    with pytest.raises(ValidationError) as fehler:
        pruefen(name, inhalt)
    (satz,) = fehler.value.messages
    assert satz.startswith(beginn)


# One file a line: what it is, the name it came with, its bytes, the name it is kept under.
GUT = [
    ("scan", "Scan 2026-11-03.pdf", seiten(), "Scan 2026-11-03.pdf"),
    ("compressed objects", "a.pdf", seiten(object_stream_mode=pikepdf.ObjectStreamMode.generate), "a.pdf"),
    ("for the web", "a.pdf", seiten(linearize=True), "a.pdf"),
    ("only printing limited", "a.pdf", verschluesselt(owner="x"), "a.pdf"),
    ("NUL bytes at the end", "a.pdf", pdf() + bytes(512), "a.pdf"),
    ("a mark before it", "a.pdf", b"\xef\xbb\xbf" + pdf(), "a.pdf"),
    ("no margins, a link", "a.pdf", pdf(seite=b"/CropBox [0 0 595 842]"), "a.pdf"),
    ("9.9 MB", "a.pdf", pdf(bytes(9_900_000)), "a.pdf"),
    ("photograph", "IMG_0001.JPG", foto_mit_ort(), "IMG_0001.jpg"),
    ("photograph of an iPhone", "IMG_0002.HEIC", bild("HEIF"), "IMG_0002.jpg"),
    ("screenshot", "Bildschirmfoto.png", bild("PNG", mode="RGBA"), "Bildschirmfoto.png"),
    ("scan of 16 bit", "scan.png", verlauf_16_bit(), "scan.png"),
    ("umlauts, taken apart", "U\u0308bersicht Gro\u0308ße.pdf", pdf(), "Übersicht Größe.pdf"),
    ("soft hyphen, and", "Koope\u00adration & Plan.pdf", pdf(), "Kooperation & Plan.pdf"),
    ("wrong ending", "Vertrag.docx", pdf(), "Vertrag.docx.pdf"),
]  # fmt: skip
# Names that want something: what came, what is kept.
NAMEN = [
    ("x.pdf\0.html", "x.pdf.html.pdf"),
    ("../../etc/x", "x.pdf"),
    ("..\\..\\boot.ini", "boot.ini.pdf"),
    ("CON.pdf", "CON_.pdf"),
    ("a" * 300 + ".pdf", "a" * 120 + ".pdf"),
    ("Rechnung\u202efdp.exe", "Rechnungfdp.exe.pdf"),
    ("Plan\nSet-Cookie: a.pdf", "PlanSet-Cookie_ a.pdf"),
    (" .pdf", "Anlage.pdf"),
]


@pytest.mark.parametrize(("name", "inhalt", "kommt_als"), [fall[1:] for fall in GUT], ids=[fall[0] for fall in GUT])
def test_it_gets_in(clamd, name, inhalt, kommt_als):
    datei = pruefen(name, inhalt)
    assert datei.name == kommt_als
    if datei.medientyp == "application/pdf":
        assert datei.inhalt == inhalt
    else:
        assert (
            Image.open(io.BytesIO(datei.inhalt)).size
            == Image.open(io.BytesIO(inhalt)).size[:: -1 if b"Exif" in inhalt else 1]
        )


@pytest.mark.parametrize(("name", "kommt_als"), NAMEN, ids=[kommt_als[:20] for _, kommt_als in NAMEN])
def test_a_name_that_wants_something_gets_nothing(name, kommt_als):
    assert pruefen(name, pdf()).name == kommt_als


def test_thirty_and_fifteen():
    assert (len(SCHLECHT), len(GUT)) == (30, 15)
