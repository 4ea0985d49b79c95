import pytest

from tests.factories_gremium import make_saal, make_sitzung_in


@pytest.fixture
def saal(cast):
    """The Gremium of the Harz office: a chair and three members, with budgets."""
    return make_saal(cast)


@pytest.fixture
def laufend(cast, saal):
    """A running meeting with one case; everybody is there."""
    return make_sitzung_in("laufend", cast, saal)
