"""Work that goes on, round after round, until it is told to stop: through locks, outages and bad rounds."""

import logging
import signal
import time
from collections.abc import Callable

from django.db import Error, close_old_connections, connection

from schulerfolg.akte.services import sign_of_life

log = logging.getLogger(__name__)
ABSTAND = 20  # seconds between two signs of life
LAENGSTE_PAUSE = 10


class Dauerlauf:
    """SIGTERM and SIGINT end it cleanly: what is under way is finished first, nothing else is begun."""

    def __init__(self, runde: Callable[[Callable[[], bool]], int], helfer: str = ""):
        """`runde(genug)` does what is due, stops where `genug()` says so, and returns how much it did.

        `helfer`: whose sign of life is given; none where it is empty.
        """
        self.runde, self.helfer = runde, helfer
        self.zu_ende, self.misslungen, self.zuletzt = False, 0, float("-inf")

    def laufen(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.beenden)
        while not self.zu_ende:
            self.warten(self.einmal())

    def beenden(self, *_) -> None:
        self.zu_ende = True

    def einmal(self) -> float:
        """One round, whatever comes of it; how many seconds to wait before the next."""
        try:
            close_old_connections()
            erledigt = self.runde(lambda: self.zu_ende)
            self.leben()
        except Exception as error:
            # A lock, a restart of the database, a defect: it is said, and the next round begins with a new connection.
            log.error("Die Runde ist gescheitert: %s", error, exc_info=not isinstance(error, Error))
            connection.close()
            self.misslungen += 1
            return min(self.misslungen, LAENGSTE_PAUSE)
        self.misslungen = 0
        return 0 if erledigt else 1

    def leben(self) -> None:
        if self.helfer and time.monotonic() - self.zuletzt > ABSTAND:
            sign_of_life(self.helfer)
            self.zuletzt = time.monotonic()

    def warten(self, sekunden: float) -> None:
        bis = time.monotonic() + sekunden
        while not self.zu_ende and time.monotonic() < bis:
            time.sleep(0.1)
