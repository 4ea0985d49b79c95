from types import SimpleNamespace

import pytest

from angebote.antrag.workflow import Status
from tests.factories_antrag import make_antrag_in
from tests.factories_entscheidung import make_beschlossen, make_budget


class Faelle(dict):
    """status → a case of the school in it, over 100 €; it comes to be when it is asked for."""

    def __init__(self, cast):
        self.cast = cast

    def __missing__(self, status):
        kosten = [("Honorare", "Zirkus", 1, "Tag", "100.00")]
        self[status] = make_antrag_in(status, self.cast, titel=Status(status).label, kosten=kosten)
        return self[status]


@pytest.fixture
def faelle(cast):
    return Faelle(cast)


@pytest.fixture
def vergeben(cast):
    """A budget of 10.000 €, and a case to which the Gremium gave 1.000 € of it."""
    budget = make_budget(cast)
    return SimpleNamespace(budget=budget, antrag=make_beschlossen(cast))
