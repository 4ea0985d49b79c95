from decimal import Decimal

import pytest
from django.db import connection
from django.template import Context, Template

from schulerfolg.geld import euro, rounded


@pytest.mark.parametrize(
    ("betrag", "gelesen"),
    [
        (Decimal("1234.5"), "1.234,50\xa0€"),
        (1234.5, "1.234,50\xa0€"),
        (0, "0,00\xa0€"),
        (Decimal("-0.5"), "-0,50\xa0€"),
        (Decimal("2.675"), "2,68\xa0€"),
        (Decimal("999.999"), "1.000,00\xa0€"),
    ],
)
def test_euros_read_the_same_in_python_and_in_a_template(betrag, gelesen):
    assert euro(betrag) == gelesen
    assert Template("{{ betrag|euro }}").render(Context({"betrag": betrag})) == gelesen


@pytest.mark.parametrize(
    ("genau", "gerundet_auf"),
    [("0.005", "0.01"), ("0.015", "0.02"), ("0.025", "0.03"), ("0.0049", "0.00"), ("2.5", "2.50")],
)
def test_half_a_cent_goes_up(genau, gerundet_auf):
    assert str(rounded(Decimal(genau))) == gerundet_auf


@pytest.mark.django_db
@pytest.mark.parametrize("genau", ["0.005", "0.015", "1.245", "2.675", "0.0049"])
def test_the_database_rounds_the_same_way(genau):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::numeric(12, 2)", [Decimal(genau)])
        assert cursor.fetchone()[0] == rounded(Decimal(genau))
