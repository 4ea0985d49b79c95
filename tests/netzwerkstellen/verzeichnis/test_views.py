"""The public directory and office pages: everything that is public, nothing that is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from netzwerkstellen.models import Ansprechperson, Leistungsfeld, Standort, Traegerschaft
from tests.factories import make_netzwerkstelle, make_organisation

TAG = timedelta(days=1)


@pytest.fixture
def stelle(db):
    return make_netzwerkstelle(
        name="Netzwerkstelle Stendal", region="Landkreis Stendal", kurzname="Stendal", slug="stendal"
    )


@pytest.fixture
def seite(client, stelle):
    return lambda: client.get("/netzwerkstellen/stendal/").content.decode()


def test_directory_lists_every_office_with_its_places(client, stelle):
    Standort.objects.create(netzwerkstelle=stelle, ort="Hansestadt Stendal")
    response = client.get("/netzwerkstellen/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "Landkreis Stendal" in page
    assert "Hansestadt Stendal" in page


def test_directory_without_offices_says_so(client, db):
    assert "Noch ist keine Netzwerkstelle eingetragen." in client.get("/netzwerkstellen/").content.decode()


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "a" * 300, "1"])
def test_unknown_office_is_404(client, stelle, slug):
    assert client.get(f"/netzwerkstellen/{slug}/").status_code == 404


def test_an_office_without_contacts_shows_those_of_the_coordination(seite, settings):
    settings.BETREIBER = {"telefon": "0391 123456", "email": "hilfe@koordination.example"}
    assert 'href="tel:0391123456"' in seite()
    assert "hilfe" in seite().split("Koordinierungsstelle weiter")[1].split("</p>")[0]


def test_bare_office_page_says_where_to_turn(seite):
    page = seite()
    assert "<h1>Netzwerkstelle Stendal</h1>" in page
    assert "Telefon und E-Mail sind hier noch nicht veröffentlicht." in page
    assert "wie Sie sie erreichen, steht im" in page
    assert "Bildungsbezogene Angebote" in page
    assert "Ansprechpersonen" not in page
    assert "Träger</h2>" not in page


def test_office_page_shows_contacts_without_mailto(seite, stelle):
    ort = Standort.objects.create(
        netzwerkstelle=stelle, ort="Stendal", strasse="Hospitalstraße 1-2", plz="39576", hauptsitz=True
    )
    Standort.objects.create(netzwerkstelle=stelle, ort="Tangermünde")
    Ansprechperson.objects.create(
        netzwerkstelle=stelle,
        standort=ort,
        name="Kim Beispiel",
        funktion="Koordination",
        telefon="03931 60-72 05",
        email="kim@stendal.example",
        oeffentlich=True,
    )
    page = seite()
    assert "Kim Beispiel" in page
    assert "Koordination" in page
    assert 'href="tel:03931607205"' in page
    assert "kim(at)stendal.example" in page
    assert "kim@stendal.example" not in page
    assert "mailto:" not in page
    assert "Standort Stendal" in page
    assert "Hospitalstraße 1-2" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"oeffentlich": False},
        {"bis": timezone.localdate() - TAG},
        {"von": timezone.localdate() + TAG},
    ],
    ids=["not public", "over", "not yet"],
)
def test_person_that_is_not_public_today_is_never_shown(seite, stelle, fields):
    Ansprechperson.objects.create(netzwerkstelle=stelle, name="Geheime Person", **{"oeffentlich": True} | fields)
    assert "Geheime Person" not in seite()


def test_mailbox_is_shown_only_when_public(seite, stelle):
    stelle.email = "stelle@stendal.example"
    stelle.save()
    assert "stelle(at)stendal.example" not in seite()
    stelle.email_oeffentlich = True
    stelle.save()
    assert "stelle(at)stendal.example" in seite()


def test_traeger_of_today_and_of_earlier_years(seite, stelle):
    heute = timezone.localdate()
    Traegerschaft.objects.create(
        netzwerkstelle=stelle,
        organisation=make_organisation(name="Landkreis Stendal", einheit="Jugendamt", art="oeffentlich"),
        von=heute,
    )
    Traegerschaft.objects.create(
        netzwerkstelle=stelle, organisation=make_organisation(name="Früherer Verein"), bis=heute - TAG
    )
    page = seite()
    jetzt, frueher = page.split("Bisherige Träger")
    assert "Jugendamt" in jetzt
    assert f"seit {heute:%d.%m.%Y}" in jetzt
    assert "Früherer Verein" not in jetzt
    assert "Früherer Verein" in frueher


@pytest.mark.parametrize("bis", [None, timezone.localdate() - TAG], ids=["today", "earlier"])
def test_unpublished_traeger_is_never_shown(seite, stelle, bis):
    Traegerschaft.objects.create(
        netzwerkstelle=stelle, organisation=make_organisation(name="Ungewisser Verein"), oeffentlich=False, bis=bis
    )
    assert "Ungewisser Verein" not in seite()


def test_local_rules_and_services_are_told(seite, stelle):
    stelle.bba_name, stelle.bba_hinweis, stelle.eigenname = (
        "PLUS+Projekte",
        "Höchstens 2.000 Euro.",
        "Schulerfolg für uns",
    )
    stelle.save()
    Leistungsfeld.objects.create(nummer=1, name="Vernetzen", text="Wir verbinden.")
    page = seite()
    for words in ("PLUS+Projekte", "Höchstens 2.000 Euro.", "Schulerfolg für uns", "Vernetzen", "Wir verbinden."):
        assert words in page


def test_long_names_and_markup_are_shown_as_text(seite, stelle):
    stelle.eigenname, stelle.beschreibung = "B" * 120, "<script>alert(1)</script>"
    stelle.save()
    page = seite()
    assert "B" * 120 in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("sachbearbeitung", True),
        ("leitung", True),
        ("freigabe", True),
        ("koordination", True),
        ("pruefung", True),
        ("nachbarin", False),
        ("lehrkraft", False),
        ("fremd", False),
    ],
)
def test_link_to_the_own_pages_is_only_for_people_of_the_office(als, cast, who, sees):
    page = als(getattr(cast, who)).get(f"/netzwerkstellen/{cast.harz.slug}/").content.decode()
    assert ("Zur Verwaltung" in page) is sees


def test_visitors_see_no_link_to_the_own_pages(client, cast):
    assert "Zur Verwaltung" not in client.get(f"/netzwerkstellen/{cast.harz.slug}/").content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_query_counts_do_not_grow(client, stelle, django_assert_num_queries, rows):
    for n in range(rows):
        standort = Standort.objects.create(netzwerkstelle=stelle, ort=f"Ort {n}")
        Ansprechperson.objects.create(netzwerkstelle=stelle, standort=standort, name=f"Person {n}", oeffentlich=True)
        for bis in (None, timezone.localdate() - TAG):
            Traegerschaft.objects.create(
                netzwerkstelle=stelle, organisation=make_organisation(), rolle="partner", bis=bis
            )
    with django_assert_num_queries(7):
        client.get("/netzwerkstellen/stendal/")
    with django_assert_num_queries(2):
        client.get("/netzwerkstellen/")
