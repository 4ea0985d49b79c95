"""Many people doing the same at the same moment: real threads, each with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def gleichzeitig(tun: Callable[[int], object], mal: int = 200, faeden: int = 10) -> list:
    """Call `tun(0)` … `tun(mal - 1)` through that many threads; return the answers in this order.

    The first call of every thread waits until all are there. On a slow machine the last of many that stand at
    one lock may wait longer than the database lets anybody wait; ten are enough to lose every race without a lock.
    """
    start = Barrier(faeden)

    def lauf(erster):
        start.wait(timeout=30)
        try:
            return {nummer: tun(nummer) for nummer in range(erster, mal, faeden)}
        finally:
            connection.close()

    with ThreadPoolExecutor(faeden) as pool:
        antworten = {}
        for teil in pool.map(lauf, range(faeden)):
            antworten |= teil
    return [antworten[nummer] for nummer in range(mal)]
