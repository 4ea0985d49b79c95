"""PDFs: what every viewer opens is taken as it is; what nobody could read, or what would act by itself, is not.

Refused ones are not kept anywhere. Whoever sent it reads how to make a PDF of it that only shows its pages.
"""

import io
import re

import pikepdf
from django.core.exceptions import ValidationError

UNLESBAR = (
    "Diese Datei ist beschädigt oder unvollständig. Bitte speichern Sie sie neu, und versuchen Sie es noch einmal."
)
NEU_DRUCKEN = (
    "Bitte öffnen Sie es, wählen Sie „Drucken“ und dort „Als PDF speichern“ oder „Microsoft Print to PDF“, "
    "und laden Sie die neue Datei hoch."
)
MIT_PASSWORT = f"Dieses PDF lässt sich nur mit einem Passwort öffnen. {NEU_DRUCKEN}"
OHNE_SEITEN = "Dieses PDF hat keine Seiten. Bitte speichern Sie es neu, und versuchen Sie es noch einmal."
SAMMLUNG = "Dieses PDF ist eine Mappe mit mehreren Dateien. Bitte laden Sie die Dateien daraus einzeln hoch."
NUR_ADOBE = f"Dieses Formular zeigt nur der Adobe Reader an. {NEU_DRUCKEN}"
AKTIV = f"In diesem PDF stecken Programme oder angehängte Dateien; so geben wir es nicht weiter. {NEU_DRUCKEN}"

ENDE = re.compile(rb"startxref\s+[0-9]{1,12}\s+%%EOF")
DANACH = re.compile(rb"(?:[\s\0\x1a]|%[^\r\n]*(?:[\r\n]|\Z))*")
"""What may stand behind the end and shows nowhere: blanks, NUL, Ctrl-Z, comments."""
TUT_ETWAS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/Sound",
    "/RichMediaExecute",
}
"""Kinds of actions that run, send or open something. A link and a jump to a page are none of them."""
TRAEGT_ETWAS = {"/JS", "/EF", "/EmbeddedFiles", "/RichMediaContent"}
"""Keys under which programs and files lie."""


def geprueft(inhalt: bytes) -> bytes:
    """The same bytes; ValidationError says what to do instead."""
    if not _hat_ein_ende(inhalt):
        raise ValidationError(UNLESBAR)
    try:
        with pikepdf.open(io.BytesIO(inhalt)) as pdf:
            if satz := _einwand(pdf):
                raise ValidationError(satz)
    except pikepdf.PasswordError as error:
        raise ValidationError(MIT_PASSWORT) from error
    except (pikepdf.PdfError, pikepdf.DependencyError, RuntimeError, ValueError, TypeError, RecursionError) as error:
        raise ValidationError(UNLESBAR) from error
    return inhalt


def _hat_ein_ende(inhalt) -> bool:
    """The last revision is whole: its end stands there, and behind it nothing that counts."""
    enden = list(ENDE.finditer(inhalt))
    return bool(enden) and DANACH.fullmatch(inhalt, enden[-1].end()) is not None


def _einwand(pdf) -> str:
    """What speaks against this PDF, as a sentence."""
    formular = pdf.Root.get("/AcroForm", {})
    if "/Collection" in pdf.Root:
        return SAMMLUNG
    if "/XFA" in formular:
        return NUR_ADOBE
    if len(pdf.pages) == 0:
        return OHNE_SEITEN
    return AKTIV if any(_ist_aktiv(teil) for teil in _teile(pdf)) else ""


def _ist_aktiv(teil) -> bool:
    return not TRAEGT_ETWAS.isdisjoint(teil.keys()) or str(teil.get("/S", "")) in TUT_ETWAS


def _teile(pdf):
    """Every dictionary of the file, those inside others too."""
    for objekt in pdf.objects:
        offen = [objekt]
        while offen:
            teil = offen.pop()
            if isinstance(teil, pikepdf.Dictionary | pikepdf.Stream):
                yield teil
                offen += [wert for _, wert in teil.items() if _gehoert_hinein(wert)]
            elif isinstance(teil, pikepdf.Array):
                offen += [wert for wert in teil if _gehoert_hinein(wert)]


def _gehoert_hinein(wert) -> bool:
    return isinstance(wert, pikepdf.Object) and not wert.is_indirect
