"""What kind of file this is, told by its bytes; for each kind that is not taken, the sentence that says what to do."""

import io
import zipfile

PDF, JPEG, PNG, HEIC, WEBP = "application/pdf", "image/jpeg", "image/png", "image/heic", "image/webp"
ENDUNGEN = {
    "pdf": PDF,
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": PNG,
    "heic": HEIC,
    "heif": HEIC,
    "webp": WEBP,
}
"""Endings of the kinds that are taken. Which kind it is, its content alone says."""
FALSCHE_ART = "Das können wir nicht lesen. Bitte laden Sie ein PDF oder ein Bild als JPEG oder PNG hoch."
ALS_PDF = "Bitte öffnen Sie die Datei, wählen Sie {}, und laden Sie das PDF hoch."
OFFICE = "„Datei“, dann „Speichern unter“ oder „Exportieren“ und dort „PDF“"
APPLE = "„Ablage“ (auf dem iPad die drei Punkte), dann „Exportieren“ und „PDF“"
ALS_JPEG = "Bitte speichern Sie es als JPEG oder PNG, und laden Sie es noch einmal hoch."
ABGELEHNT = {
    "word": f"Ein Word-Dokument können wir nicht annehmen. {ALS_PDF.format(OFFICE)}",
    "excel": f"Eine Excel-Tabelle können wir nicht annehmen. {ALS_PDF.format(OFFICE)}",
    "powerpoint": f"Eine PowerPoint-Präsentation können wir nicht annehmen. {ALS_PDF.format(OFFICE)}",
    "office": f"Ein Office-Dokument können wir nicht annehmen. {ALS_PDF.format(OFFICE)}",
    "opendocument": "Ein Dokument aus LibreOffice können wir nicht annehmen. "
    + ALS_PDF.format("„Datei“, dann „Exportieren als“ und „Als PDF exportieren“"),
    "apple": f"Ein Dokument aus Pages, Numbers oder Keynote können wir nicht annehmen. {ALS_PDF.format(APPLE)}",
    "outlook": "Eine gespeicherte Mail können wir nicht annehmen. Bitte öffnen Sie sie, wählen Sie „Drucken“ und dort "
    "„Als PDF speichern“ oder „Microsoft Print to PDF“, und laden Sie das PDF hoch. "
    "Anhänge laden Sie bitte einzeln hoch.",
    "zip": "Ein gepacktes Archiv können wir nicht annehmen. "
    "Bitte entpacken Sie es, und laden Sie die Dateien einzeln hoch.",
    "tiff": f"Ein TIFF-Bild können wir nicht annehmen. {ALS_JPEG} Mehrere Seiten scannen Sie bitte als PDF.",
    "gif": f"Ein GIF-Bild können wir nicht annehmen. {ALS_JPEG}",
    "bmp": f"Ein BMP-Bild können wir nicht annehmen. {ALS_JPEG}",
    "avif": f"Ein AVIF-Bild können wir nicht annehmen. {ALS_JPEG}",
    "video": "Ein Video können wir nicht annehmen. Bitte laden Sie ein PDF oder ein Bild als JPEG oder PNG hoch.",
}
ANFAENGE = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"{\\rtf", "word"),
)
MARKEN = {b"avif": "avif", b"avis": "avif"}
HEIC_MARKEN = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
"""Brands of a HEIF container with a picture in it."""
OFFICE_ORDNER = {"word/": "word", "xl/": "excel", "ppt/": "powerpoint"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_STROEME = {"WordDocument": "word", "Workbook": "excel", "PowerPoint": "powerpoint", "__substg1.0_": "outlook"}
VOR_DEM_PDF = b"\xef\xbb\xbf \t\r\n\f\0"


def art(inhalt: bytes) -> str:
    """The media type of a kind that is taken, a key of `ABGELEHNT`, or nothing where nobody can tell."""
    if inhalt[:1024].lstrip(VOR_DEM_PDF).startswith(b"%PDF-"):
        return PDF
    for anfang, wort in ANFAENGE:
        if inhalt.startswith(anfang):
            return wort
    if inhalt.startswith(b"RIFF") and inhalt[8:12] == b"WEBP":
        return WEBP
    if inhalt[4:8] == b"ftyp":
        return HEIC if inhalt[8:12] in HEIC_MARKEN else MARKEN.get(inhalt[8:12], "video")
    if inhalt.startswith(b"PK\x03\x04"):
        return _gepackt(inhalt)
    if inhalt.startswith(OLE):
        return next((wort for strom, wort in OLE_STROEME.items() if strom.encode("utf-16-le") in inhalt), "office")
    return ""


def _gepackt(inhalt) -> str:
    """Which program packed this: its folders say so; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            namen = archiv.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError):
        return "zip"
    for ordner, wort in OFFICE_ORDNER.items():
        if "[Content_Types].xml" in namen and any(name.startswith(ordner) for name in namen):
            return wort
    if "mimetype" in namen and "content.xml" in namen:
        return "opendocument"
    return "apple" if any(name.startswith("Index/") or name == "Index.zip" for name in namen) else "zip"
