"""A project over two budget years: what it takes from the money of which year.

The days propose, the writer may say it otherwise: a sum for each year but the last, which gets the rest. So the parts
are always the whole, and the resolution reads what was typed once.
"""

from decimal import Decimal

from angebote.budget.services import budgettage, verteilen
from angebote.foerderung.models import Budgetachse, Foerderregel

HOECHSTENS_JAHRE = 4
"""A project over more years than that is split by its days."""


def projekttage(antrag, regel: Foerderregel | None) -> dict[int, int]:
    """The budget years of this project and its days in each; empty while days or rule are missing."""
    if regel is None or antrag.beginn is None or antrag.ende is None:
        return {}
    return budgettage(antrag.beginn, antrag.ende, regel.budgetachse)


def teilbare_jahre(tage: dict[int, int]) -> list[int]:
    """The years for which the writer may name a sum."""
    return list(tage)[:-1] if 1 < len(tage) <= HOECHSTENS_JAHRE else []


def gewichte(betrag: Decimal, tage: dict[int, int], eigene: dict[int, Decimal]) -> dict[int, int] | dict[int, Decimal]:
    """What each year weighs: the writer's sums where they fit this amount and these years, else the days."""
    jahre = teilbare_jahre(tage)
    rest = betrag - sum(eigene.values(), Decimal(0))
    if not eigene or betrag <= 0 or rest < 0 or not eigene.keys() <= set(jahre):
        return tage
    return {jahr: eigene.get(jahr, Decimal(0)) for jahr in jahre} | {list(tage)[-1]: rest}


def eigene_anteile(antrag) -> dict[int, Decimal]:
    """What the writer named, by year."""
    return dict(antrag.jahresanteile.values_list("jahr", "betrag"))


def jahresteile(antrag, betrag: Decimal, regel: Foerderregel) -> dict[int, Decimal]:
    """An amount over the budget years of this project, in the proportion of what was applied for; exact to the cent."""
    tage = projekttage(antrag, regel)
    eigene = eigene_anteile(antrag) if len(tage) > 1 else {}
    return verteilen(betrag, gewichte(antrag.beantragt, tage, eigene))


def jahr_in_worten(jahr: int, regel: Foerderregel) -> str:
    """„2027“, or „Schuljahr 2027/28“."""
    return f"Schuljahr {jahr}/{(jahr + 1) % 100:02}" if regel.budgetachse == Budgetachse.SCHULJAHR else str(jahr)
