"""What every test may ask for: a cast of people around one office and one school."""

import os
from types import SimpleNamespace

import pgtrigger
import pytest
from django.test import TransactionTestCase

from schulerfolg.konten.permissions import Rolle
from tests.factories import (
    make_landesrolle,
    make_mitarbeit,
    make_netzwerkstelle,
    make_person,
    make_schule,
    make_zugehoerigkeit,
)


def pytest_sessionfinish(session):
    """Where the suite decides (CI), a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("Übersprungene Tests gelten hier als Fehler.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True, scope="session")
def _leeren_nach_transaktionstests():
    """A transactional test ends with TRUNCATE; only this tear-down may empty append-only tables."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self):
        with pgtrigger.ignore():
            original(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture
def cast(db):
    """One person for each hat, a neighbour from another office, and the office and school they stand around."""
    harz = make_netzwerkstelle(kuerzel="HZ", region="Landkreis Harz")
    boerde = make_netzwerkstelle(kuerzel="BK", region="Landkreis Börde")
    people = SimpleNamespace(harz=harz, boerde=boerde, schule=make_schule(netzwerkstelle=harz))
    people.fremdschule = make_schule(netzwerkstelle=boerde)
    people.sachbearbeitung = make_mitarbeit(harz, Rolle.SACHBEARBEITUNG).person
    people.leitung = make_mitarbeit(harz, Rolle.LEITUNG, zeichnungsbefugt=True).person
    people.freigabe = make_mitarbeit(harz, Rolle.TRAEGER_FREIGABE, zeichnungsbefugt=True).person
    people.nachbarin = make_mitarbeit(boerde, Rolle.LEITUNG, zeichnungsbefugt=True).person
    people.koordination = make_landesrolle(Rolle.KOORDINATION).person
    people.pruefung = make_landesrolle(Rolle.PRUEFUNG).person
    people.lehrkraft = make_zugehoerigkeit(people.schule, Rolle.SCHULE_MITARBEIT).person
    people.schulleitung = make_zugehoerigkeit(people.schule, Rolle.SCHULE_LEITUNG).person
    people.fremd = make_person()
    return people


@pytest.fixture
def als(client):
    """Sign a person in as if with a second factor: `als(person).get(…)`."""

    def login(person):
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password"}, {"method": "mfa"}]
        session.save()
        return client

    return login
