"""A machine without Pango: the pages say what is missing, the jobs wait, and nothing is lost."""

import io
import logging
import os
import re
import subprocess
import sys
from datetime import timedelta

import pikepdf
import pytest
from django.conf import settings
from django.utils import timezone

from angebote.antrag.models_akte import Schriftstueck
from schulerfolg import pdf
from schulerfolg.akte.models import Auftrag
from schulerfolg.akte.services import do_jobs
from tests.factories_antrag import make_antrag_in
from tests.factories_gremium import make_saal, make_sitzung_in
from tests.schulerfolg.dach.berichte.test_views import make_veroeffentlicht

ZEILE = "sudo apt-get install -y <span>libfehlt-1.0-0</span>"


@pytest.fixture
def ohne_paket(monkeypatch):
    """A library that is really not there."""
    monkeypatch.setitem(pdf.PAKETE, "libfehlt-1.0.so.0", "libfehlt-1.0-0")
    return monkeypatch


def text(antwort) -> str:
    return " ".join(antwort.text.split())


def test_a_machine_without_pango_names_both_packages(tmp_path):
    """The loader finds this broken library before the good one, for Pango itself and for what needs it."""
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"kaputt")
    ergebnis = subprocess.run(
        [sys.executable, "-c", "from schulerfolg import pdf; print(pdf.fehlende_pakete())"],
        env=os.environ | {"LD_LIBRARY_PATH": str(tmp_path)},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ergebnis.stdout == "['libpango-1.0-0', 'libpangoft2-1.0-0']\n"


def test_this_machine_lacks_nothing():
    assert pdf.fehlende_pakete() == []


def test_the_job_waits_without_counting_and_is_done_once_the_package_is_there(cast, ohne_paket):
    make_antrag_in("eingereicht", cast)
    for _ in range(9):
        Auftrag.objects.update(faellig_am=timezone.now() - timedelta(seconds=1))
        assert do_jobs() == 0
    auftrag = Auftrag.objects.get()
    assert auftrag.letzter_fehler == "Auf diesem Server fehlt für PDF-Dateien: libfehlt-1.0-0."
    assert (auftrag.versuche, auftrag.aufgegeben_am) == (0, None)
    assert timezone.now() < auftrag.faellig_am < timezone.now() + timedelta(minutes=2)

    ohne_paket.undo()
    Auftrag.objects.update(faellig_am=timezone.now() - timedelta(seconds=1))
    assert do_jobs() == 1
    assert Schriftstueck.objects.get().titel == "Antrag"


def test_the_page_of_a_case_says_what_is_missing(cast, als, ohne_paket):
    antrag = make_antrag_in("eingereicht", cast)
    seite = text(als(cast.lehrkraft).get(antrag.get_absolute_url()))
    assert "Der Antrag als PDF kann auf diesem Server noch nicht erstellt werden. Dafür fehlt: libfehlt-1.0-0." in seite
    assert ZEILE in seite
    ohne_paket.undo()
    seite = text(als(cast.lehrkraft).get(antrag.get_absolute_url()))
    assert "Der Antrag als PDF entsteht gerade. Bitte laden Sie die Seite in einer Minute neu." in seite
    do_jobs()
    assert "entsteht gerade" not in text(als(cast.lehrkraft).get(antrag.get_absolute_url()))


@pytest.mark.parametrize(("status", "was"), [("eingeladen", "Die Einladung"), ("beendet", "Die Niederschrift")])
def test_the_page_of_a_meeting_says_what_is_missing(cast, als, ohne_paket, status, was):
    saal = make_saal(cast)
    sitzung = make_sitzung_in(status, cast, saal)
    seite = text(als(saal.vorsitz.person).get(sitzung.get_absolute_url()))
    assert f"{was} kann auf diesem Server noch nicht erstellt werden. Dafür fehlt: libfehlt-1.0-0." in seite
    assert ZEILE in seite
    ohne_paket.undo()
    assert f"{was} entsteht gerade." in text(als(saal.vorsitz.person).get(sitzung.get_absolute_url()))


def test_the_pages_of_a_report_say_what_is_missing(cast, als, client, ohne_paket):
    bericht = make_veroeffentlicht(cast)
    for antwort in (client.get(bericht.get_absolute_url()), als(cast.koordination).get(bericht.arbeitsadresse)):
        assert "Der Bericht als PDF kann auf diesem Server noch nicht erstellt werden" in text(antwort)
        assert ZEILE in text(antwort)


SEITE = (
    '<!doctype html><html lang="de"><head><title>Probe</title>'
    '<link rel="stylesheet" href="static:///css/pdf.css"></head><body><h1>{0}</h1><p>{0}</p></body></html>'
)
FREMD = "北京 العربية שלום Привет Ωμέγα Tiếng Việt Łódź ☺ ✓ → € № ½ CO₂ ﬁ ≤ ☎ 😀 हिन्दी ไทย x\u0301 2.\u20113."


@pytest.fixture
def schriften():
    """In this process: what the renderer's own does before its first document."""
    pdf._vorbereiten(pdf._ordner())
    yield
    pdf.ZEICHEN.clear()


def gemacht(text, caplog):
    """The fonts of such a document, without their marks of a subset; what the renderer says of missing signs."""
    with caplog.at_level(logging.WARNING, "weasyprint"):
        inhalt = pdf._pdf(SEITE.format(text), pdf._ordner())
    with pikepdf.open(io.BytesIO(inhalt)) as datei:
        schriften = [font for seite in datei.pages for font in seite.Resources["/Font"].values()]
        familien = {str(font.BaseFont).partition("+")[2] for font in schriften}
    return familien, [meldung for meldung in caplog.messages if ".notdef" in meldung]


def test_no_document_has_a_sign_that_no_font_has(schriften, caplog):
    """Nor one from a font that this machine happens to have."""
    familien, leer = gemacht(FREMD, caplog)
    assert leer == []
    assert {name for name in familien if not name.startswith(("Fira-Sans", "Noto-Sans"))} == set()
    assert any(name.startswith("Noto-Sans-Arabic") for name in familien)


def test_counter_test_without_it_there_are_boxes_or_the_machine_s_own_fonts(schriften, caplog):
    pdf.ZEICHEN.clear()
    familien, leer = gemacht(FREMD, caplog)
    assert any("北" in meldung for meldung in leer) or any(not name.startswith(("Fira", "Noto")) for name in familien)


def test_what_can_not_be_printed_has_a_mark(schriften):
    assert pdf.druckbar("<p>Verein 北京 e. V., ﬁnanziert: CO₂ 😀😀</p>", pdf.ZEICHEN) == (
        "<p>Verein [?] e. V., finanziert: CO2 [?]</p>"
    )
    assert pdf.druckbar("<p>Łódź – „Ünal“ & Söhne\u00ad № 5 ½ العربية Привет</p>\n", pdf.ZEICHEN) == (
        "<p>Łódź – „Ünal“ & Söhne\u00ad № 5 ½ العربية Привет</p>\n"
    )


def test_only_what_the_portal_itself_writes_is_set_in_other_fonts():
    """Whatever people typed stands in the fonts of the body."""
    stil = (settings.BASE_DIR / "static/css/pdf.css").read_text()
    zeilen = [zeile for zeile in stil.splitlines() if re.search(r'\bfont(-family)?:[^;]*"', zeile)]
    wo = [zeile.partition("{")[0].strip() for zeile in zeilen if "@font-face" not in zeile]
    assert wo == ["@bottom-right", "body", ".eu p"]
