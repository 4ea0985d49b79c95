"""The start page, its search, the health page and the pages for errors (schulerfolg/views.py)."""

import pytest
from django.db import DatabaseError, connection
from django.template.loader import render_to_string
from django.test import Client

from netzwerkstellen.models import Gemeinde, Standort
from tests.factories import make_netzwerkstelle, make_schule, make_schulform


@pytest.fixture
def harz(db):
    stelle = make_netzwerkstelle(
        name="Netzwerkstelle Schulerfolg im Landkreis Harz", region="Landkreis Harz", kurzname="Harz", slug="harz"
    )
    for ort in ("Halberstadt", "Wernigerode", "Harzgerode"):
        Gemeinde.objects.create(name=ort, netzwerkstelle=stelle)
    return stelle


def text(response) -> str:
    return response.content.decode()


def test_start_page_says_what_the_programme_is_and_lists_the_offices(client, harz):
    Standort.objects.create(netzwerkstelle=harz, ort="Halberstadt", hauptsitz=True)
    response = client.get("/")
    assert response.status_code == 200
    assert "Damit jede Schülerin und jeder Schüler einen Abschluss schafft" in text(response)
    assert 'href="/netzwerkstellen/harz/"' in text(response)
    assert "Geobasisdaten: © GeoBasis-DE / BKG 2017 (Daten verändert)" in text(response)
    assert "Kofinanziert von der Europäischen Union" in text(response)


@pytest.mark.parametrize(
    "address",
    ["/impressum/", "/datenschutz/", "/barrierefreiheit/", "/leichte-sprache/", "/barriere-melden/?seite=/"],
)
def test_every_page_links_the_legal_pages(client, db, address):
    assert f'href="{address}"' in text(client.get("/"))


def test_map_has_fourteen_links_and_the_same_offices_stand_in_the_list(client, db):
    for slug in ("boerde", "halle-saale"):
        make_netzwerkstelle(slug=slug)
    page = text(client.get("/"))
    map_ = page.split("<svg")[1].split("</svg>")[0]
    assert map_.count("<a href=") == 14
    assert page.count('href="/netzwerkstellen/halle-saale/"') == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Halberstadt", "Halberstadt"),
        ("halberSTADT", "Halberstadt"),
        ("  halber   ", "Halberstadt"),
        ("wernigeröde", "Wernigerode"),
        ("Landkreis Harz", "Netzwerkstelle Schulerfolg im Landkreis Harz"),
    ],
)
def test_search_finds_places_and_offices(client, harz, words, found):
    response = client.get("/", {"ort": words})
    assert "Gefunden für" in text(response)
    assert found in text(response).split("Gefunden für")[1].split("</div>")[0]


@pytest.mark.parametrize("words", ["Käthe Kollwitz", "kathe kollwitz", "Kollwitz Quedlinburg", "quedlin"])
def test_search_finds_a_school_by_every_word_of_name_and_place(client, harz, words):
    make_schule(
        netzwerkstelle=harz, name="Gymnasium „Käthe Kollwitz“", ort="Quedlinburg", schulform=make_schulform("Gymnasium")
    )
    found = text(client.get("/", {"ort": words})).split("Gefunden für")[1].split("</div>")[0]
    assert "Gymnasium „Käthe Kollwitz“" in found
    assert "Gymnasium, Quedlinburg" in found
    assert 'href="/netzwerkstellen/harz/"' in found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("06484", "Schule am Bode, Quedlinburg"),
        ("38820", "Netzwerkstelle Schulerfolg im Landkreis Harz"),
        ("Friedrichstraße", "Netzwerkstelle Schulerfolg im Landkreis Harz"),
    ],
)
def test_search_finds_by_postcode_and_street(client, harz, words, found):
    Standort.objects.create(netzwerkstelle=harz, ort="Halberstadt", strasse="Friedrichstraße 9", plz="38820")
    make_schule(netzwerkstelle=harz, name="Schule am Bode", ort="Quedlinburg", plz="06484")
    assert found.split(",")[0] in text(client.get("/", {"ort": words})).split("Gefunden für")[1].split("</div>")[0]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Halbestadt", "Halberstadt"),
        ("Wernigrode", "Wernigerode"),
        ("Werningerode", "Wernigerode"),
        ("Kolwitz", "Gymnasium „Käthe Kollwitz“"),
        ("06485", "Gymnasium „Käthe Kollwitz“"),
    ],
)
def test_a_typing_error_or_a_postcode_nearby_is_asked_back(client, harz, words, meant):
    make_schule(netzwerkstelle=harz, name="Gymnasium „Käthe Kollwitz“", ort="Quedlinburg", plz="06484")
    page = text(client.get("/", {"ort": words}))
    assert f"Nicht genau gefunden: „{words}“" in page
    assert meant in page.split("Meinten Sie eines davon?")[1].split("</div>")[0]


