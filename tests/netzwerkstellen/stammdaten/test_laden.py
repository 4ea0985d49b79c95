"""The command `stammdaten`: twice is like once, people's edits stay, changed files arrive."""

import shutil
from datetime import date

import pytest
from django.core.management import call_command
from django.utils import timezone

from angebote.models import Kostenart, Thema, Zielgruppe
from netzwerkstellen.models import Ansprechperson, Gemeinde, Netzwerkstelle, Organisation, Schulform, Standort
from netzwerkstellen.stammdaten.laden import ORDNER, laden, zeilen_lesen
from tests.factories import make_person


@pytest.fixture
def ordner(tmp_path):
    """A copy of the data files that a test may change."""
    return shutil.copytree(ORDNER, tmp_path / "stammdaten")


def ersetzen(datei, alt, neu):
    text = datei.read_text(encoding="utf-8")
    assert text.count(alt) == 1
    datei.write_text(text.replace(alt, neu), encoding="utf-8")


def test_the_first_run_says_what_is_new_and_the_second_that_nothing_changed(db, capsys):
    call_command("stammdaten")
    assert capsys.readouterr().out.splitlines() == [
        "Organisationen: 22 neu",
        "Leistungsfelder: 8 neu",
        "Schulformen: 8 neu",
        "Netzwerkstellen: 14 neu",
        "Standorte: 17 neu",
        "Trägerschaften: 22 neu",
        "Ansprechpersonen: 5 neu",
        "Gemeinden: 218 neu",
        "Zielgruppen: 10 neu",
        "Themen: 26 neu",
        "Kostenarten: 12 neu",
    ]
    vorher = list(Netzwerkstelle.objects.values()), list(Standort.objects.values())

    call_command("stammdaten")
    assert capsys.readouterr().out.splitlines() == [
        "Organisationen: 22 unverändert",
        "Leistungsfelder: 8 unverändert",
        "Schulformen: 8 unverändert",
        "Netzwerkstellen: 14 unverändert",
        "Standorte: 17 unverändert",
        "Trägerschaften: 22 unverändert",
        "Ansprechpersonen: 5 unverändert",
        "Gemeinden: 218 unverändert",
        "Zielgruppen: 10 unverändert",
        "Themen: 26 unverändert",
        "Kostenarten: 12 unverändert",
    ]
    assert (list(Netzwerkstelle.objects.values()), list(Standort.objects.values())) == vorher


def test_a_row_that_a_person_edited_is_never_touched_again(db, ordner):
    laden()
    person = make_person()
    Ansprechperson.objects.filter(name="Grit May").update(
        telefon="03931 1", bearbeitet_am=timezone.now(), bearbeitet_durch=person
    )
    ersetzen(ordner / "ansprechpersonen.csv", "03931 607205", "03931 999")

    ergebnis = next(zeile for zeile in laden(ordner) if zeile.name == "Ansprechpersonen")

    assert Ansprechperson.objects.get(name="Grit May").telefon == "03931 1"
    assert str(ergebnis) == "Ansprechpersonen: 4 unverändert, 1 von Hand gepflegt"


def test_a_row_that_nobody_edited_follows_the_file(db, ordner):
    laden()
    ersetzen(ordner / "ansprechpersonen.csv", "03931 607205", "03931 999")
    ersetzen(ordner / "netzwerkstellen.json", '"bba_name": "PLUS+Projekte"', '"bba_name": "PLUS"')

    ergebnisse = {ergebnis.name: str(ergebnis) for ergebnis in laden(ordner)}

    assert Ansprechperson.objects.get(name="Grit May").telefon == "03931 999"
    assert Ansprechperson.objects.get(name="Grit May").bearbeitet_am is None
    assert Netzwerkstelle.objects.get(slug="dessau-rosslau").bba_name == "PLUS"
    assert ergebnisse["Ansprechpersonen"] == "Ansprechpersonen: 1 aktualisiert, 4 unverändert"
    assert ergebnisse["Netzwerkstellen"] == "Netzwerkstellen: 1 aktualisiert, 13 unverändert"


def test_a_row_that_left_the_file_stays_in_the_database(db, ordner):
    laden()
    ersetzen(ordner / "schulformen.csv", "gesamtschule;Gesamtschule;50\n", "")
    ersetzen(ordner / "gemeinden.csv", "15085;Thale\n", "")
    laden(ordner)
    assert Schulform.objects.filter(name="Gesamtschule").exists()
    assert Gemeinde.objects.filter(name="Thale").exists()


def test_what_people_added_stays(db):
    laden()
    Organisation.objects.create(name="Theater am Fluss e.V.", art="verein")
    laden()
    assert Organisation.objects.filter(name="Theater am Fluss e.V.", schluessel=None).exists()


def test_a_broken_file_changes_nothing(db, ordner):
    ersetzen(ordner / "standorte.csv", "WB-wittenberg;WB;", "WB-wittenberg;XX;")
    with pytest.raises(KeyError, match="XX"):
        laden(ordner)
    assert Netzwerkstelle.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    [
        "ansprechpersonen.csv",
        "gemeinden.csv",
        "organisationen.csv",
        "schulformen.csv",
        "standorte.csv",
        "traegerschaften.csv",
    ],
)
def test_every_line_of_a_file_has_as_many_cells_as_its_header(name):
    assert [zeile for zeile in zeilen_lesen(ORDNER / name) if None in zeile or None in zeile.values()] == []


def test_the_words_of_an_application_have_their_order(db):
    call_command("stammdaten", verbosity=0)
    assert list(Zielgruppe.objects.values_list("name", flat=True)[:3]) == [
        "Schülerinnen und Schüler",
        "Sorgeberechtigte",
        "Lehrkräfte",
    ]
    assert list(Kostenart.objects.values_list("name", flat=True)) == [
        "Honorare",
        "Reise- und Fahrtkosten",
        "Arbeitsmaterial und Sachkosten",
        "Eintrittsgelder",
        "Miete für Räume und Technik",
        "Druck und Öffentlichkeitsarbeit",
        "Verpflegung",
        "Unterkunft",
        "Versicherung",
        "Sonstiges",
        "Personal, das schon angestellt ist",
        "Anschaffungen, die bleiben",
    ]
    assert Kostenart.objects.get(schluessel="verpflegung").begruendung_pflicht is True
    assert Thema.objects.filter(name="Anti-Mobbing", aktiv=True).exists()
    assert list(Schulform.objects.values_list("name", flat=True)) == [
        "Grundschule",
        "Förderschule",
        "Sekundarschule",
        "Gemeinschaftsschule",
        "Gesamtschule",
        "Gymnasium",
        "Berufsbildende Schule",
        "Schule in freier Trägerschaft",
    ]


def test_dates_and_yes_are_read_from_the_cells(db):
    laden()
    stendal = Netzwerkstelle.objects.get(slug="stendal")
    assert stendal.traegerschaften.get(schluessel="SDL-landkreis").von == date(2022, 8, 1)
    assert stendal.traegerschaften.get(schluessel="SDL-landkreis").bis is None
    assert stendal.standorte.get().hauptsitz is True
    assert "\n\n" in stendal.beschreibung
