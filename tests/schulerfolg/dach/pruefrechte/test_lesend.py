"""An auditor of Harz sees Harz and nothing of Börde, changes nothing, and each look at a case or a file is kept."""

import re

import pytest

from angebote.models import Antrag
from netzwerkstellen.models import Netzwerkstelle
from schulerfolg.akte.models import Einsicht
from schulerfolg.konten.permissions import Rolle
from tests.adressen import eigener_antrag
from tests.factories import make_mitarbeit, make_person
from tests.rundgang import ask, fingerprint, sign_in
from tests.schulerfolg.dach.ansicht.test_alle_seiten import alle

# An auditor keeps their own account. What is open to everybody signed in changes no case; all else is denied.
EIGENES_KONTO = "/konto/"
FUER_ALLE = {"ansicht:beenden", "rechtliches:barriere_melden", "registrieren_schule"}
HARZ = [
    "/netzwerkstellen/harz/verwaltung/",
    "/netzwerkstellen/harz/verwaltung/team/",
    "/netzwerkstellen/harz/verwaltung/schulen/",
    "/antraege/",
    "/budget/",
    "/foerderregeln/",
    "/gremien/",
    "/sitzungen/",
]
BOERDE = [
    "/netzwerkstellen/boerde/verwaltung/",
    "/netzwerkstellen/boerde/verwaltung/team/",
    "/netzwerkstellen/boerde/verwaltung/verlauf/",
]


@pytest.fixture
def pruefer(volle_welt):
    harz = Netzwerkstelle.objects.get(slug="harz")
    make_mitarbeit(harz, Rolle.PRUEFUNG, person=make_person("Paula", "Prüfer", email="paula@demo.example"))
    return sign_in("paula")


def test_harz_and_nothing_of_boerde(pruefer):
    for seite in HARZ:
        antwort = pruefer.get(seite)
        assert antwort.status_code == 200, seite
        assert set(re.findall(r"KNR-(?!PUB)([A-Z]+)-\d", antwort.text)) <= {"HZ"}, seite
    for seite in BOERDE:
        assert pruefer.get(seite).status_code == 404, seite
    fremd = Antrag.objects.filter(netzwerkstelle__slug="boerde", nummer__isnull=False).first()
    eigen = eigener_antrag("eingereicht")
    assert [pruefer.get(antrag.get_absolute_url()).status_code for antrag in (eigen, fremd)] == [200, 404]


def test_every_post_is_refused_and_changes_nothing(pruefer):
    vorher = fingerprint()
    stati = {
        key: ask(pruefer, key, ziel).status_code for key, ziel in alle("POST") if not ziel.startswith(EIGENES_KONTO)
    }
    offen = {key.split()[1] for key, status in stati.items() if status not in (403, 404, 405)}
    assert offen == FUER_ALLE
    assert fingerprint() == vorher


def test_each_look_at_a_case_and_a_file_is_kept(pruefer):
    antrag = eigener_antrag("eingereicht")
    stueck = antrag.schriftstuecke.first()
    pruefer.get(antrag.get_absolute_url())
    pruefer.get(f"{antrag.get_absolute_url()}schriftstuecke/{stueck.pk}/")
    zeilen = Einsicht.objects.filter(person__email="paula@demo.example").order_by("pk")
    assert [(zeile.art, zeile.nummer) for zeile in zeilen] == [("antrag", antrag.pk), ("schriftstueck", stueck.pk)]
    assert {zeile.rolle for zeile in zeilen} == {f"Prüfung, {antrag.netzwerkstelle.name}"}
