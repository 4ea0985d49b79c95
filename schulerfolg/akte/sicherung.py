"""Back-up and restore of the whole database, the files of people included: one archive and its checksum.

`pg_dump` writes what it sees of one moment. It counts as a back-up only when it was read again to its end and every
table in it has the rows it had in that moment. A restore happens whole or not at all.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from schulerfolg import devdb
from schulerfolg.akte.models import Lebenszeichen
from schulerfolg.akte.services import sign_of_life

NAME = "schulerfolg-%Y%m%d-%H%M%S.dump"
KOPF = re.compile(rb'COPY public\."?(\w+)"? ')
# As PostgreSQL makes it in a new database.
NEUES_SCHEMA = """DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


class SicherungScheitert(Exception):
    """Says in a sentence for operators why, and what to do."""


def sichern(ziel: Path) -> int:
    """Write a back-up to this file and its checksum beside it, readable for this account only; return its bytes."""
    if ziel.exists():
        raise SicherungScheitert(f"{ziel} gibt es schon. Bitte nehmen Sie einen anderen Namen.")
    teil = ziel.with_name(f"{ziel.name}.teil")
    try:
        ziel.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        teil.touch(mode=0o600)
        gezaehlt = _schreiben(teil)
        if _zeilen_in(teil) != gezaehlt:
            raise SicherungScheitert("Die Sicherung enthält nicht alle Zeilen der Datenbank. Sie wurde verworfen.")
        with teil.open("rb+") as datei:
            os.fsync(datei.fileno())
        _neben(ziel).write_text(f"{_pruefsumme(teil)}  {ziel.name}\n")
        teil.replace(ziel)
    except OSError as error:
        raise SicherungScheitert(f"Die Sicherung ließ sich nicht schreiben: {error}") from error
    finally:
        teil.unlink(missing_ok=True)
    groesse = ziel.stat().st_size
    sign_of_life(Lebenszeichen.Helfer.SICHERUNG, f"{ziel.name}, {groesse / 1_000_000:.1f} MB")
    return groesse


def name_fuer(jetzt: datetime) -> str:
    return timezone.localtime(jetzt).strftime(NAME)


def alte_entfernen(ordner: Path, *, tage: int, jetzt: datetime) -> list[str]:
    """Back-ups of this folder that are older go with their checksums; the time stands in their names. Returns those."""
    grenze = name_fuer(jetzt - timedelta(days=tage))
    alte = [pfad for pfad in sorted(ordner.glob("schulerfolg-*.dump")) if pfad.name < grenze]
    for pfad in alte:
        pfad.unlink()
        _neben(pfad).unlink(missing_ok=True)
    return [pfad.name for pfad in alte]


def wiederherstellen(datei: Path, *, ersetzen: bool = False) -> int:
    """Load a back-up into an empty database, or with `ersetzen` in place of what is there; return how many rows.

    Whatever stops it: nothing is changed then.
    """
    _pruefsumme_pruefen(datei)
    zeilen = _zeilen_in(datei)
    with connection.cursor() as cursor:
        if _zeilen(cursor) and not ersetzen:
            raise SicherungScheitert(
                "Diese Datenbank ist nicht leer. Bitte nehmen Sie eine leere, oder sagen Sie mit --ersetzen, dass "
                "alles darin ersetzt werden soll."
            )
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        if andere := cursor.fetchone()[0]:
            raise SicherungScheitert(
                f"Mit dieser Datenbank sind noch {andere} andere Programme verbunden. Bitte beenden Sie zuerst die "
                "Dienste des Portals."
            )
    connection.close()
    _einspielen(datei, NEUES_SCHEMA if ersetzen else "")
    with connection.cursor() as cursor:
        if _zeilen(cursor) != zeilen:
            raise SicherungScheitert("Nicht alle Zeilen der Sicherung sind in der Datenbank angekommen.")
    return sum(zeilen.values())


