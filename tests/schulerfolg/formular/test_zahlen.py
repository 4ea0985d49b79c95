"""A separator never changes a number by a thousand (faelle 1)."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from schulerfolg.formular.zahlen import Anzahl, Betrag, Zahl, zahl_aus


@pytest.mark.parametrize(
    ("getippt", "zahl"),
    [
        ("1.200", "1200"),
        ("1.200,50", "1200.50"),
        ("0,125", "0.125"),
        ("1.234.567,8", "1234567.8"),
        ("1 234,50 €", "1234.50"),
        ("1\u202f234,50\u00a0€", "1234.50"),
        ("1234,5", "1234.5"),
        ("1234.5", "1234.5"),
        ("12.50", "12.50"),
        ("0.5", "0.5"),
        ("-3", "-3"),
        ("007", "7"),
        ("5\u200b0", "50"),
    ],
)
def test_what_a_number_means(getippt, zahl):
    assert zahl_aus(getippt) == Decimal(zahl)


# What cannot be read, many to a line.
@pytest.mark.parametrize(
    ("getippt", "satz"),
    [
        *(
            (unklar, "Ein Punkt trennt nur Tausender. Bitte schreiben Sie ein Komma und höchstens zwei Stellen danach.")
            for unklar in ["0.125", "1234.500", "00.125"]
        ),
        *(
            (unklar, "Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50.")
            for unklar in [
                "0.125,50", "1.20,50", "1.2000,5", "1,200.50", "1.200.5", "1 2", "12 34", "1.234 567", "1,2,3", ",5",
                "5,", "1e5", "NaN", "zehn", "12€50", "٣", "1/2", "\x00", "9" * 100_000, "1." + "000." * 9,
            ]
        ),
    ],
)  # fmt: skip
def test_what_could_mean_two_things_is_refused(getippt, satz):
    with pytest.raises(ValidationError) as fehler:
        zahl_aus(getippt)
    assert fehler.value.messages == [satz]


def test_a_quantity_of_an_eighth_never_becomes_125():
    for getippt in ("0.125", "0,125"):
        with pytest.raises(ValidationError):
            Zahl(stellen=0).clean(getippt)


def test_empty_is_no_number():
    assert Zahl(required=False).clean(" ") is None
    assert Anzahl(required=False).clean("") is None


def test_money_begins_at_zero():
    assert Betrag().clean("1.200,00") == Decimal("1200.00")
    with pytest.raises(ValidationError, match=r"ab 0,00"):
        Betrag().clean("-1")


@pytest.mark.parametrize(("getippt", "zahl"), [("1.200", 1200), ("1.000", 1000), ("28", 28), ("1 200", 1200)])
def test_heads_are_counted_by_the_same_parser(getippt, zahl):
    assert Anzahl().clean(getippt) == zahl


@pytest.mark.parametrize("getippt", ["12,5", "0.125", "1,200", "1,000", "12,0", "1.5"])
def test_half_a_head_is_refused(getippt):
    with pytest.raises(ValidationError):
        Anzahl().clean(getippt)


def test_numbers_are_shown_as_they_are_typed():
    assert Zahl().prepare_value(Decimal("1234.5")) == "1.234,50"
    assert Zahl(stellen=0).prepare_value(Decimal("1200.00")) == "1.200"
    assert Zahl(stellen=0).prepare_value(Decimal("0.5")) == "0,50"
    assert Zahl().prepare_value("zehn") == "zehn"
