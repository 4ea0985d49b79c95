"""The databases of the suite: what takes long to build is built once and kept as a template, each process copies it.

Two templates stay on the server between runs: `vorlage_…` is migrated, `vorlage_…_welt` holds the demo world. Each has
the hash of all that it was built from as its comment, and is built anew when that changes; `--create-db` builds both
anew. What a process copies goes when the process ends, or with the next run if it was killed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

ROOT = Path(__file__).resolve().parent.parent
CODE = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"]


class Datenbanken:
    """The databases of one process. The connection is open as long as these are somebody's."""

    def __init__(self, cursor, anlass: str = ""):
        """`anlass` stands in the key of a template where it shall be built anew, once for each anlass."""
        self._cursor, self._anlass = cursor, anlass
        self._vorlage = f"vorlage_{connection.settings_dict['NAME']}"
        self._kopien = f"test_{connection.settings_dict['NAME']}_kopie"
        cursor.execute("SET statement_timeout = 0")  # copying and waiting take as long as they take
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("SELECT pg_backend_pid()")
        [self._nummer] = cursor.fetchone()

    def leer(self) -> str:
        """The name of a copy of the migrated database."""
        with self._allein():
            self._aufraeumen()
            return self._kopieren(self._vorlage_leer(), "")

    def welt(self, zweck: str = "welt") -> str:
        """The name of a copy of the demo world, as it was built earlier today."""
        with self._allein():
            return self._kopieren(self._vorlage_welt(), f"_{zweck}")

    def loeschen(self) -> None:
        with self._allein():
            self._aufraeumen(eigene=True)

    def _vorlage_leer(self):
        return self._vorlage_bauen(
            self._vorlage, stand_leer(), "template0", lambda: call_command("migrate", verbosity=0)
        )

    def _vorlage_welt(self):
        def bauen():
            call_command("demodaten", seed=7, antraege=200, kanarien=True, verbosity=0)

        return self._vorlage_bauen(f"{self._vorlage}_welt", stand_welt(), self._vorlage_leer(), bauen)

    def _vorlage_bauen(self, name, stand, grundlage, bauen):
        sql = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        self._cursor.execute(sql, [name])
        hat_stand, _, hat_anlass = ((self._cursor.fetchone() or [None])[0] or "").partition(" ")
        if hat_stand != stand or (self._anlass and hat_anlass != self._anlass):
            self._neu(name, grundlage)
            with in_datenbank(name):
                bauen()
            self._cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{stand} {self._anlass}'")
        return name

    def _kopieren(self, vorlage, zusatz):
        name = f"{self._kopien}_{self._nummer}{zusatz}"
        self._neu(name, vorlage)
        return name

    def _neu(self, name, grundlage):
        self._cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{grundlage}"')

    def _aufraeumen(self, eigene=False):
        """Copies carry the number of the connection of their process: what nobody living owns can go."""
        self._cursor.execute(
            """SELECT datname FROM (
                   SELECT datname, substring(datname FROM %s)::int AS nummer FROM pg_database
               ) AS kopien
               WHERE nummer = %s OR nummer NOT IN (SELECT pid FROM pg_stat_activity)""",
            [f"^{self._kopien}_([0-9]+)", self._nummer if eigene else None],
        )
        for [name] in self._cursor.fetchall():
            self._cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @contextmanager
    def _allein(self):
        """One process at a time, of all runs on this server."""
        self._cursor.execute("SELECT pg_advisory_lock(hashtext('portal: tests.datenbanken'))")
        try:
            yield
        finally:
            self._cursor.execute("SELECT pg_advisory_unlock(hashtext('portal: tests.datenbanken'))")


@contextmanager
def in_datenbank(name) -> Iterator[None]:
    """Everything that connects meanwhile, other threads included, works in this database."""
    einstellungen, vorher = connection.settings_dict, connection.settings_dict["NAME"]
    connection.close()
    einstellungen["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        einstellungen["NAME"] = vorher


def stand_leer() -> str:
    """The hash of what a migrated database is made of: migrations, the libraries that bring their own, and the models,
    whose names and rights Django writes down after migrating."""
    models = sorted(f"{m._meta.label} {m._meta.default_permissions} {m._meta.permissions}" for m in apps.get_models())
    return _hash(models, [ROOT / "requirements-entwicklung.txt", *_dateien("migrations/*.py")])


def stand_welt() -> str:
    """The same for the demo world. It is built by services and forms, tells its mails with templates, starts from the
    master data, and ends today."""
    return _hash([stand_leer(), str(timezone.localdate())], _dateien("*.py", "*.csv", "*.json", "*.txt"))


def _dateien(*muster) -> list[Path]:
    """Files of our packages and templates, in a stable order."""
    return sorted({path for ort in [*CODE, ROOT / "templates"] for wie in muster for path in ort.rglob(wie)})


def _hash(worte, dateien) -> str:
    summe = sha256("\n".join(worte).encode())
    for datei in dateien:
        summe.update(str(datei.relative_to(ROOT)).encode() + datei.read_bytes())
    return summe.hexdigest()[:32]
