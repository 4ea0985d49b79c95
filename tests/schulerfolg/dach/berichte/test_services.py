"""The figures: counted from the cases, frozen at publication, and the same on page and in the file."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from schulerfolg.dach.berichte import services
from schulerfolg.dach.berichte.diagramm import diagramm
from schulerfolg.dach.berichte.exports import als_csv, formelsicher
from schulerfolg.dach.berichte.kennzahlen import tabellen, zahlen_von
from schulerfolg.dach.berichte.models import Bericht, Kennzahl
from schulerfolg.dach.berichte.text import als_html
from tests.factories_antrag import make_antrag_in, unterschreiben
from tests.factories_entscheidung import make_beschlossen, make_budget

D = Decimal


@pytest.fixture
def bericht(cast):
    """Three cases at the Harz: awarded 1.000,00 €, submitted, and a draft that nobody counts."""
    make_budget(cast)
    unterschreiben(make_beschlossen(cast), "bewilligen", by=cast.freigabe)
    make_antrag_in("eingereicht", cast, kosten=[("Honorare", "Trommeln", 1, "Tag", "300.00")])
    make_antrag_in("entwurf", cast)
    heute = timezone.localdate()
    return services.anlegen(Bericht(titel="Bericht", von=heute - timedelta(days=30), bis=heute), by=cast.koordination)


def als_liste(bericht, gruppe):
    return [(z.reihe, z.spalte, z.text) for z in zahlen_von(bericht) if z.gruppe == gruppe]


def test_the_figures_at_a_glance(bericht):
    assert als_liste(bericht, "land") == [
        ("eingereichte Anträge", "Wert", "2"),
        ("davon bewilligt", "Wert", "1"),
        ("beantragte Summe", "Wert", "1.500,00\N{NO-BREAK SPACE}€"),
        ("bewilligte Summe", "Wert", "1.000,00\N{NO-BREAK SPACE}€"),
        ("Sitzungen der Gremien", "Wert", "0"),
        ("Netzwerkstellen", "Wert", "2"),
        ("Standorte", "Wert", "1"),
        ("Träger", "Wert", "0"),
    ]
    assert als_liste(bericht, "stand") == [
        ("in Prüfung", "Anträge", "1"),
        ("beim Gremium", "Anträge", "0"),
        ("bewilligt", "Anträge", "1"),
        ("abgelehnt", "Anträge", "0"),
        ("zurückgezogen", "Anträge", "0"),
    ]


def test_the_figures_of_the_offices_add_up(cast, bericht):
    je_stelle = {(z.reihe, z.spalte): z.wert for z in zahlen_von(bericht) if z.gruppe == "stelle"}
    assert je_stelle == {
        (cast.harz.kurzname, "Anträge"): D(2),
        (cast.harz.kurzname, "beantragt"): D("1500.00"),
        (cast.harz.kurzname, "bewilligt"): D("1000.00"),
        (cast.boerde.kurzname, "Anträge"): D(0),
        (cast.boerde.kurzname, "beantragt"): D(0),
        (cast.boerde.kurzname, "bewilligt"): D(0),
    }


def test_every_figure_tells_its_source(bericht):
    assert all(zahl.quelle for zahl in zahlen_von(bericht))


def test_publishing_freezes_the_figures(cast, bericht):
    bericht = services.veroeffentlichen(bericht, by=cast.koordination)
    vorher = zahlen_von(bericht)
    make_antrag_in("eingereicht", cast, kosten=[("Honorare", "Zirkus", 1, "Tag", "100.00")])
    assert zahlen_von(bericht) == vorher
    assert Kennzahl.objects.count() == 19
    entwurf = services.anlegen(Bericht(titel="Neu", von=bericht.von, bis=bericht.bis), by=cast.koordination)
    assert zahlen_von(entwurf)[0].wert == 3


@pytest.mark.parametrize(
    "sql", ["UPDATE berichte_kennzahl SET wert = 1", "DELETE FROM berichte_kennzahl", "TRUNCATE berichte_kennzahl"]
)
def test_a_frozen_figure_stays(cast, bericht, sql):
    services.veroeffentlichen(bericht, by=cast.koordination)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("wer", ["leitung", "freigabe", "pruefung", "lehrkraft"])
def test_nobody_else_publishes(cast, bericht, wer):
    with pytest.raises(PermissionDenied):
        services.veroeffentlichen(bericht, by=getattr(cast, wer))
    with pytest.raises(PermissionDenied):
        services.anlegen(Bericht(titel="x", von=bericht.von, bis=bericht.bis), by=getattr(cast, wer))


def test_the_same_title_gets_an_address_of_its_own(cast, bericht):
    zweiter = services.anlegen(Bericht(titel="Bericht", von=bericht.von, bis=bericht.bis), by=cast.koordination)
    gesperrt = services.anlegen(Bericht(titel="Verwaltung", von=bericht.von, bis=bericht.bis), by=cast.koordination)
    assert (bericht.slug, zweiter.slug, gesperrt.slug) == ("bericht", "bericht-2", "verwaltung-2")


def test_the_chart_is_drawn_from_the_table(bericht):
    stand = next(t for t in tabellen(zahlen_von(bericht)) if t.name == "stand")
    bild = diagramm(stand)
    assert [(b.label, b.wert, b.breite) for b in bild.balken][:3] == [
        ("in Prüfung", "1", "100.00%"),
        ("beim Gremium", "0", "0.00%"),
        ("bewilligt", "1", "100.00%"),
    ]


def test_the_file_opens_in_a_spreadsheet(bericht):
    datei = als_csv(bericht)
    zeilen = datei.decode("utf-8-sig").split("\r\n")
    assert datei.startswith(b"\xef\xbb\xbf")
    assert zeilen[0] == "Tabelle;Zeile;Spalte;Wert;Einheit;Quelle"
    assert zeilen[3].startswith(
        "Auf einen Blick;beantragte Summe;Wert;1500,00;euro;Beantragte Förderung dieser Anträge; "
    ) or zeilen[3].startswith(
        'Auf einen Blick;beantragte Summe;Wert;1500,00;euro;"Beantragte Förderung dieser Anträge; '
    )


@pytest.mark.parametrize(
    ("text", "sicher"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-1", "'-1"),
        ("@SUM", "'@SUM"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("Harz", "Harz"),
    ],
)
def test_no_text_is_a_formula(text, sicher):
    assert formelsicher(text) == sicher


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# A\n\n### B\n\n## C", "<h2>A</h2>\n<h3>B</h3>\n<h3>C</h3>\n"),
        ("### A\n\n#### B", "<h2>A</h2>\n<h3>B</h3>\n"),
        ("**fett** und *schräg*", "<p><strong>fett</strong> und <em>schräg</em></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("[x](https://a.example)", '<p><a href="https://a.example" rel="noopener noreferrer">x</a></p>\n'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("", ""),
    ],
)
def test_the_text_becomes_harmless_html(markdown, html):
    assert als_html(markdown) == html


@pytest.mark.parametrize(
    "boese",
    ['<img src=x onerror="a()">', "![x](https://a.example/b.png)", "<style>*{}</style>", '<h1 style="a">x</h1>'],
)
def test_nothing_runs_or_loads(boese):
    html = als_html(boese)
    assert not any(wort in html for wort in ("<img", "<style", "<h1", "<script"))
