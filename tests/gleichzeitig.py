"""Many people doing the same at the same moment: real threads, each with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
from django.db import connection


def gleichzeitig(tun: Callable[[int], object], mal: int = 200, faeden: int = 10) -> list:
    """Call `tun(0)` … `tun(mal - 1)` through that many threads; return the answers in this order.

    The first call of every thread waits until all are there; ten are enough to lose every race without a lock. They may
    wait at a lock as long as it takes instead of five seconds: no test depends on how fast the machine is.
    """
    start = Barrier(faeden)

    def lauf(erster):
        start.wait()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = 0")
                cursor.execute("SET statement_timeout = 0")
            return {nummer: tun(nummer) for nummer in range(erster, mal, faeden)}
        finally:
            connection.close()

    with ThreadPoolExecutor(faeden) as pool:
        antworten = {}
        for teil in pool.map(lauf, range(faeden)):
            antworten |= teil
    return [antworten[nummer] for nummer in range(mal)]


def verbindung_kappen() -> Callable[[], None]:
    """What a restart of the database does to the connection of this thread, for now: it is ended from the other side.

    The function does it when it is called, from any thread, and once only.
    """
    connection.ensure_connection()
    nummern, wie = [connection.connection.info.backend_pid], connection.get_connection_params()

    def kappen():
        if nummern:
            params = {name: wie[name] for name in ("dbname", "host", "port", "user", "password") if name in wie}
            with psycopg.connect(**params, autocommit=True) as andere:
                andere.execute("SELECT pg_terminate_backend(%s, 10000)", [nummern.pop()])

    return kappen