def _schreiben(teil: Path) -> dict[str, int]:
    """Dump and count in the same moment: what people do meanwhile is in neither."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        [moment] = cursor.fetchone()
        gezaehlt = _zeilen(cursor)
        wie = [
            "--format=custom",
            "--no-comments",
            "--lock-wait-timeout=60000",
            f"--snapshot={moment}",
            f"--file={teil}",
        ]
        with _rufen("pg_dump", *wie, *_wohin()):
            pass
    return gezaehlt


def _einspielen(datei: Path, davor: str) -> None:
    """One transaction: `psql` is only told to commit when `pg_restore` has read all; its end alone takes all back."""
    mit = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", *_wohin()]
    with _rufen("psql", *mit, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as ziel:
        ziel.stdin.write(f"BEGIN;\n{davor}".encode())
        with _rufen("pg_restore", "--no-owner", "--file=-", str(datei), stdout=subprocess.PIPE) as quelle:
            shutil.copyfileobj(quelle.stdout, ziel.stdin, 1 << 20)
        ziel.stdin.write(b"COMMIT;\n")
        ziel.stdin.close()


def _zeilen(cursor) -> dict[str, int]:
    cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
    zahlen = {}
    for [name] in cursor.fetchall():
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
        [zahlen[name]] = cursor.fetchone()
    return zahlen


def _zeilen_in(datei: Path) -> dict[str, int]:
    """Read the archive to its end; how many rows it has of each table."""
    zahlen: dict[str, int] = {}
    tabelle = ""
    with _rufen("pg_restore", "--data-only", "--file=-", str(datei), stdout=subprocess.PIPE) as lauf:
        for zeile in lauf.stdout:
            if tabelle:
                if zeile == b"\\.\n":
                    tabelle = ""
                else:
                    zahlen[tabelle] += 1
            elif kopf := KOPF.match(zeile):
                tabelle = kopf[1].decode()
                zahlen[tabelle] = 0
    return zahlen


@contextmanager
def _rufen(programm: str, *args: str, **wie) -> Iterator[Any]:
    """Run a program of PostgreSQL; where it fails, its own words are handed on."""
    umgebung = {**os.environ, **(_verbindung()[1] or {})}
    with tempfile.TemporaryFile() as meldungen:
        befehl = [str(_finden(programm)), *args]
        # Whoever stops reading or writing says why itself.
        with suppress(BrokenPipeError), subprocess.Popen(befehl, stderr=meldungen, env=umgebung, **wie) as lauf:
            yield lauf
        if lauf.returncode not in (0, -signal.SIGPIPE):
            meldungen.seek(0)
            raise SicherungScheitert(f"{programm} ist gescheitert. {meldungen.read().decode(errors='replace').strip()}")


def _finden(programm: str) -> Path:
    try:
        pfad = devdb.bin_dir() / programm
    except devdb.DevDbError:
        pfad = Path(shutil.which(programm) or "")
    if not pfad.is_file():
        raise SicherungScheitert(
            f"{programm} fehlt. Bitte spielen Sie das Paket postgresql-client in der Version Ihres Servers ein."
        )
    return pfad


def _verbindung() -> tuple[list[str], dict[str, str] | None]:
    """What `psql` and its sisters need to reach our database: arguments and environment."""
    args, umgebung = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    return list(args[1:]), umgebung


def _wohin() -> list[str]:
    return _verbindung()[0]


def _pruefsumme(datei: Path) -> str:
    with datei.open("rb") as bytes_:
        return hashlib.file_digest(bytes_, "sha256").hexdigest()


def _neben(datei: Path) -> Path:
    """The checksum, as `sha256sum --check` reads it."""
    return datei.with_name(f"{datei.name}.sha256")


def _pruefsumme_pruefen(datei: Path) -> None:
    if not datei.is_file():
        raise SicherungScheitert(f"{datei} gibt es nicht.")
    if not _neben(datei).is_file():
        raise SicherungScheitert(f"Die Prüfsumme {_neben(datei).name} fehlt. Sie gehört in den Ordner der Sicherung.")
    if _neben(datei).read_text().split()[:1] != [_pruefsumme(datei)]:
        raise SicherungScheitert(
            f"{datei.name} ist nicht mehr so, wie sie geschrieben wurde. Bitte nehmen Sie eine andere Sicherung."
        )
