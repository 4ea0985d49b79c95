"""The private PostgreSQL after a kill, a reboot or a power cut: its lock files lie about who holds them."""

import os
import subprocess
import sys

import pytest

from schulerfolg import devdb


@pytest.mark.parametrize("inhalt", ["{pid}\n/anderswo\n", "999999999\n", "kaputt", ""])
def test_a_lock_whose_number_belongs_to_somebody_else_goes(tmp_path, inhalt):
    lock = tmp_path / ".s.PGSQL.5432.lock"
    lock.write_text(inhalt.format(pid=os.getpid()))
    devdb._drop_stale(lock, tmp_path / "data-18")
    assert not lock.exists()


def test_the_lock_of_a_server_that_runs_stays(tmp_path):
    data, lock = tmp_path / "data-18", tmp_path / "postmaster.pid"
    befehl = [sys.executable, "-c", "print(flush=True), input()", "-D", str(data)]
    with subprocess.Popen(befehl, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        server.stdout.readline()  # it runs; a moment earlier it has no command line yet
        lock.write_text(f"{server.pid}\n")
        devdb._drop_stale(lock, data)
        server.communicate(b"\n")
    assert lock.exists()


def test_a_missing_lock_is_no_trouble(tmp_path):
    devdb._drop_stale(tmp_path / "postmaster.pid", tmp_path)
    assert list(tmp_path.iterdir()) == []
