"""During a look nothing changes: every address of the portal, in the demo world, compared row by row."""

import pytest

from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.dach.ansicht.services import beginnen
from schulerfolg.konten.models import Person
from tests.adressen import adresse, routes
from tests.rundgang import NEVER_COUNTED, ask, fingerprint, sign_in

WER = ["leitung.harz", "lehrkraft.a"]
DARF = {"ansicht:beenden", "account_logout", "anmeldung_verlaengern"}  # these are done as oneself
RECORD = {"akte_einsicht", "ansicht_ansichtsseite", "usersessions_usersession"}


@pytest.fixture
def blick(volle_welt):
    Netzwerkstelle.objects.update(teilt_inhalte=True)

    def beginne(email):
        person, by = (Person.objects.get(email=f"{name}@demo.example") for name in (email, "koordination"))
        client = sign_in("koordination")
        sitzung = client.session
        sitzung["ansicht"] = beginnen(person, by=by, begruendung="Eine Frage am Telefon").pk
        sitzung.save()
        return client

    return beginne


def alle(method):
    return [(f"{method} {name}", adresse(name)) for name in routes()]


def test_no_post_changes_a_row(blick):
    client = blick("leitung.harz")
    before = fingerprint()
    stati = {key: ask(client, key, ziel).status_code for key, ziel in alle("POST") if key.split()[1] not in DARF}
    assert {key: status for key, status in stati.items() if status != 403} == {}
    assert [getattr(client, wie)("/uebersicht/").status_code for wie in ("put", "patch", "delete", "options")] == [
        403
    ] * 4
    assert fingerprint() == before


@pytest.mark.parametrize("wer", WER)
def test_reading_leaves_only_the_record_of_it(blick, wer, monkeypatch):
    client = blick(wer)
    monkeypatch.setattr("tests.rundgang.NEVER_COUNTED", NEVER_COUNTED | RECORD)
    before = fingerprint()
    for key, ziel in alle("GET"):
        assert client.get(ziel).status_code < 500, key
    assert fingerprint() == before


def test_without_the_guard_a_post_would_pass(blick, monkeypatch):
    """The counter-test: the same request in the same session, with POST counted as reading."""
    client = blick("leitung.harz")
    before = fingerprint()
    assert client.post("/netzwerkstellen/harz/verwaltung/ansprechpersonen/neu/", {"name": "Eva"}).status_code == 403
    assert fingerprint() == before
    monkeypatch.setattr("schulerfolg.dach.middleware.LESEND", ("GET", "HEAD", "POST"))
    assert client.post("/netzwerkstellen/harz/verwaltung/ansprechpersonen/neu/", {"name": "Eva"}).status_code == 302
    assert fingerprint() != before
