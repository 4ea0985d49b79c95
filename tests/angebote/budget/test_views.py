"""The pages of the money: who sees them, what they refuse, and where every amount leads."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from angebote.budget.models import Budget
from angebote.budget.services import ansatz_aendern
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


def neues(**werte):
    return {"schluessel": str(uuid4())} | werte


def geaendert(client, budget, **werte):
    """The form of this page as it is now, filled in: what would be sent."""
    form = client.get(reverse("budget:aendern", args=[budget.pk])).context["form"]
    return {name: form[name].value() for name in ("ansatz", "sperre", "version", "schluessel")} | werte


def test_the_leitung_opens_a_year(cast, als):
    daten = {"netzwerkstelle": cast.harz.pk, "jahr": 2028, "ansatz": "30.000,50", "text": "Zuwendung vom 12.01."}
    antwort = als(cast.leitung).post(reverse("budget:neu"), neues(**daten))
    budget = Budget.objects.get()
    assert (antwort.status_code, antwort.url) == (302, f"/budget/{budget.pk}/")
    assert (budget.jahr, budget.ansatz, budget.buchungen.get().text) == (
        2028,
        Decimal("30000.50"),
        "Zuwendung vom 12.01.",
    )
    nochmal = als(cast.leitung).post(reverse("budget:neu"), neues(**daten))
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
    client = als(cast.leitung)
    antwort = client.post(reverse("budget:aendern", args=[budget.pk]), geaendert(client, budget, **daten))
    assert antwort.status_code == 200
    assert fehler in antwort.context["form"].errors
    budget.refresh_from_db()
    assert budget.ansatz == Decimal("10000.00")


def test_an_old_tab_lifts_no_sperre(cast, als):
    """Opened in the morning, only to raise the Ansatz; at noon the other Leitung sets a Sperre."""
    budget, client = make_budget(cast), als(cast.leitung)
    morgens = geaendert(client, budget, ansatz="12.000,00", text="Nachtrag")
    ansatz_aendern(budget, by=cast.leitung, ansatz=Decimal(10000), sperre=Decimal(500), text="Haushaltssperre")
    url = reverse("budget:aendern", args=[budget.pk])
    antwort = client.post(url, morgens)
    [satz] = antwort.context["form"].errors["__all__"]
    assert "Dieses Budget wurde inzwischen geändert." in satz
    assert "Ansatz: 10.000,00 €, Haushaltssperre: 500,00 €" in satz
    budget.refresh_from_db()
    assert (budget.ansatz, budget.sperre) == (Decimal(10000), Decimal(500))
    form = antwort.context["form"]
    assert (form["ansatz"].value(), form["text"].value()) == ("12.000,00", "Nachtrag")  # typed words stay
    verglichen = {name: form[name].value() for name in ("ansatz", "text", "version", "schluessel")}
    assert client.post(url, verglichen | {"sperre": "500"}).status_code == 302
    budget.refresh_from_db()
    assert (budget.ansatz, budget.sperre) == (Decimal(12000), Decimal(500))
    gebucht = list(budget.buchungen.order_by("pk").values_list("art", "betrag"))
    assert gebucht[1:] == [("sperre", Decimal(500)), ("ansatz", Decimal(2000))]


def test_the_second_click_books_nothing_and_is_no_conflict_with_oneself(cast, als):
    budget, client = make_budget(cast), als(cast.leitung)
    daten, url = geaendert(client, budget, sperre="500", text="Sperre"), reverse("budget:aendern", args=[budget.pk])
    antworten = [client.post(url, daten) for _ in range(2)]
    assert [(a.status_code, a.url) for a in antworten] == [(302, budget.get_absolute_url())] * 2
    assert budget.buchungen.filter(art="sperre").count() == 1


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
        ({"art": "unsinn"}, 2), ({"nach": "999"}, 2), ({"nach": "x"}, 2), ({"q": "\x00"}, 2), ({"q": "a" * 4000}, 2),
    ],
)  # fmt: skip
def test_the_ledger_is_searched(cast, vergeben, als, suche, anzahl):
    antwort = als(cast.leitung).get(vergeben.budget.get_absolute_url(), suche)
    assert (antwort.status_code, antwort.context["page"].anzahl) == (200, anzahl)


@pytest.mark.parametrize(
    ("jahr", "anzahl"), [("2027", 1), ("2026", 1), ("", 2), ("2020", 2), ("\x00", 2), ("x" * 4000, 2)]
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


def test_the_sums_above_the_list_take_the_sperre_off(cast, als):
    zehn, sperre = Decimal("10000.00"), Decimal("1500.00")
    ansatz_aendern(make_budget(cast, ansatz="10000.00"), by=cast.leitung, ansatz=zehn, sperre=sperre, text="Sperre")
    summen = als(cast.leitung).get(reverse("budget:liste")).context["summen"]
    assert (summen["ansatz"], summen["sperre"], summen["verfuegbar"]) == (zehn, sperre, Decimal("8500.00"))
