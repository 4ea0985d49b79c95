"""The pages of the money: who sees them, what they refuse, and where every amount leads."""

from decimal import Decimal

import pytest
from django.urls import reverse

from angebote.budget.models import Budget
from tests.factories_antrag import unterschreiben
from tests.factories_entscheidung import make_beschlossen, make_budget

# Short words, many to a line.
LEUTE = (
    "lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe", "nachbarin", "koordination", "pruefung",
    "fremd",
)  # fmt: skip
# A table, to be read in columns.
# fmt: off
DARF = {
    #                lehrk schull sachb leit freig nachb koord pruef fremd
    "liste":        (403, 403,   200,  200, 200,  200,  200,  200,  403),
    "neu":          (403, 403,   403,  200, 403,  200,  403,  403,  403),
    "budget":       (404, 404,   200,  200, 200,  404,  200,  200,  404),
    "aendern":      (404, 404,   403,  200, 403,  404,  403,  403,  404),
}
# fmt: on


@pytest.mark.parametrize("seite", DARF)
def test_who_opens_which_page(cast, als, seite):
    budget = make_budget(cast)
    url = reverse(f"budget:{seite}", args=[budget.pk] if seite in ("budget", "aendern") else [])
    assert tuple(als(getattr(cast, name)).get(url).status_code for name in LEUTE) == DARF[seite]


def test_a_stranger_is_asked_to_sign_in(client, cast):
    assert client.get(make_budget(cast).get_absolute_url()).status_code == 302


def test_the_leitung_opens_a_year(cast, als):
    daten = {"netzwerkstelle": cast.harz.pk, "jahr": 2028, "ansatz": "30.000,50", "text": "Zuwendung vom 12.01."}
    antwort = als(cast.leitung).post(reverse("budget:neu"), daten)
    budget = Budget.objects.get()
    assert (antwort.status_code, antwort.url) == (302, f"/budget/{budget.pk}/")
    assert (budget.jahr, budget.ansatz, budget.buchungen.get().text) == (
        2028,
        Decimal("30000.50"),
        "Zuwendung vom 12.01.",
    )
    nochmal = als(cast.leitung).post(reverse("budget:neu"), daten)
    assert nochmal.context["form"].errors == {"jahr": ["Das Budget 2028 gibt es schon. Ändern Sie dort den Ansatz."]}


def test_nobody_opens_a_year_for_another_office(cast, als):
    daten = {"netzwerkstelle": cast.boerde.pk, "jahr": 2028, "ansatz": "1", "text": "x"}
    assert "netzwerkstelle" in als(cast.leitung).post(reverse("budget:neu"), daten).context["form"].errors
    assert not Budget.objects.exists()


@pytest.mark.parametrize(
    ("daten", "fehler"),
    [
        ({"ansatz": "500", "sperre": "0", "text": "Kürzung"}, "__all__"),
        ({"ansatz": "500", "sperre": "600", "text": "Sperre"}, "sperre"),
        ({"ansatz": "-1", "sperre": "0", "text": "Minus"}, "ansatz"),
        ({"ansatz": "viel", "sperre": "0", "text": "x"}, "ansatz"),
        ({"ansatz": "1e400", "sperre": "NaN", "text": "x"}, "ansatz"),
        ({"ansatz": "9" * 40, "sperre": "0", "text": "x"}, "ansatz"),
        ({"ansatz": "12000", "sperre": "0", "text": ""}, "text"),
        ({"ansatz": "12000", "sperre": "0", "text": "\x00"}, "text"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_german(cast, vergeben, als, daten, fehler):
    budget = vergeben.budget
    antwort = als(cast.leitung).post(reverse("budget:aendern", args=[budget.pk]), daten)
    assert antwort.status_code == 200
    assert fehler in antwort.context["form"].errors
    budget.refresh_from_db()
    assert budget.ansatz == Decimal("10000.00")


def test_every_row_leads_to_its_antrag_and_names_the_beschluss(cast, als):
    budget = make_budget(cast)
    antrag = unterschreiben(make_beschlossen(cast), "bewilligen", by=cast.freigabe)
    text = als(cast.sachbearbeitung).get(budget.get_absolute_url()).content.decode()
    assert text.count(f'<a href="/antraege/{antrag.pk}/">{antrag.nummer}</a>') == 3
    assert text.count("Beschluss HZ-B-2027/01 vom 04.03.2027") == 3
    assert "9.000,00\N{NO-BREAK SPACE}€</strong> von 10.000,00\N{NO-BREAK SPACE}€ sind frei" in text


def test_the_coordination_reads_amounts_but_no_contents(cast, als):
    budget = make_budget(cast)
    antrag = make_beschlossen(cast)
    text = als(cast.koordination).get(budget.get_absolute_url()).content.decode()
    assert f"Antrag {antrag.nummer}" in text
    assert f"/antraege/{antrag.pk}/" not in text
    assert antrag.titel not in text
    buchung = budget.buchungen.create(art="sperre", betrag=1, text="Rücklage für Projekt Regenbogen")
    adresse = budget.get_absolute_url()

    def gelesen(suche=""):
        antwort = als(cast.koordination).get(adresse, {"q": suche} if suche else {})
        return buchung.text in antwort.content.decode(), antwort.context["page"].anzahl

    assert gelesen()[0] is False
    assert gelesen("Regenbogen") == (False, 0)  # a search tells nothing either
    cast.harz.teilt_inhalte = True
    cast.harz.save()
    assert gelesen("Regenbogen") == (True, 1)


# One case a line, to be read in columns.
@pytest.mark.parametrize(
    ("suche", "anzahl"),
    [
        ({}, 2), ({"art": "reservierung"}, 1), ({"q": "HZ-B-2027/01"}, 1), ({"q": "zuwendung"}, 1),
        ({"q": "gibt es nicht"}, 0),
        ({"art": "unsinn"}, 2), ({"nach": "999"}, 2), ({"nach": "x"}, 2), ({"q": "\x00"}, 2), ({"q": "a" * 100_000}, 2),
    ],
)  # fmt: skip
def test_the_ledger_is_searched(cast, vergeben, als, suche, anzahl):
    antwort = als(cast.leitung).get(vergeben.budget.get_absolute_url(), suche)
    assert (antwort.status_code, antwort.context["page"].anzahl) == (200, anzahl)


@pytest.mark.parametrize(
    ("jahr", "anzahl"), [("2027", 1), ("2026", 1), ("", 2), ("2020", 2), ("\x00", 2), ("x" * 100_000, 2)]
)
def test_the_list_shows_one_year(cast, als, jahr, anzahl):
    make_budget(cast, jahr=2026)
    make_budget(cast, jahr=2027)
    antwort = als(cast.koordination).get(reverse("budget:liste"), {"jahr": jahr})
    assert (antwort.status_code, antwort.context["page"].anzahl) == (200, anzahl)


def test_the_queries_do_not_grow(cast, als, django_assert_num_queries):
    budget = make_budget(cast)
    make_beschlossen(cast)
    client = als(cast.leitung)
    client.get(budget.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(budget.get_absolute_url())
    for _ in range(5):
        make_beschlossen(cast, betrag="10.00", kosten=[("Honorare", "Trommeln", 1, "Tag", "10.00")])
    with django_assert_num_queries(7):
        client.get(budget.get_absolute_url())
