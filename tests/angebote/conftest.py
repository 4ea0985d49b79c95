from types import SimpleNamespace

from tests.buehne import stehend
from tests.factories_antrag import WEGE, make_antrag_in
from tests.factories_entscheidung import make_beschlossen, make_budget


@stehend
def faelle(cast):
    """status → a case of the school in it, over 100 €: for tests that look at one, and at nothing else."""
    kosten = [("Honorare", "Zirkus", 1, "Tag", "100.00")]
    return {status.value: make_antrag_in(status, cast, titel=status.label, kosten=kosten) for status in WEGE}


@stehend
def vergeben(cast):
    """A budget of 10.000 €, and a case to which the Gremium gave 1.000 € of it."""
    budget = make_budget(cast)
    return SimpleNamespace(budget=budget, antrag=make_beschlossen(cast))
