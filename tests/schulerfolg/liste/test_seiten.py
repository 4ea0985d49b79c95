"""A list is leafed through by key: nothing twice, nothing left out, whatever its order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from angebote.antrag.models import Antrag
from angebote.beratung.models import Beratung
from angebote.beratung.workflow import Status
from netzwerkstellen.models import Schule
from schulerfolg.dach.personen.queries import suchen
from schulerfolg.dach.vorgang.queries import SORTIERUNGEN
from schulerfolg.liste import seiten
from schulerfolg.liste.seiten import page_of
from tests.factories import make_person, make_schule
from tests.factories_antrag import make_antrag, make_beratung

pytestmark = pytest.mark.django_db
NAMEN = ["Öhlert", "Ohlert", "ohlert", "Zabel", "Ähre", "Aar", "Straße", "Strasse", "Öhlert", "Öhlert", "Bär"]


@pytest.fixture(autouse=True)
def kurze_seiten(monkeypatch):
    monkeypatch.setattr(seiten, "SEITENLAENGE", 3)


def seite(rows, **frage):
    return page_of(RequestFactory().get("/", frage), rows)


def geblaettert(rows) -> tuple[list, list]:
    """The rows as somebody meets them on the way to the end, page by page, and the pages met on the way back."""
    hin, zurueck, blatt = [], [], seite(rows)
    while True:
        hin.append(list(blatt))
        if blatt.nach is None:
            break
        blatt = seite(rows, nach=blatt.nach)
    while blatt.vor is not None:
        blatt = seite(rows, vor=blatt.vor)
        zurueck.insert(0, list(blatt))
    return hin, zurueck


def flach(blaetter) -> list:
    return [zeile for blatt in blaetter for zeile in blatt]


def pruefen(rows):
    hin, zurueck = geblaettert(rows)
    assert flach(hin) == list(rows)
    assert zurueck == hin[: len(zurueck)]
    assert len(zurueck) == len(hin) - 1


@pytest.mark.parametrize("anzahl", [0, 1, 3, 4, 6, 7])
def test_every_length_of_a_list(cast, anzahl):
    for n in range(anzahl):
        make_schule(netzwerkstelle=cast.harz, name=f"Blatt {n}")
    pruefen(Schule.objects.filter(name__startswith="Blatt").sorted_german())


@pytest.mark.parametrize("sortierung", list(SORTIERUNGEN))
def test_the_orders_of_the_cases(cast, sortierung):
    for n, titel in enumerate(NAMEN):
        antrag = make_antrag(cast.schule, cast.lehrkraft, titel=titel, beratung=None, kosten=[], partner=[])
        tag = timezone.now() - timedelta(days=n % 4) if n % 3 else None
        Antrag.objects.filter(pk=antrag.pk).update(eingereicht_am=tag, beantragt=n % 3)
    pruefen(Antrag.objects.visible_to(cast.lehrkraft).for_list().order_by(*SORTIERUNGEN[sortierung][1]))


def test_an_order_by_cases_with_gaps(cast):
    for n in range(8):
        beratung = make_beratung(cast.schule, cast.lehrkraft, titel=f"Idee {n}")
        Beratung.objects.filter(pk=beratung.pk).update(
            status=Status.ANGEFRAGT if n % 2 else Status.ABGESAGT, angefragt_am=timezone.now() - timedelta(days=n % 3)
        )
    pruefen(Beratung.objects.visible_to(cast.lehrkraft).for_list().wartende_zuerst())


def test_people_of_one_name_by_the_german_alphabet(cast):
    for name in NAMEN:
        make_person("Nora", name)
    pruefen(suchen(type(cast.leitung).objects.visible_to(cast.koordination), "nora"))


@pytest.mark.parametrize("leere", ["nulls_first", "nulls_last"])
@pytest.mark.parametrize("richtung", ["asc", "desc"])
def test_rows_without_a_value_stand_together(cast, leere, richtung):
    for n in range(7):
        antrag = make_antrag(cast.schule, cast.lehrkraft, beratung=None, kosten=[], partner=[])
        Antrag.objects.filter(pk=antrag.pk).update(teilnehmende=n % 2 or None)
    pruefen(Antrag.objects.order_by(getattr(F("teilnehmende"), richtung)(**{leere: True}), "-pk"))


def test_a_row_may_come_or_go_between_two_pages(cast):
    alle = [make_schule(netzwerkstelle=cast.harz, name=f"Blatt {n}") for n in range(7)]
    rows = Schule.objects.filter(name__startswith="Blatt").sorted_german()
    erste = seite(rows)
    make_schule(netzwerkstelle=cast.harz, name="Blatt 00")
    assert [s.name for s in seite(rows, nach=erste.nach)] == ["Blatt 3", "Blatt 4", "Blatt 5"]
    Schule.objects.filter(pk=alle[2].pk).delete()
    assert [s.name for s in seite(rows, nach=erste.nach)] == ["Blatt 0", "Blatt 00", "Blatt 1"]


@pytest.mark.parametrize("wert", ["0", "-1", "x", "", "\x00", "9" * 40, "1e3", "١"])
@pytest.mark.parametrize("name", ["nach", "vor"])
def test_what_is_no_key_shows_the_first_page(cast, name, wert):
    rows = Schule.objects.sorted_german()
    assert list(seite(rows, **{name: wert})) == list(seite(rows))


def test_the_key_of_a_row_one_may_not_see_tells_nothing(cast):
    eigene = Schule.objects.filter(netzwerkstelle=cast.harz).sorted_german()
    for name in ("nach", "vor"):
        assert list(seite(eigene, **{name: cast.fremdschule.pk})) == list(seite(eigene))


def test_the_address_keeps_the_rest_of_the_question(cast, als):
    for n in range(7):
        make_schule(netzwerkstelle=cast.harz, name=f"Blatt {n}")
    adresse, client = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/schulen/", als(cast.leitung)
    erste = client.get(adresse, {"q": "Blatt"})
    nach = erste.context["page"].nach
    assert f'href="?q=Blatt&amp;nach={nach}" rel="next"' in erste.text
    assert "Zum Anfang" not in erste.text
    zweite = client.get(adresse, {"q": "Blatt", "nach": nach})
    assert f'href="?q=Blatt&amp;vor={zweite.context["page"].vor}" rel="prev"' in zweite.text
    assert '<a href="?q=Blatt">Zum Anfang</a>' in zweite.text


def test_nothing_is_counted_beyond_the_limit(cast, monkeypatch):
    monkeypatch.setattr(seiten, "GRENZE", 5)
    for n in range(9):
        make_schule(netzwerkstelle=cast.harz, name=f"Blatt {n}")
    rows = Schule.objects.filter(name__startswith="Blatt").sorted_german()
    with CaptureQueriesContext(connection) as gefragt:
        blatt = seite(rows)
        assert (blatt.anzahl, blatt.counted) == (6, "Mehr als 5")
    assert "LIMIT 6" in gefragt[-1]["sql"]
    assert seite(rows.filter(name__lte="Blatt 4")).counted == "5"


def test_a_page_further_on_asks_one_question_more_than_the_first(cast, django_assert_num_queries):
    for n in range(9):
        make_schule(netzwerkstelle=cast.harz, name=f"Blatt {n}")
    rows = Schule.objects.sorted_german()
    with django_assert_num_queries(1):
        blatt = seite(rows)
    with django_assert_num_queries(2):
        blatt = seite(rows, nach=blatt.nach)
    with django_assert_num_queries(2):
        seite(rows, nach=blatt.nach)
