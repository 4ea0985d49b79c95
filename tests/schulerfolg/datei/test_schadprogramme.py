"""What the scanner says counts; what it does not say is a no."""

import hashlib
import socket
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from schulerfolg.datei import schadprogramme
from schulerfolg.datei.annahme import pruefen
from tests.clamd import FUND, SCHADPROGRAMM
from tests.schulerfolg.datei.proben import bild, foto_mit_ort, pdf

JETZT = datetime(2026, 12, 1, 12, tzinfo=UTC)
GEFUNDEN = (
    "In dieser Datei steckt ein Schadprogramm. Wir haben sie nicht angenommen. Bitte löschen Sie sie, und sagen Sie "
    "Ihrer technischen Betreuung Bescheid, woher sie kam."
)
NICHT_ERREICHBAR = (
    "Die Prüfung auf Schadprogramme ist gerade nicht erreichbar. Ihre Datei ist noch nicht angekommen; bitte versuchen "
    "Sie es in ein paar Minuten noch einmal. Ihre übrigen Eingaben stehen noch hier."
)


def saetze(name, inhalt) -> list[str]:
    with pytest.raises(ValidationError) as fehler:
        pruefen(name, inhalt)
    return fehler.value.messages


@contextmanager
def stelle(antwort: bytes | None):
    """Something that listens like clamd, takes what comes and answers this; None: it never does. Yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def bedienen():
            leitung, _ = server.accept()
            with leitung:
                while antwort is None and leitung.recv(65536):
                    pass
                if antwort is not None:
                    leitung.recv(65536)
                    leitung.sendall(antwort)

        faden = Thread(target=bedienen)
        faden.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        faden.join()


@pytest.mark.parametrize("ort", [0, 1], ids=["socket", "rechner:port"])
def test_a_harmful_file_is_refused_and_recorded_without_its_content(clamd, settings, caplog, ort):
    settings.CLAMD_SOCKET = clamd[ort]
    assert pruefen("a.pdf", pdf()).inhalt == pdf()
    gross = pdf(b"0" * 9_900_000)
    assert pruefen("gross.pdf", gross).inhalt == gross
    assert caplog.text == ""
    boese = pdf(b"0" * 200_000 + SCHADPROGRAMM)
    assert saetze("a.pdf", boese) == [GEFUNDEN]
    pruefsumme = hashlib.sha256(boese).hexdigest()
    (zeile,) = caplog.messages
    assert zeile == f"Schadprogramm abgewiesen: {FUND}, SHA-256 {pruefsumme}, {len(boese)} Byte"


def test_a_picture_is_searched_as_it_came(clamd):
    """Writing it anew would drop what hangs behind it; it came from a computer that is not well."""
    assert pruefen("a.jpg", foto_mit_ort())
    assert saetze("a.jpg", foto_mit_ort() + SCHADPROGRAMM) == [GEFUNDEN]


def test_counter_test_without_the_setting_nothing_is_searched(settings):
    settings.CLAMD_SOCKET = ""
    assert pruefen("a.pdf", pdf(SCHADPROGRAMM))


@pytest.mark.parametrize(
    "antwort",
    [
        b"stream: OK",
        b"",
        b"OK\0",
        b"stream: ERROR\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: OK\nstream: Eicar FOUND\0",
        b"\xff\0",
    ],
)
def test_any_other_answer_is_a_no(settings, antwort):
    with stelle(antwort) as settings.CLAMD_SOCKET:
        assert saetze("a.png", bild("PNG")) == [NICHT_ERREICHBAR]


def test_no_answer_is_a_no(settings, monkeypatch, tmp_path):
    monkeypatch.setattr(schadprogramme, "FRIST", 0.2)
    with stelle(None) as settings.CLAMD_SOCKET:
        assert saetze("a.pdf", pdf()) == [NICHT_ERREICHBAR]
    with socket.create_server(("127.0.0.1", 0)) as server:
        zu = f"127.0.0.1:{server.getsockname()[1]}"
    for ort in [zu, str(tmp_path / "clamd.ctl"), "localhost", "localhost:clamd"]:
        settings.CLAMD_SOCKET = ort
        assert saetze("a.pdf", pdf()) == [NICHT_ERREICHBAR]


def test_what_is_refused_anyway_is_not_sent(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "clamd.ctl")
    assert saetze("a.pdf", b"<html>") == [
        "Das können wir nicht lesen. Bitte laden Sie ein PDF oder ein Bild als JPEG oder PNG hoch."
    ]


@pytest.mark.parametrize(
    ("antwort", "zustand"),
    [
        (b"ClamAV 1.4.3/27830/Mon Nov 30 09:30:00 2026\0", ("antwortet, Signaturen vom 30.11.2026", True)),
        (b"ClamAV 1.4.3/27830/Mon Nov 23 09:30:00 2026\0", ("antwortet, Signaturen vom 23.11.2026", False)),
        (b"ClamAV 1.4.3\0", ("antwortet", True)),
        (b"quatsch\0", ("antwortet", False)),
        (b"", ("nicht erreichbar; Dateien werden gerade nicht angenommen", False)),
    ],
)
def test_how_it_is(settings, antwort, zustand):
    with stelle(antwort) as settings.CLAMD_SOCKET:
        assert schadprogramme.zustand(JETZT) == zustand


@pytest.mark.parametrize(
    ("ort", "nummer"),
    [("", "schulerfolg.W001"), ("localhost", "schulerfolg.E001"), ("/run/clamav/clamd.ctl", ""), ("av:3310", "")],
)
def test_a_deployment_without_a_scanner_is_warned_of(settings, ort, nummer):
    settings.CLAMD_SOCKET = ort
    assert [meldung.id for meldung in schadprogramme.eingerichtet()] == ([nummer] if nummer else [])


def test_the_warning_is_part_of_the_check_of_a_deployment(settings):
    settings.CLAMD_SOCKET = "localhost"
    with pytest.raises(SystemCheckError, match="CLAMD_SOCKET ist weder"):
        call_command("check", deploy=True)
