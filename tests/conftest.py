"""What every test may ask for: a cast of people around one office and one school."""

import gc
import os
from contextlib import contextmanager
from types import SimpleNamespace

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from pytest_django.live_server_helper import LiveServer

from schulerfolg.konten.permissions import Rolle
from tests.adressen import ergaenzen
from tests.factories import (
    eben_angemeldet,
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


def pytest_collection_finish():
    """What is imported by now stays to the end: looking through it for garbage again and again costs a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


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


@contextmanager
def _in_datenbank(name):
    """Everything that connects meanwhile, other threads included, works in this database."""
    einstellungen, vorher = connection.settings_dict, connection.settings_dict["NAME"]
    connection.close()
    einstellungen["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        einstellungen["NAME"] = vorher


WELTEN = ("_welt", "_volle_welt")


def _kopieren(von, nach):
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # copying a database takes as long as it takes
        cursor.execute(f'DROP DATABASE IF EXISTS "{nach}"')
        cursor.execute(f'CREATE DATABASE "{nach}" TEMPLATE "{von}"')


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Beside the empty database of the tests a copy, which takes the demo world when a test asks for one."""
    with django_db_blocker.unblock():
        datenbanken = setup_databases(verbosity=0, interactive=False)
        leer = connection.settings_dict["NAME"]
        connection.close()
        _kopieren(leer, f"{leer}_welt")
    yield
    with django_db_blocker.unblock():
        with connection._nodb_cursor() as cursor:
            for welt in WELTEN:
                cursor.execute(f'DROP DATABASE IF EXISTS "{leer}{welt}" WITH (FORCE)')
        teardown_databases(datenbanken, verbosity=0)


@pytest.fixture(scope="session")
def _welten(django_db_setup, django_db_blocker):
    """Builds the demo world once for all tests of this process: ten seconds that nobody pays twice.

    Returns the names of two databases: the world as it is, and with a row for every address of the portal.
    """
    welt, volle_welt = (connection.settings_dict["NAME"] + name for name in WELTEN)
    with django_db_blocker.unblock():
        with _in_datenbank(welt):
            call_command("demodaten", seed=7, antraege=200, kanarien=True, verbosity=0)
        _kopieren(welt, volle_welt)
        with _in_datenbank(volle_welt):
            ergaenzen()
    return welt, volle_welt


@contextmanager
def _wie_vorher(welt):
    with _in_datenbank(welt), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demowelt(_welten, django_db_blocker, settings):
    """The demo world with all its markers; what a test changes there is undone."""
    settings.DEMO = True  # the demo's own pages belong to it
    with django_db_blocker.unblock(), _wie_vorher(_welten[0]):
        yield


@pytest.fixture
def volle_welt(_welten, django_db_blocker, settings):
    """The same with a row for every address (`tests.adressen`): for tests that walk through the whole portal."""
    settings.DEMO = True
    with django_db_blocker.unblock(), _wie_vorher(_welten[1]):
        yield


@pytest.fixture(scope="session")
def _weltserver(_welten):
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def weltserver(_welten, _weltserver, django_db_blocker):
    """The demo world behind a real server, to look at: what is changed there stays."""
    with django_db_blocker.unblock(), _in_datenbank(_welten[0]):
        yield _weltserver


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
    """Sign a person in as if just now with a second factor: `als(person).get(…)`."""

    def login(person):
        client.force_login(person)
        session = client.session
        session.update(eben_angemeldet(person))
        session.save()
        return client

    return login
