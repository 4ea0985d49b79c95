"""The cost plan: Kostenarten with their rules, offers, plans to start from, two budget years, the table on paper."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from angebote.antrag import services
from angebote.antrag.abbild import abbild
from angebote.antrag.bedingungen import einwaende
from angebote.antrag.bilanz import Bilanz
from angebote.antrag.jahre import jahresteile
from angebote.antrag.models_zeilen import Jahresanteil
from angebote.antrag.vorgaben import kostenplaene
from angebote.foerderung.models import Kostenart
from angebote.stammdaten.laden import laden
from tests.factories_antrag import make_antrag, make_kostenposten, make_regel, make_vokabel

D = Decimal
EURO = "\N{NO-BREAK SPACE}€"


def adresse(antrag, name="kosten"):
    return reverse("antraege:abschnitt", args=[antrag.pk, name])


def saetze(antrag, regel=None):
    """What speaks against it: sentences, the hard ones first."""
    liste = einwaende(antrag, regel or antrag.regel_heute, am=timezone.localdate())
    return [e.satz for e in liste if e.hart], [e.satz for e in liste if not e.hart]


def zeilen(*rows, **werte):
    daten = {"kosten-TOTAL_FORMS": len(rows), "kosten-INITIAL_FORMS": 0, "version": 1}
    for nummer, row in enumerate(rows):
        daten |= {f"kosten-{nummer}-{name}": wert for name, wert in row.items()}
    return daten | werte


@pytest.mark.parametrize(
    ("ausgaben", "nicht", "andere", "beantragt", "luecke", "zuviel", "geht_auf"),
    [
        ("100.00", "0", "0", "100.00", "0", "0", True),
        ("100.00", "0", "30.00", "70.00", "0", "0", True),
        ("100.00", "40.00", "30.00", "60.00", "10.00", "0", False),
        ("100.00", "40.00", "40.00", "60.00", "0", "0", True),
        ("100.00", "40.00", "55.50", "44.50", "0", "0", True),
        ("100.00", "0", "120.00", "0", "0", "20.00", False),
        ("0", "0", "0", "0", "0", "0", False),
    ],
)
def test_what_cannot_be_funded_is_never_part_of_the_request(
    ausgaben, nicht, andere, beantragt, luecke, zuviel, geht_auf
):
    bilanz = Bilanz(D(ausgaben), D(nicht), D(andere))
    assert (bilanz.beantragt, bilanz.luecke, bilanz.zuviel) == (D(beantragt), D(luecke), D(zuviel))
    assert bilanz.geht_auf is geht_auf


def test_own_share_and_cap_round_half_up():
    bilanz = Bilanz(D("100.05"), D(0), D("10.00"), D(10), D("80.00"))
    assert (bilanz.eigenanteil, bilanz.eigenanteil_fehlt) == (D("10.01"), D("0.01"))
    assert (bilanz.ueber, bilanz.rest) == (D("10.05"), D("0.00"))


def test_the_page_says_beside_the_row_what_its_kostenart_asks(cast, als):
    make_regel(cast.harz, angebote_ab=D(500), angebote_hart=True)
    antrag = services.anlegen(cast.schule, by=cast.lehrkraft)
    geraet = make_vokabel(Kostenart, "Anschaffungen", foerderfaehig=False, hinweis="Geräte bezahlt der Träger.")
    essen = make_vokabel(Kostenart, "Verpflegung", begruendung_pflicht=True)
    rows = (
        {"kostenart": geraet.pk, "beschreibung": "Kamera", "menge": "", "einzelpreis": "500,01 €"},
        {"kostenart": essen.pk, "beschreibung": "Mittag", "menge": "100", "einzelpreis": "5"},
    )
    als(cast.lehrkraft).post(adresse(antrag), zeilen(*rows, eigenmittel="500", uebersicht="ja"))
    antrag.refresh_from_db()
    assert (antrag.beantragt, antrag.eigenmittel) == (D("500.00"), D("500.00"))
    seite = als(cast.lehrkraft).get(adresse(antrag)).text
    assert "Anschaffungen (nicht förderfähig)</option>" in seite
    assert 'data-hinweis="Geräte bezahlt der Träger."' in seite
    assert seite.count("data-hinweis>Geräte bezahlt der Träger.</p>") == 1
    assert seite.count("data-nicht>Nicht förderfähig") == 1
    assert seite.count("data-nicht hidden>") == 1
    assert seite.count(f"data-angebote>Über 500,00{EURO}: Ihre Region verlangt dafür 3 Vergleichsangebote.") == 1
    assert "Nötig bei: Verpflegung." in seite
    hart, _ = saetze(antrag)
    assert "Bitte begründen Sie, warum das nötig ist: „Mittag“." in hart
    assert f"„Kamera“: Das ist nicht förderfähig (500,01{EURO}), andere müssen es bezahlen. " in "".join(hart)
    assert f"Dafür fehlen noch 0,01{EURO}." in "".join(hart)


@pytest.mark.parametrize(
    ("betrag", "verbindlich", "stelle"), [("500.00", True, None), ("500.01", True, 0), ("500.01", False, 1)]
)
def test_offers_are_asked_for_above_the_amount_and_one_file_is_enough(cast, betrag, verbindlich, stelle):
    make_regel(cast.harz, angebote_ab=D(500), angebote_anzahl=2, angebote_hart=verbindlich)
    antrag = make_antrag(cast.schule, cast.lehrkraft, kosten=[("Honorare", "Kurs", 1, "", betrag)])
    gefunden = ["".join(liste) for liste in saetze(antrag)]
    assert [i for i, text in enumerate(gefunden) if "um 2 Vergleichsangebote" in text] == (
        [] if stelle is None else [stelle]
    )


def test_an_office_without_the_rule_asks_for_no_offers(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft, kosten=[("Honorare", "Kurs", 1, "", "1900")])
    assert saetze(antrag) == ([], [])


def test_the_plans_name_kostenarten_that_exist_and_add_up(db):
    laden()
    arten = set(Kostenart.objects.filter(foerderfaehig=True).values_list("schluessel", flat=True))
    summen = {}
    for plan in kostenplaene().values():
        assert {row["kostenart"] for row in plan.posten} <= arten
        summen[plan.name] = sum(D(row["menge"]) * D(row["einzelpreis"].replace(",", ".")) for row in plan.posten)
    assert summen == {"Projekttag": 740, "Workshopreihe": 1240, "Ferienwerkstatt": 2350}


def test_a_plan_fills_an_empty_page_and_saves_nothing(cast, als):
    laden()
    antrag = services.anlegen(cast.schule, by=cast.lehrkraft)
    assert 'value="projekttag"' in als(cast.lehrkraft).get(adresse(antrag)).text
    leer = {"kostenart": "", "beschreibung": "", "menge": "", "einzelpreis": ""}
    seite = als(cast.lehrkraft).post(adresse(antrag), zeilen(leer, zeile="projekttag", eigenmittel="40")).text
    assert 'name="kosten-TOTAL_FORMS" value="3"' in seite
    assert 'value="Zwei Fachkräfte, je 6 Stunden"' in seite
    assert f'<dd data-summe="beantragt">700,00{EURO}</dd>' in seite
    assert 'value="projekttag"' not in seite  # it is not empty any more
    assert not antrag.kostenposten.exists()


def test_a_plan_overwrites_nothing(cast, als):
    laden()
    antrag = services.anlegen(cast.schule, by=cast.lehrkraft)
    seite = als(cast.lehrkraft).post(adresse(antrag), zeilen({"beschreibung": "Bus"}, zeile="projekttag")).text
    assert 'name="kosten-TOTAL_FORMS" value="2"' in seite
    assert 'value="Bus"' in seite
    assert "Zwei Fachkräfte" not in seite


def test_a_retired_kostenart_stays_with_its_row(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    Kostenart.objects.update(aktiv=False)
    assert "selected>Honorare</option>" in als(cast.lehrkraft).get(adresse(antrag)).text


@pytest.fixture
def ueber_neujahr(cast):
    """2 days in 2026, 8 in 2027, 1.000,00 €."""
    antrag = make_antrag(cast.schule, cast.lehrkraft, kosten=[("Honorare", "Kurs", 1, "", "1000")])
    antrag.beginn, antrag.ende = date(2026, 12, 30), date(2027, 1, 8)
    antrag.save()
    return antrag


@pytest.mark.parametrize(
    ("eigene", "betrag", "teile"),
    [
        ({}, "1000", {2026: "200.00", 2027: "800.00"}),
        ({2026: "650.50"}, "1000", {2026: "650.50", 2027: "349.50"}),
        ({2026: "0"}, "1000", {2027: "1000.00"}),
        ({2026: "1000"}, "1000", {2026: "1000.00"}),
        ({2026: "650.50"}, "500", {2026: "325.25", 2027: "174.75"}),  # less was resolved: in proportion
        ({2026: "1000.01"}, "1000", {2026: "200.00", 2027: "800.00"}),  # more than was applied for
        ({2025: "5"}, "1000", {2026: "200.00", 2027: "800.00"}),  # the days moved on
    ],
)
def test_the_split_of_the_writer_is_what_a_resolution_takes(ueber_neujahr, eigene, betrag, teile):
    for jahr, wert in eigene.items():
        Jahresanteil.objects.create(antrag=ueber_neujahr, jahr=jahr, betrag=wert)
    erwartet = {jahr: D(wert) for jahr, wert in teile.items()}
    assert jahresteile(ueber_neujahr, D(betrag), ueber_neujahr.regel_heute) == erwartet


def test_the_split_is_explained_typed_once_and_read(cast, als, ueber_neujahr):
    seite = als(cast.lehrkraft).get(adresse(ueber_neujahr)).text
    assert "2026: 2 Tage, 2027: 8 Tage." in seite
    assert f"<dt>2026</dt><dd>200,00{EURO}</dd>" in seite
    art = make_vokabel(Kostenart, "Honorare")
    row = {"kostenart": art.pk, "beschreibung": "Kurs", "menge": "1", "einzelpreis": "1000"}
    als(cast.lehrkraft).post(adresse(ueber_neujahr), zeilen(row, jahr_2026="650,50 €"))
    assert list(ueber_neujahr.jahresanteile.values_list("jahr", "betrag")) == [(2026, D("650.50"))]
    ueber_neujahr.refresh_from_db()
    kosten = dict(next(teil for teil in abbild(ueber_neujahr) if teil["name"] == "kosten")["zeilen"])
    assert (kosten["Davon aus 2026"], kosten["Davon aus 2027"]) == (f"650,50{EURO}", f"349,50{EURO}")
    ueber_neujahr.jahresanteile.update(betrag=2000)
    assert "es gilt die Aufteilung nach Tagen." in "".join(saetze(ueber_neujahr)[1])
    ueber_neujahr.refresh_from_db()
    als(cast.lehrkraft).post(adresse(ueber_neujahr), zeilen(row, jahr_2026="", version=ueber_neujahr.version))
    assert not ueber_neujahr.jahresanteile.exists()


def test_a_project_of_one_year_asks_for_no_split(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft, beginn=date(2027, 3, 1))
    assert "Mehrere Budgetjahre" not in als(cast.lehrkraft).get(adresse(antrag)).text


def test_the_costs_read_as_a_table(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    posten = make_kostenposten(antrag, "Verpflegung", "Frühstück", D("2.5"), "Kisten", "3.00")
    posten.begruendung = "Die Kinder kommen früh."
    posten.save()
    teil = next(teil for teil in abbild(antrag) if teil["name"] == "kosten")
    assert teil["posten"] == [
        ["Honorare", "Theaterpädagogik", "24 Stunden", f"50,00{EURO}", f"1.200,00{EURO}"],
        ["Verpflegung", "Frühstück\nBegründung: Die Kinder kommen früh.", "2,5 Kisten", f"3,00{EURO}", f"7,50{EURO}"],
    ]
    seite = als(cast.lehrkraft).get(adresse(antrag, "pruefen")).text
    assert seite.count("Theaterpädagogik") == 1
    assert "Frühstück<br>Begründung: Die Kinder kommen früh.</td>" in seite
