"""Markers that a check from outside looks for: a text of one office must never appear before another's eyes."""

from itertools import count


class Marken:
    """Numbers every marked text. Switched off, every marker is empty.

    Used at the end of a text: `f"Klassenlehrkraft{marken.fuer(stelle)}"`.
    """

    def __init__(self, aktiv: bool):
        self.aktiv = aktiv
        self._nummern = count(1)

    def fuer(self, stelle) -> str:
        """For a text that belongs to this Netzwerkstelle: ` KNR-HZ-12`."""
        return self._marke(stelle.kuerzel)

    def oeffentlich(self) -> str:
        """For a text that everybody may read: ` KNR-PUB-13`."""
        return self._marke("PUB")

    def _marke(self, wem: str) -> str:
        return f" KNR-{wem}-{next(self._nummern)}" if self.aktiv else ""
