"""What every test may ask for: a cast of people around one office and one school."""

import os
from contextlib import contextmanager
from types import SimpleNamespace

import hypothesis
import pgtrigger
import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from pytest_django.live_server_helper import LiveServer

from angebote.antrag.workflow import Status
from schulerfolg.konten.permissions import Rolle
from tests import clamd as clamav
from tests.adressen import alle_adressen, ergaenzen
from tests.datenbanken import Datenbanken, in_datenbank
from tests.factories import (
    make_anmeldung,
    make_landesrolle,
    make_mitarbeit,
    make_netzwerkstelle,
    make_person,
    make_schule,
    make_zugehoerigkeit,
)
from tests.factories_antrag import make_antrag_in
from tests.factories_entscheidung import make_beschlossen, make_budget


def pytest_sessionfinish(session):
    """Where the suite decides (CI), a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("Übersprungene Tests gelten hier als Fehler.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_xdist_auto_num_workers():
    """One process more than there are cores: each waits now and then, for PostgreSQL or for the browser."""
    return os.cpu_count() + 1


# Which tests a marker is put on: those that need one of these fixtures, however far below.
MARKEN = {"welt": {"_welt", "_volle_welt"}, "rundgang": {"_volle_welt"}, "browser": {"chromium"}}


def pytest_addoption(parser):
    parser.addoption("--gruendlich", action="store_true", help="auch, was für jeden Tag zu lange dauert")


def pytest_configure(config):
    hypothesis.settings.register_profile("alltag", deadline=None)
    hypothesis.settings.register_profile("gruendlich", deadline=None, max_examples=5_000)
    hypothesis.settings.load_profile("gruendlich" if config.getoption("gruendlich") else "alltag")


@pytest.fixture(scope="session")
def gruendlich(request) -> bool:
    """For a test that looks at more in the exhaustive run. A case of its own is marked `gruendlich` instead."""
    return request.config.getoption("gruendlich")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark by what is needed, leave out what is not for every day, and begin with what takes longest."""
    for item in items:
        for marke, fixtures in MARKEN.items():
            if fixtures & set(item.fixturenames):
                item.add_marker(marke)
    if not config.getoption("gruendlich"):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("gruendlich")])
        items[:] = [item for item in items if not item.get_closest_marker("gruendlich")]
    items.sort(key=lambda item: not {"browser", "rundgang"} & {marke.name for marke in item.iter_markers()})


@pytest.fixture(autouse=True, scope="session")
def _leeren_nach_transaktionstests():
    """A test with transactions of its own ends with TRUNCATE; only this tear-down may empty append-only tables."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self):
        with pgtrigger.ignore():
            original(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture(scope="session")
def _clamd(tmp_path_factory):
    if not clamav.PROGRAMM.exists():
        pytest.fail(clamav.FEHLT)
    with clamav.laufend(tmp_path_factory.mktemp("clamd")) as orte:
        yield orte


@pytest.fixture
def clamd(_clamd, settings):
    """A real scanner that files are sent to; the path and the `host:port` where it listens."""
    settings.CLAMD_SOCKET = _clamd[0]
    return _clamd


@pytest.fixture(scope="session")
def datenbanken(request, django_test_environment, django_db_blocker, testrun_uid):
    """The databases of this process (`tests.datenbanken`)."""
    anlass = testrun_uid if request.config.getoption("create_db") else ""
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        datenbanken = Datenbanken(cursor, anlass)
        with django_db_blocker.block():
            yield datenbanken
        datenbanken.loeschen()


@pytest.fixture(scope="session")
def django_db_setup(datenbanken, django_db_blocker):
    """pytest-django's own would migrate a database for each process."""
    with django_db_blocker.unblock():
        name = datenbanken.leer()
    with in_datenbank(name):
        yield


@pytest.fixture(scope="session")
def _welt(django_db_setup, datenbanken, django_db_blocker):
    """The name of a database with the demo world."""
    with django_db_blocker.unblock():
        return datenbanken.welt()


@pytest.fixture(scope="session")
def _volle_welt(django_db_setup, datenbanken, django_db_blocker):
    """The name of another, with a row for every address of the portal."""
    with django_db_blocker.unblock():
        name = datenbanken.welt("volle_welt")
        with in_datenbank(name):
            ergaenzen()
            alle_adressen()
    return name


@contextmanager
def _wie_vorher(welt):
    """Inside this world, and undone."""
    with in_datenbank(welt), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demowelt(_welt, django_db_blocker, settings):
    """The demo world with all its markers; what a test changes there is undone."""
    settings.DEMO = True  # the demo's own pages belong to it
    with django_db_blocker.unblock(), _wie_vorher(_welt):
        yield


@pytest.fixture
def volle_welt(_volle_welt, django_db_blocker, settings):
    """The same with a row for every address (`tests.adressen`): for tests that walk through the whole portal."""
    settings.DEMO = True
    with django_db_blocker.unblock(), _wie_vorher(_volle_welt):
        yield


@pytest.fixture(scope="session")
def _weltserver(_welt):
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def weltserver(_welt, _weltserver, django_db_blocker, settings):
    """The demo world behind a real server, to look at: what is changed there stays."""
    settings.DEMO = True
    with django_db_blocker.unblock(), in_datenbank(_welt):
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
def als(client, settings):
    """Sign a person in as if just now with a second factor: `als(person).get(…)`."""

    def login(person):
        client.cookies[settings.SESSION_COOKIE_NAME] = make_anmeldung(person)
        return client

    return login


class Faelle(dict):
    """status → a case of the school in it, over 100 €; it comes to be when it is asked for."""

    def __init__(self, cast):
        self.cast = cast

    def __missing__(self, status):
        kosten = [("Honorare", "Zirkus", 1, "Tag", "100.00")]
        self[status] = make_antrag_in(status, self.cast, titel=Status(status).label, kosten=kosten)
        return self[status]


@pytest.fixture
def faelle(cast):
    return Faelle(cast)


@pytest.fixture
def vergeben(cast):
    """A budget of 10.000 €, and a case to which the Gremium gave 1.000 € of it."""
    budget = make_budget(cast)
    return SimpleNamespace(budget=budget, antrag=make_beschlossen(cast))
