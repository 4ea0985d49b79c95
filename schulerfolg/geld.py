"""Amounts: euros as Decimal with two places. One rounding, one way to write them."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

CENT = Decimal("0.01")


def rounded(betrag: Decimal | float) -> Decimal:
    """To the cent, half up: as PostgreSQL rounds, and as people do."""
    return Decimal(str(betrag)).quantize(CENT, ROUND_HALF_UP)


def zahl(wert: Decimal | float) -> str:
    """1234.5 as „1.234,50“."""
    return number_format(rounded(wert), decimal_pos=2, use_l10n=True, force_grouping=True)


def euro(betrag: Decimal | float) -> str:
    """1234.5 as „1.234,50 €“, with a space that does not break."""
    return f"{zahl(betrag)}\N{NO-BREAK SPACE}€"
