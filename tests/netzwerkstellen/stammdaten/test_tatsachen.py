"""The facts of the client's documents, written out: who, where, since when, and what stays unpublished."""

from datetime import date

import pytest

from netzwerkstellen.models import Gemeinde, Leistungsfeld, Netzwerkstelle, Standort, Traegerschaft
from netzwerkstellen.stammdaten.laden import laden


@pytest.fixture(autouse=True)
def geladen(db):
    laden()


def stelle(slug):
    return Netzwerkstelle.objects.get(slug=slug)


def traeger(slug, am=None):
    """Name, role and publication of who runs the office on that day."""
    return [
        (str(zeile.organisation), zeile.rolle, zeile.oeffentlich)
        for zeile in stelle(slug).traegerschaften.gueltig(am).select_related("organisation")
    ]


def test_fourteen_offices_with_their_codes():
    assert list(Netzwerkstelle.objects.order_by("ags").values_list("ags", "nuts3", "kuerzel", "art", "slug")) == [
        ("15001", "DEE01", "DE", "KS", "dessau-rosslau"),
        ("15002", "DEE02", "HAL", "KS", "halle-saale"),
        ("15003", "DEE03", "MD", "KS", "magdeburg"),
        ("15081", "DEE04", "SAW", "LK", "altmarkkreis-salzwedel"),
        ("15082", "DEE05", "ABI", "LK", "anhalt-bitterfeld"),
        ("15083", "DEE07", "BK", "LK", "boerde"),
        ("15084", "DEE08", "BLK", "LK", "burgenlandkreis"),
        ("15085", "DEE09", "HZ", "LK", "harz"),
        ("15086", "DEE06", "JL", "LK", "jerichower-land"),
        ("15087", "DEE0A", "MSH", "LK", "mansfeld-suedharz"),
        ("15088", "DEE0B", "SK", "LK", "saalekreis"),
        ("15089", "DEE0C", "SLK", "LK", "salzlandkreis"),
        ("15090", "DEE0D", "SDL", "LK", "stendal"),
        ("15091", "DEE0E", "WB", "LK", "wittenberg"),
    ]
    assert Netzwerkstelle.objects.filter(art="LK").count() == 11
    assert Netzwerkstelle.objects.filter(art="KS").count() == 3


def test_seventeen_sites_and_one_main_seat_each():
    assert Standort.objects.count() == 17
    assert Standort.objects.filter(hauptsitz=True).values("netzwerkstelle").distinct().count() == 14
    assert [ort.ort for ort in stelle("salzlandkreis").standorte.all()] == ["Schönebeck", "Bernburg", "Staßfurt"]
    assert [ort.ort for ort in stelle("altmarkkreis-salzwedel").standorte.all()] == ["Salzwedel", "Gardelegen"]


def test_eight_fields_of_work():
    assert list(Leistungsfeld.objects.values_list("nummer", "name")) == [
        (1, "Vernetzen"),
        (2, "Beraten und begleiten"),
        (3, "Qualifizieren"),
        (4, "Freiwilliges Engagement in Schulen fördern"),
        (5, "Gelingende Übergänge fördern"),
        (6, "In Gremien arbeiten"),
        (7, "Projekte fördern und Mittel finden"),
        (8, "Publikationen und Arbeitsmaterialien erstellen"),
    ]


def test_every_municipality_has_its_office():
    assert Gemeinde.objects.count() == 218
    assert Gemeinde.objects.get(name="Halberstadt").netzwerkstelle.slug == "harz"
    assert Gemeinde.objects.get(name="Haldensleben").netzwerkstelle.slug == "boerde"


def test_halle():
    halle = stelle("halle-saale")
    assert halle.name == "Netzwerkstelle „Schulerfolg für Halle“"
    assert halle.eigenname == "Schulerfolg für Halle"
    assert (halle.email, halle.email_oeffentlich) == ("netzwerk-schulerfolg@halle.de", True)
    seat = halle.standorte.get()
    assert (seat.strasse, seat.plz, seat.ort) == ("Albert-Schweitzer-Straße 40", "06114", "Halle (Saale)")
    assert seat.zu_bestaetigen is False
    assert traeger("halle-saale") == [("Stadt Halle (Saale), Jugendamt", "federfuehrend", True)]
    assert halle.traegerschaften.gueltig().get().von == date(2018, 8, 1)
    assert list(halle.ansprechpersonen.oeffentlich().values_list("name", "telefon", "email")) == [
        ("Matthias Klinger", "0345 2215724", "netzwerk-schulerfolg@halle.de"),
        ("Sophia Waldowski", "0345 2215755", "netzwerk-schulerfolg@halle.de"),
    ]


