"""The rule in force: one at a time, found by its day, told in German when two would meet."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from angebote.foerderung.models import Anlagenanforderung, Foerderregel
from tests.factories_antrag import make_regel


@pytest.mark.parametrize(
    ("tag", "betrag"),
    [
        (date(2026, 1, 19), 2000),
        (date(2026, 1, 20), 3000),
        (date(2030, 6, 1), 3000),
    ],
)
def test_the_limit_changes_in_the_middle_of_a_year(cast, tag, betrag):
    """Salzlandkreis, 20.01.2026 (fachdossier 3.7)."""
    make_regel(cast.harz, hoechstbetrag=Decimal(2000), bis=date(2026, 1, 19))
    make_regel(cast.harz, hoechstbetrag=Decimal(3000), von=date(2026, 1, 20))
    assert cast.harz.foerderregeln.gueltig(tag).get().hoechstbetrag == betrag


def test_two_rules_at_once_are_refused_in_german(cast):
    make_regel(cast.harz, von=date(2026, 1, 1))
    zweite = Foerderregel(netzwerkstelle=cast.harz, hoechstbetrag=Decimal(1), von=date(2027, 1, 1))
    with pytest.raises(ValidationError, match="In dieser Zeit gilt schon eine andere Regel"):
        zweite.validate_constraints()
    make_regel(cast.boerde, von=date(2026, 1, 1))


def test_an_office_that_decides_needs_its_limit(cast):
    regel = Foerderregel(netzwerkstelle=cast.harz, hoechstbetrag=Decimal(1), entscheidungsweg="stelle", stelle_bis=0)
    with pytest.raises(ValidationError, match="bis zu dem die Stelle selbst entscheidet"):
        regel.validate_constraints()


def test_the_defaults_are_those_of_the_programme(cast):
    regel = make_regel(cast.harz)
    assert (regel.hoechstbetrag_je, regel.hoechstbetrag_im, regel.hoechstbetrag_hart) == (
        "schule",
        "kalenderjahr",
        True,
    )
    assert (regel.vorlauf_tage, regel.eigenanteil_prozent, regel.mitzeichnung) == (28, 0, True)
    assert (regel.entscheidungsweg, regel.beispiel) == ("gremium", False)


def test_rows_name_themselves(cast):
    regel = make_regel(cast.harz, von=date(2026, 1, 20))
    anlage = Anlagenanforderung.objects.create(regel=regel, art="kooperation")
    assert str(regel) == f"Förderregel {cast.harz.kurzname} ab 20.01.2026"
    assert str(anlage) == "Kooperationsvereinbarung (bei der Einreichung)"
