"""The round trip on a real server: back up a world, restore it elsewhere, and it is the same world."""

import subprocess
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO

import pgtrigger
import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.antrag.workflow import Status
from schulerfolg import devdb
from schulerfolg.akte.models import Dokument, Lebenszeichen
from schulerfolg.akte.sicherung import SicherungScheitert, _einspielen, alte_entfernen
from tests.datenbanken import in_datenbank
from tests.factories import make_person
from tests.factories_antrag import make_antrag_in

# One line for each table: its rows, whatever their order, as one number. Where two are equal, so are their rows.
SUMME = "SELECT coalesce(sum(hashtextextended(t::text, 0)::numeric), 0), count(*) FROM {} t"
DAZU = (
    "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
    "SELECT conrelid::regclass::text, conname, contype, convalidated FROM pg_constraint ORDER BY 1, 2",
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
    "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
    "SELECT nspname, nspowner::regrole::text, nspacl::text FROM pg_namespace WHERE nspname = 'public'",
)


def befehl(name, *args, **wie) -> str:
    call_command(name, *map(str, args), stdout=(ausgabe := StringIO()), **wie)
    return ausgabe.getvalue()


def inhalt() -> dict:
    """All there is: every row of every table, triggers, constraints, sequences and rights."""
    with connection.cursor() as cursor:
        alle = {}
        for tabelle in connection.introspection.table_names(cursor):
            cursor.execute(SUMME.format(connection.ops.quote_name(tabelle)))
            alle[tabelle] = cursor.fetchone()
        for frage in DAZU:
            cursor.execute(frage)
            alle[frage] = cursor.fetchall()
    return alle


@pytest.fixture
def welt(transactional_db, cast):
    """A few cases with letters and files in them, one with every byte there is."""
    for status in (Status.ENTWURF, Status.EINGEREICHT):
        make_antrag_in(status, cast)
    Dokument.objects.create(art="brief", name="Bescheid „1“.pdf", medientyp="application/pdf", inhalt=bytes(range(256)))
    yield cast
    connection.close()


@pytest.fixture
def leere(welt):
    """An empty database beside it; named so that a later run removes it if this one is killed."""
    neu = f"{connection.settings_dict['NAME']}_neu"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # making and dropping one takes as long as it takes
        cursor.execute(f'DROP DATABASE IF EXISTS "{neu}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{neu}" TEMPLATE template0')
        yield neu
        cursor.execute(f'DROP DATABASE "{neu}" WITH (FORCE)')


def test_what_is_restored_is_what_was_backed_up(welt, leere, tmp_path):
    Session.objects.create(session_key="s", session_data="", expire_date=timezone.now())
    befehl("sichern", tmp_path / "erste.dump")  # has given its sign of life before we look
    datei, vorher = tmp_path / "sicherung.dump", inhalt()
    assert befehl("sichern", datei).startswith(f"Gesichert und geprüft: {datei}")
    assert datei.stat().st_mode & 0o077 == 0
    subprocess.run(["sha256sum", "--check", "--quiet", f"{datei}.sha256"], cwd=tmp_path, check=True)
    with in_datenbank(leere):
        gesagt = befehl("wiederherstellen", datei)
        nachher = inhalt()
    assert "1 Dateien geprüft, 0 davon beschädigt" in gesagt
    assert nachher == vorher | {"django_session": (0, 0)}  # nobody is signed in after a restore


def test_a_database_that_is_not_empty_is_only_replaced_when_that_is_said(welt, leere, tmp_path):
    datei = tmp_path / "sicherung.dump"
    befehl("sichern", datei)
    with in_datenbank(leere):
        befehl("wiederherstellen", datei)
        vorher = inhalt()
        Antrag.objects.update(titel="Später geschrieben")
        person = make_person()
        with pytest.raises(CommandError, match=r"nicht leer.*--ersetzen"):
            befehl("wiederherstellen", datei)
        assert Antrag.objects.filter(titel="Später geschrieben").exists()
        andere = psycopg.connect(**connection.get_connection_params())
        with pytest.raises(CommandError, match="1 andere Programme verbunden"):
            befehl("wiederherstellen", datei, ersetzen=True)
        andere.close()
        befehl("wiederherstellen", datei, ersetzen=True)
        assert not type(person).objects.filter(pk=person.pk).exists()
        assert inhalt() == vorher