def test_search_leaves_out_closed_schools(client, harz):
    make_schule(netzwerkstelle=harz, name="Schule am Wolfsholz", aktiv=False)
    assert "Nichts gefunden für „Wolfsholz“" in text(client.get("/", {"ort": "Wolfsholz"}))


def test_search_that_finds_nothing_says_what_to_do(client, harz):
    page = text(client.get("/", {"ort": "Xyzzy"}))
    assert "Nichts gefunden für „Xyzzy“" in page
    assert "Prüfen Sie bitte die Schreibweise" in page


@pytest.mark.parametrize("query", ["", "?ort=", "?ort=%20%20", "?anderes=1"])
def test_empty_search_is_the_plain_page(client, harz, query):
    response = client.get(f"/{query}")
    assert response.status_code == 200
    assert "funden für" not in text(response)
    assert "Fehler:" not in text(response)


@pytest.mark.parametrize(
    "query", ["ort=%00", "ort=a%00b", "ort=%ED%A0%80", "ort=%FF", "ort=%25_%5C", "ort=' OR 1=1 --", "ort[]=1"]
)
def test_search_survives_any_query_string(client, harz, query):
    assert client.get(f"/?{query}").status_code == 200


def test_search_with_too_many_characters_says_so(client, harz):
    response = client.get("/", {"ort": "a" * 4000})
    assert response.status_code == 200
    assert "Bitte suchen Sie mit höchstens 100 Zeichen." in text(response)
    assert "<title>Fehler: " in text(response)


def test_search_shows_at_most_twenty_schools_and_says_so(client, harz):
    for _ in range(25):
        make_schule(netzwerkstelle=harz, ort="Thale")
    page = text(client.get("/", {"ort": "Thale"}))
    assert page.count("Sekundarschule, Thale") == 20
    assert "Mit einem Wort mehr finden Sie genauer." in page


def test_search_escapes_what_was_typed(client, harz):
    page = text(client.get("/", {"ort": "<script>"}))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("rows", [1, 50])
def test_start_page_and_search_take_five_queries(client, harz, django_assert_num_queries, rows):
    for n in range(rows):
        make_schule(netzwerkstelle=harz, ort="Thale")
        Gemeinde.objects.create(name=f"Thale {n}", netzwerkstelle=harz)
        Standort.objects.create(netzwerkstelle=harz, ort=f"Thale {n}")
    with django_assert_num_queries(5):
        client.get("/", {"ort": "Thale"})
    with django_assert_num_queries(2):
        client.get("/")


def test_overview_is_private_and_empty_at_first(client, als, cast):
    assert client.get("/uebersicht/").status_code == 302
    page = text(als(cast.lehrkraft).get("/uebersicht/"))
    assert "<h1>Ihre nächsten Schritte</h1>" in page
    assert "Im Moment wartet nichts auf Sie." in page


def test_header_names_the_hats_and_offers_the_own_office(als, cast):
    page = text(als(cast.leitung).get("/"))
    assert "Leitung der Netzwerkstelle, Netzwerkstelle" in page
    assert f'href="/netzwerkstellen/{cast.harz.slug}/verwaltung/"' in page
    assert "Abmelden" in page
    assert "Anmelden" not in page


def test_health_says_ok(client, db):
    response = client.get("/gesund/")
    assert (response.status_code, response.content) == (200, b"ok")


def test_health_is_503_when_the_database_does_not_answer(client, db):
    def broken(*args):
        raise DatabaseError("gone")

    with connection.execute_wrapper(broken):
        response = client.get("/gesund/")
    assert response.status_code == 503


def test_missing_page_is_a_german_404(client, db):
    response = client.get("/gibt-es-nicht/")
    assert response.status_code == 404
    assert "Diese Seite gibt es hier nicht" in text(response)


def test_page_for_our_own_errors_needs_no_context():
    assert "Das hat nicht geklappt, und es liegt an uns" in render_to_string("500.html")


def test_form_without_its_cookie_is_refused_in_plain_words(db):
    response = Client(enforce_csrf_checks=True).post("/konto/anmelden/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "Die Seite war zu lange offen" in text(response)


@pytest.mark.parametrize(("demo", "shown"), [(True, True), (False, False)])
def test_demo_world_says_so_on_every_page(client, db, settings, demo, shown):
    settings.DEMO = demo
    assert ("Demo-Welt: alle Namen und Vorgänge sind erfunden." in text(client.get("/"))) is shown


@pytest.mark.parametrize(
    ("address", "entry", "stand"),
    [
        ("/", ">Start<", "page"),
        ("/netzwerkstellen/", ">Netzwerkstellen<", "page"),
        ("/netzwerkstellen/harz/", ">Netzwerkstellen<", "true"),
    ],
)
def test_navigation_marks_where_people_are(client, harz, address, entry, stand):
    navigation = text(client.get(address)).split('aria-label="Hauptnavigation"')[1].split("</nav>")[0]
    assert f'aria-current="{stand}"{entry}' in navigation
    assert navigation.count("aria-current") == 1
