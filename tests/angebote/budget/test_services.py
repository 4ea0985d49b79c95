"""The ledger: literal bookings, exact splits, and what the database refuses by name."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from angebote.budget.models import Buchung, Budget
from angebote.budget.services import ansatz_aendern, aufteilen, budget_anlegen, budgetjahr, reservieren
from tests.factories_antrag import unterschreiben
from tests.factories_entscheidung import make_beschlossen, make_budget, make_im_gremium

D = Decimal


@pytest.mark.parametrize(
    ("tag", "achse", "jahr"),
    [
        (date(2027, 7, 31), "kalenderjahr", 2027),
        (date(2027, 7, 31), "schuljahr", 2026),
        (date(2027, 8, 1), "schuljahr", 2027),
        (date(2027, 12, 31), "schuljahr", 2027),
    ],
)
def test_the_year_a_day_is_paid_from(tag, achse, jahr):
    assert budgetjahr(tag, achse) == jahr


@pytest.mark.parametrize(
    ("betrag", "beginn", "ende", "achse", "teile"),
    [
        ("1000.00", date(2027, 3, 1), date(2027, 3, 5), "kalenderjahr", {2027: D("1000.00")}),
        ("1000.00", date(2026, 12, 30), date(2027, 1, 8), "kalenderjahr", {2026: D("200.00"), 2027: D("800.00")}),
        ("100.00", date(2027, 7, 31), date(2027, 8, 2), "schuljahr", {2026: D("33.33"), 2027: D("66.67")}),
        ("1000.00", date(2026, 12, 30), date(2027, 1, 8), "schuljahr", {2026: D("1000.00")}),
        ("1.00", date(2026, 1, 2), date(2027, 1, 1), "kalenderjahr", {2026: D("1.00")}),
    ],
)
def test_the_split_over_the_years(betrag, beginn, ende, achse, teile):
    assert aufteilen(D(betrag), beginn, ende, achse) == teile


@given(
    cent=st.integers(1, 10**9),
    beginn=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    tage=st.integers(0, 1500),
    achse=st.sampled_from(["kalenderjahr", "schuljahr"]),
)
def test_the_parts_are_the_whole_and_never_negative(cent, beginn, tage, achse):
    teile = aufteilen(D(cent) / 100, beginn, beginn + timedelta(days=tage), achse)
    assert sum(teile.values()) == D(cent) / 100
    assert min(teile.values()) > 0


def test_a_project_across_two_years_books_into_both(cast):
    alt, neu = make_budget(cast, jahr=2026), make_budget(cast, jahr=2027)
    antrag = make_im_gremium(cast)
    antrag.beginn, antrag.ende = date(2026, 12, 30), date(2027, 1, 8)
    antrag.save()
    reservieren(antrag, aufteilen(D(1000), antrag.beginn, antrag.ende, "kalenderjahr"), by=cast.leitung)
    assert list(antrag.buchungen.order_by("budget__jahr").values_list("budget", "betrag")) == [
        (alt.pk, D("200.00")),
        (neu.pk, D("800.00")),
    ]


def test_the_ledger_of_an_award(cast):
    budget = make_budget(cast)
    antrag = make_beschlossen(cast)
    budget.refresh_from_db()
    assert (budget.reserviert, budget.gebunden, budget.verfuegbar) == (D("1000.00"), D(0), D("9000.00"))
    unterschreiben(antrag, "bewilligen", by=cast.freigabe)
    budget.refresh_from_db()
    assert (budget.reserviert, budget.gebunden, budget.verfuegbar) == (D(0), D("1000.00"), D("9000.00"))
    n = antrag.nummer
    assert list(budget.buchungen.order_by("pk").values_list("art", "betrag", "text", "beschluss_nummer")) == [
        ("ansatz", D("10000.00"), "Zuwendung", ""),
        ("reservierung", D("1000.00"), f"Reserviert für {n}", "HZ-B-2027/01"),
        ("reservierung", D("-1000.00"), f"Reservierung eingelöst: {n}", "HZ-B-2027/01"),
        ("bindung", D("1000.00"), f"Bewilligt: {n}", "HZ-B-2027/01"),
    ]
    assert not Budget.objects.abweichungen().exists()


def test_a_column_that_is_not_its_bookings_is_found(cast):
    budget = make_budget(cast)
    Budget.objects.filter(pk=budget.pk).update(sperre=1)
    assert list(Budget.objects.abweichungen()) == [budget]


def test_more_than_is_there_is_refused(cast):
    make_budget(cast, "900.00")
    jahr = Budget.objects.get().jahr
    with pytest.raises(ValidationError) as error:
        make_beschlossen(cast)
    assert error.value.messages == [f"Das Budget {jahr} reicht nicht: frei sind noch 900,00\N{NO-BREAK SPACE}€."]
    assert Budget.objects.get().reserviert == 0
    assert Buchung.objects.count() == 1


@pytest.mark.parametrize(("sperre", "reicht"), [("0.00", True), ("1000.00", True), ("1000.01", False)])
def test_an_award_takes_the_last_cent_and_none_more(cast, sperre, reicht):
    """2.000 € less the Sperre, against an award of 1.000 €."""
    budget = make_budget(cast, "2000.00")
    if D(sperre):
        ansatz_aendern(budget, by=cast.leitung, ansatz=D("2000.00"), sperre=D(sperre), text="Sperre")
    if reicht:
        make_beschlossen(cast)
    else:
        with pytest.raises(ValidationError, match="reicht nicht: frei sind noch 999,99"):
            make_beschlossen(cast)
    assert Budget.objects.get().reserviert == (D("1000.00") if reicht else D(0))


def test_without_a_budget_nothing_is_awarded(cast):
    with pytest.raises(ValidationError, match="gibt es noch kein Budget"):
        make_beschlossen(cast)


def test_ansatz_and_lock_are_booked_with_their_reason(cast):
    budget = make_budget(cast, "5000.00")
    ansatz_aendern(budget, by=cast.leitung, ansatz=D(6000), sperre=D(500), text="Nachtrag")
    assert list(budget.buchungen.order_by("pk").values_list("art", "betrag", "text")) == [
        ("ansatz", D("5000.00"), "Zuwendung"),
        ("ansatz", D("1000.00"), "Nachtrag"),
        ("sperre", D("500.00"), "Nachtrag"),
    ]
    assert not Budget.objects.abweichungen().exists()


@pytest.mark.parametrize(("ansatz", "sperre"), [("999.99", "0"), ("10000.00", "9000.01")])
def test_a_budget_is_not_lowered_below_what_is_given_away(cast, vergeben, ansatz, sperre):
    budget = vergeben.budget
    with pytest.raises(ValidationError, match="sind schon reserviert oder bewilligt"):
        ansatz_aendern(budget, by=cast.leitung, ansatz=D(ansatz), sperre=D(sperre), text="Kürzung")
    budget.refresh_from_db()
    assert (budget.ansatz, budget.sperre) == (D("10000.00"), D(0))


@pytest.mark.parametrize(("ansatz", "sperre"), [("1000.00", "0"), ("10000.00", "9000.00")])
def test_a_budget_is_lowered_to_exactly_what_is_given_away(cast, vergeben, ansatz, sperre):
    ansatz_aendern(vergeben.budget, by=cast.leitung, ansatz=D(ansatz), sperre=D(sperre), text="Kürzung")
    assert Budget.objects.get().verfuegbar == 0


def test_what_is_so_already_is_not_booked(cast):
    budget = make_budget(cast, "5000.00")
    with pytest.raises(ValidationError, match="Es gibt nichts zu buchen"):
        ansatz_aendern(budget, by=cast.leitung, ansatz=D(5000), sperre=D(0), text="Nachtrag")
    assert budget.buchungen.count() == 1


def test_a_year_is_opened_once(cast):
    make_budget(cast, jahr=2027)
    with pytest.raises(ValidationError, match="Das Budget 2027 gibt es schon"):
        budget_anlegen(cast.harz, by=cast.leitung, jahr=2027, ansatz=D(1))


@pytest.mark.parametrize(
    ("spalten", "name"),
    [
        ({"reserviert": D("10000.01")}, "budget_reicht"),
        ({"gebunden": D("9000"), "reserviert": D("1000.01")}, "budget_reicht"),
        ({"sperre": D("0.01"), "reserviert": D("10000")}, "budget_reicht"),
        ({"sperre": D("-1")}, "budget_spalten_nicht_negativ"),
        ({"ausgezahlt": D("1")}, "budget_ausgezahlt_hoechstens_gebunden"),
    ],
)
def test_the_database_refuses_by_name(cast, spalten, name):
    budget = make_budget(cast)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Budget.objects.filter(pk=budget.pk).update(**spalten)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE angebote_buchung SET betrag = 1",
        "DELETE FROM angebote_buchung",
        "TRUNCATE angebote_buchung CASCADE",
    ],
)
def test_a_booking_stays_for_good(cast, sql):
    make_budget(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Buchung.objects.get().betrag == D("10000.00")


def test_a_booking_of_nothing_is_refused(cast):
    budget = make_budget(cast)
    with pytest.raises(IntegrityError, match="buchung_nicht_null"), transaction.atomic():
        Buchung.objects.create(budget=budget, art="ansatz", betrag=0, text="nichts")


def test_what_is_free_of_all_years_is_less_what_is_given_away_and_what_is_blocked(cast, vergeben):
    ansatz_aendern(vergeben.budget, by=cast.leitung, ansatz=D(10000), sperre=D(500), text="Haushaltssperre")
    budget = Budget.objects.get(pk=vergeben.budget.pk)
    weg = budget.reserviert + budget.gebunden
    assert weg > 0
    assert Budget.objects.filter(pk=budget.pk).summen()["verfuegbar"] == D(9500) - weg


def test_no_budget_is_nothing_to_spend(cast):
    assert set(Budget.objects.none().summen().values()) == {D(0)}