def test_what_is_damaged_is_refused_before_anything_is_touched(welt, leere, tmp_path):
    datei, summe = tmp_path / "sicherung.dump", tmp_path / "sicherung.dump.sha256"
    befehl("sichern", datei)
    echte, ganz = summe.read_text(), datei.read_bytes()
    halb = ganz[: len(ganz) // 2]
    with in_datenbank(leere), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bleibt (zeile int)")
        for worte, pruefsumme, satz in (
            (None, echte, "gibt es nicht"),
            (ganz, None, "Prüfsumme sicherung.dump.sha256 fehlt"),
            (halb, echte, "nicht mehr so, wie sie geschrieben wurde"),
            (halb, f"{sha256(halb).hexdigest()}  sicherung.dump", "pg_restore ist gescheitert"),
        ):
            for pfad, bytes_ in ((datei, worte), (summe, pruefsumme and pruefsumme.encode())):
                pfad.unlink(missing_ok=True)
                if bytes_ is not None:
                    pfad.write_bytes(bytes_)
            with pytest.raises(CommandError, match=satz):
                befehl("wiederherstellen", datei, ersetzen=True)
            assert connection.introspection.table_names() == ["bleibt"]


def test_what_stops_in_the_middle_takes_nothing_away(welt, leere, tmp_path):
    datei = tmp_path / "sicherung.dump"
    befehl("sichern", datei)
    with in_datenbank(leere), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bleibt (zeile int)")
        connection.close()
        with pytest.raises(SicherungScheitert, match="psql ist gescheitert"):
            _einspielen(datei, "DROP TABLE bleibt; CREATE TABLE angebote_antrag ();")
        with pytest.raises(SicherungScheitert, match="pg_restore ist gescheitert"):
            _einspielen(tmp_path / "fehlt.dump", "DROP TABLE bleibt;")
        assert connection.introspection.table_names() == ["bleibt"]


def test_what_cannot_be_backed_up_is_said_and_leaves_nothing_behind(welt, tmp_path, monkeypatch):
    datei, echt, programme = tmp_path / "sicherung.dump", devdb.bin_dir(), tmp_path / "programme"
    programme.mkdir()
    (programme / "pg_restore").symlink_to(echt / "pg_restore")
    monkeypatch.setenv("PORTAL_PG_BIN", str(programme))
    for pg_dump, satz in (
        ("", r"pg_dump fehlt\. Bitte spielen Sie das Paket postgresql-client"),
        ("echo kaputt >&2; exit 1", r"pg_dump ist gescheitert\. kaputt"),
        (f'exec {echt}/pg_dump --exclude-table-data=akte_dokument "$@"', "enthält nicht alle Zeilen"),
    ):
        if pg_dump:
            (programme / "pg_dump").write_text(f"#!/bin/sh\n{pg_dump}\n")
            (programme / "pg_dump").chmod(0o755)
        with pytest.raises(CommandError, match=satz):
            befehl("sichern", datei)
    datei.touch()
    with pytest.raises(CommandError, match="gibt es schon"):
        befehl("sichern", datei)
    assert sorted(pfad.name for pfad in tmp_path.iterdir()) == ["programme", "sicherung.dump"]
    assert not Lebenszeichen.objects.exists()


def test_old_ones_go_by_the_day_in_their_name(tmp_path):
    for name in ("20270101-020000", "20270102-020001", "20270201-020000"):
        (tmp_path / f"schulerfolg-{name}.dump").touch()
        (tmp_path / f"schulerfolg-{name}.dump.sha256").touch()
    (tmp_path / "vor-dem-umzug.dump").touch()
    jetzt = datetime(2027, 2, 1, 1, tzinfo=UTC)  # 2 o'clock here
    assert alte_entfernen(tmp_path, tage=30, jetzt=jetzt) == ["schulerfolg-20270101-020000.dump"]
    assert len(list(tmp_path.iterdir())) == 5


@pytest.mark.django_db
def test_a_file_that_has_changed_is_found():
    brief = Dokument.objects.create(art="brief", name="a.pdf", medientyp="application/pdf", inhalt=b"%PDF")
    assert befehl("dateien_pruefen") == "1 Dateien geprüft, 0 davon beschädigt\n"
    with connection.cursor() as cursor, pgtrigger.ignore():
        cursor.execute("ALTER TABLE akte_dokument DROP CONSTRAINT dokument_pruefsumme_stimmt")
        cursor.execute("UPDATE akte_dokument SET inhalt = 'andere'")
    with pytest.raises(CommandError, match=f"Nummern {brief.pk}"):
        befehl("dateien_pruefen")