def test_stendal():
    stendal = stelle("stendal")
    assert stendal.name == "Netzwerkstelle für den Schulerfolg im Landkreis Stendal"
    assert stendal.email == "schulsozialarbeit@landkreis-stendal.de"
    assert traeger("stendal") == [("Landkreis Stendal, Jugendamt", "federfuehrend", True)]
    assert traeger("stendal", date(2022, 8, 1)) == [("Landkreis Stendal, Jugendamt", "federfuehrend", True)]
    assert traeger("stendal", date(2022, 7, 31)) == [("DRK Stendal", "federfuehrend", False)]
    assert list(stendal.ansprechpersonen.oeffentlich().values_list("name", "telefon", "email")) == [
        ("Grit May", "03931 607205", "schulsozialarbeit@landkreis-stendal.de"),
        ("Irene Huwa", "03931 607190", "schulsozialarbeit@landkreis-stendal.de"),
        ("Isabel Myrach", "03931 607222", "isabel.myrach@landkreis-stendal.de"),
    ]


def test_the_postcode_of_stendal_is_to_be_confirmed():
    """The office's document says 39567, the Landkreis itself 39576."""
    seat = stelle("stendal").standorte.get()
    assert (seat.strasse, seat.plz, seat.ort) == ("Hospitalstraße 1-2", "39576", "Hansestadt Stendal")
    assert seat.zu_bestaetigen is True


def test_salzlandkreis_was_run_by_three_until_july_2022():
    assert traeger("salzlandkreis", date(2022, 7, 31)) == [
        ("Rückenwind e.V. Schönebeck", "federfuehrend", True),
        ("Stiftung Evangelische Jugendhilfe St. Johannis Bernburg", "partner", True),
        ("Salzlandkreis, Fachdienst Jugend und Familie", "partner", True),
    ]
    assert traeger("salzlandkreis", date(2022, 8, 1)) == [
        ("Salzlandkreis, Fachdienst Jugend und Familie", "federfuehrend", True)
    ]


def test_altmarkkreis_had_two_traeger_until_july_2022():
    assert traeger("altmarkkreis-salzwedel", date(2022, 7, 31)) == [
        ("VFB Salzwedel e.V.", "federfuehrend", True),
        ("Jugendförderungszentrum Gardelegen e.V.", "partner", True),
    ]
    assert traeger("altmarkkreis-salzwedel", date(2022, 8, 1)) == [("Altmarkkreis Salzwedel", "federfuehrend", True)]


def test_jerichower_land_is_a_buendnis():
    assert stelle("jerichower-land").eigenname == "AKKU"
    assert traeger("jerichower-land") == [
        ("Jugendwerk Rolandmühle gGmbH", "federfuehrend", True),
        ("Cornelius-Werk Diakonische Hilfen gGmbH", "partner", True),
    ]


def test_only_days_that_a_source_names_are_dates():
    tage = {tag for paar in Traegerschaft.objects.values_list("von", "bis") for tag in paar if tag}
    assert tage == {date(2018, 7, 31), date(2018, 8, 1), date(2022, 7, 31), date(2022, 8, 1)}


def test_uncertain_traeger_stay_unpublished():
    assert traeger("saalekreis") == [("AWO Halle-Merseburg", "federfuehrend", False)]
    assert traeger("anhalt-bitterfeld") == [("Jugendclub ’83 e.V.", "federfuehrend", False)]
    assert not Traegerschaft.objects.filter(oeffentlich=False, zu_bestaetigen=False).exists()


def test_personal_mailboxes_of_2018_stay_unpublished():
    verborgen = Netzwerkstelle.objects.filter(email_oeffentlich=False)
    assert list(verborgen.values_list("slug", "email", "email_zu_bestaetigen")) == [
        ("burgenlandkreis", "klering.franziska@blk.de", True),
        ("harz", "doreen.schischkoff@kreis-hz.de", True),
    ]


def test_only_the_mailboxes_of_recent_documents_are_confirmed():
    bestaetigt = Netzwerkstelle.objects.filter(email_zu_bestaetigen=False)
    assert list(bestaetigt.values_list("slug", flat=True)) == ["halle-saale", "stendal"]


def test_what_a_bba_is_called_here():
    namen = dict(Netzwerkstelle.objects.exclude(bba_name="").values_list("slug", "bba_name"))
    assert namen == {"dessau-rosslau": "PLUS+Projekte", "magdeburg": "Willkommen in der Schule"}
