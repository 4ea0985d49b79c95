"""What a project costs and who pays for it: the one sum that page, service and conditions share.

`static/js/kosten.js` shows the same while somebody types; a test compares them to the cent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from angebote.foerderung.models import Kostenart
from schulerfolg.geld import rounded

NICHTS = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Bilanz:
    """Euros. `nicht_foerderfaehig` is part of `ausgaben`; `frei`: what the Höchstbetrag leaves, None without a rule."""

    ausgaben: Decimal = NICHTS
    nicht_foerderfaehig: Decimal = NICHTS
    andere: Decimal = NICHTS
    prozent: Decimal = NICHTS
    frei: Decimal | None = None

    @property
    def beantragt(self) -> Decimal:
        """What others do not pay, as far as it can be funded."""
        return max(self.ausgaben - max(self.andere, self.nicht_foerderfaehig), NICHTS)

    @property
    def luecke(self) -> Decimal:
        """What cannot be funded and nobody pays yet."""
        return max(self.nicht_foerderfaehig - self.andere, NICHTS)

    @property
    def zuviel(self) -> Decimal:
        return max(self.andere - self.ausgaben, NICHTS)

    @property
    def eigenanteil(self) -> Decimal:
        return rounded(self.ausgaben * self.prozent / 100)

    @property
    def eigenanteil_fehlt(self) -> Decimal:
        return max(self.eigenanteil - self.andere, NICHTS)

    @property
    def ueber(self) -> Decimal:
        """How far the request lies above the Höchstbetrag."""
        return NICHTS if self.frei is None else max(self.beantragt - self.frei, NICHTS)

    @property
    def rest(self) -> Decimal:
        """What the Höchstbetrag leaves after this project."""
        return NICHTS if self.frei is None else max(self.frei - self.beantragt, NICHTS)

    @property
    def geht_auf(self) -> bool:
        return bool(self.ausgaben) and not (self.luecke or self.zuviel)


def bilanz_aus(
    posten: Iterable[tuple[Kostenart | None, Decimal | None]],
    andere: Decimal,
    prozent: Decimal = NICHTS,
    frei: Decimal | None = None,
) -> Bilanz:
    """`posten`: Kostenart and amount of each row; what is not known yet can be funded and costs nothing."""
    summen = {True: NICHTS, False: NICHTS}
    for art, betrag in posten:
        summen[art is None or art.foerderfaehig] += betrag or NICHTS
    return Bilanz(summen[True] + summen[False], summen[False], andere, prozent, frei)
