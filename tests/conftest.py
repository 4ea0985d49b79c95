"""What every test may ask for: a cast of people around one office and one school."""

import gc
import os
from contextlib import contextmanager
from functools import wraps
from types import SimpleNamespace

import hypothesis
import pgtrigger
import pytest
from django.db import connection, transaction
from django.template.base import Template
from django.test import TransactionTestCase
from pytest_django.live_server_helper import LiveServer

from schulerfolg.konten.permissions import Rolle
from tests.adressen import alle_adressen, ergaenzen
from tests.buehne import Buehne, gebraucht, stehend
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


def pytest_collection_finish():
    """What is imported by now stays to the end: looking through it for garbage again and again costs a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _rufen(funktion):
    return funktion()


_rufen.__code__ = _rufen.__code__.replace(co_stacksize=1 << 17)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Every test runs below a frame of a megabyte, in which nothing is written: a fifth of the time of every request.

    CPython takes memory for frames by 16 KB and gives it back as soon as a call returns over that edge. Below pytest,
    the test client and the middlewares, the templates lie just there: 30 times per query they asked the system.
    """
    test = pyfuncitem.obj
    pyfuncitem.obj = wraps(test)(lambda **argumente: _rufen(lambda: test(**argumente)))


@pytest.fixture(autouse=True, scope="session")
def _leeren_nach_transaktionstests():
    """A transactional test ends with TRUNCATE; only this tear-down may empty append-only tables.

    What migrations say of models and rights stays: Django's own would empty it, too, and write 400 rows anew.
    """
    original = TransactionTestCase._fixture_teardown

    def teardown(self):
        tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
        leeren = ", ".join(sorted(tables - {"django_content_type", "auth_permission"}))
        with pgtrigger.ignore(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {leeren}")

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


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


BUEHNE = pytest.StashKey[Buehne]()


@pytest.fixture(scope="session")
def _buehne(request, django_db_setup, django_db_blocker):
    request.session.stash[BUEHNE] = buehne = Buehne(django_db_blocker)
    yield buehne
    buehne.umbauen([])


@pytest.fixture
def _stehende(db, _buehne):
    return _buehne.kopien()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Between two tests, when the savepoint of the one is gone and that of the other not yet there."""
    if buehne := item.session.stash.get(BUEHNE, None):
        buehne.umbauen(gebraucht(item))


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
def unbeobachtet(monkeypatch):
    """Nobody asks a page what it was made of: Django would copy the context of every template for its test client."""
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))


@pytest.fixture
def demowelt(_welt, django_db_blocker, settings, unbeobachtet):
    """The demo world with all its markers; what a test changes there is undone."""
    settings.DEMO = True  # the demo's own pages belong to it
    with django_db_blocker.unblock(), _wie_vorher(_welt):
        yield


@pytest.fixture
def volle_welt(_volle_welt, django_db_blocker, settings, unbeobachtet):
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
def weltserver(_welt, _weltserver, django_db_blocker):
    """The demo world behind a real server, to look at: what is changed there stays."""
    with django_db_blocker.unblock(), in_datenbank(_welt):
        yield _weltserver


@stehend
def cast():
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
