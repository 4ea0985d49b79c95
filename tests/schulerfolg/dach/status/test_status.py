"""Whether all is well behind the pages: on the page, for machines, and on the overview of the coordination office."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from schulerfolg.akte.models import Auftrag, Lebenszeichen
from schulerfolg.akte.services import sign_of_life
from schulerfolg.dach.status.queries import dauer
from schulerfolg.konten.models import Mail

JSON = "/status/?format=json"
Helfer = Lebenszeichen.Helfer


@pytest.fixture
def gesund(db):
    for helfer in Helfer:
        sign_of_life(helfer)


def vor(**wie):
    return timezone.now() - timedelta(**wie)


def schlecht(client) -> dict[str, str]:
    antwort = client.get(JSON)
    punkte = antwort.json()["punkte"]
    gefunden = {name: punkt["text"] for name, punkt in punkte.items() if not punkt["gut"]}
    assert antwort.status_code == (503 if gefunden else 200)
    assert antwort.json()["status"] == ("warnung" if gefunden else "ok")
    return gefunden


def test_when_all_is_well_it_says_so_without_a_sign_in(client, gesund, django_assert_num_queries):
    assert schlecht(client) == {}
    with django_assert_num_queries(4):
        antwort = client.get("/status/")
    assert antwort.status_code == 200
    assert "Alles läuft." in antwort.text
    assert "0.1.0" in antwort.text
    assert "no-store" in antwort["Cache-Control"]


def test_before_anything_ran_it_warns(client, db):
    assert schlecht(client) == dict.fromkeys(["arbeit", "tageslauf", "sicherung"], "noch nie")
    assert "<strong>Achtung:</strong> noch nie" in client.get("/status/").text


@pytest.mark.parametrize(
    ("helfer", "noch", "zu_lange", "text"),
    [
        (Helfer.ARBEIT, {"minutes": 4, "seconds": 30}, {"minutes": 5, "seconds": 1}, "zuletzt vor 5 Minuten"),
        (Helfer.TAGESLAUF, {"hours": 25, "minutes": 59}, {"hours": 26, "seconds": 1}, "zuletzt vor 26 Stunden"),
        (Helfer.SICHERUNG, {"hours": 25, "minutes": 59}, {"hours": 48, "seconds": 1}, "zuletzt vor 2 Tagen"),
    ],
)
def test_a_helper_that_is_silent_is_named(client, gesund, helfer, noch, zu_lange, text):
    zeile = Lebenszeichen.objects.filter(helfer=helfer)
    zeile.update(am=vor(**noch))
    assert schlecht(client) == {}
    zeile.update(am=vor(**zu_lange))
    assert schlecht(client) == {helfer.value: text}


@pytest.mark.parametrize(
    ("name", "modell", "fertig"), [("auftraege", Auftrag, "erledigt_am"), ("mails", Mail, "versandt_am")]
)
def test_what_waits_too_long_is_said_and_what_failed_by_itself_is_not(client, gesund, name, modell, fertig):
    modell.objects.create(schluessel="a")
    modell.objects.update(erstellt_am=vor(minutes=29))
    assert schlecht(client) == {}
    modell.objects.update(erstellt_am=vor(minutes=31))
    assert schlecht(client) == {name: "der älteste Eintrag wartet seit 31 Minuten"}
    modell.objects.update(versuche=3)  # a bad address, tried again later
    assert schlecht(client) == {}
    modell.objects.update(**{"versuche": 0, fertig: timezone.now()})
    assert schlecht(client) == {}


def test_a_letter_that_was_given_up_is_no_secret(client, gesund):
    Auftrag.objects.create(schluessel="a", versuche=8, aufgegeben_am=timezone.now())
    assert schlecht(client) == {"aufgegeben": "1"}


def test_without_a_database_it_still_answers(client, db):
    def weg(*args):
        raise OperationalError("weg")

    with connection.execute_wrapper(weg):
        antwort = client.get("/status/")
        fuer_maschinen = client.get(JSON)
    assert (antwort.status_code, fuer_maschinen.status_code) == (503, 503)
    assert "antwortet nicht" in antwort.text
    assert fuer_maschinen.json()["punkte"] == {"datenbank": {"gut": False, "text": "antwortet nicht"}}


def test_the_coordination_office_has_a_card_as_long_as_something_is_wrong(gesund, cast, als):
    sicherung = Lebenszeichen.objects.filter(helfer=Helfer.SICHERUNG)
    sicherung.update(am=vor(hours=30))
    assert "Sicherung: zuletzt vor 30 Stunden" in als(cast.koordination).get("/uebersicht/").text
    assert "Sicherung:" not in als(cast.leitung).get("/uebersicht/").text
    sicherung.update(am=vor(hours=2))
    assert "Betrieb des Portals" not in als(cast.koordination).get("/uebersicht/").text


def test_the_daily_run_gives_its_sign_of_life(db):
    call_command("faelligkeiten", verbosity=0)
    assert [zeile.helfer for zeile in Lebenszeichen.objects.all()] == ["tageslauf"]


@pytest.mark.parametrize(
    ("zeit", "worte"),
    [
        (timedelta(seconds=59), "weniger als einer Minute"),
        (timedelta(minutes=1), "einer Minute"),
        (timedelta(minutes=59, seconds=59), "59 Minuten"),
        (timedelta(hours=1), "einer Stunde"),
        (timedelta(hours=23, minutes=59), "23 Stunden"),
        (timedelta(hours=47, minutes=59), "47 Stunden"),
        (timedelta(days=3, hours=23), "3 Tagen"),
        (-timedelta(seconds=3), "weniger als einer Minute"),
    ],
)
def test_how_long_in_words(zeit, worte):
    assert dauer(zeit) == worte


def test_the_scanner_of_files_is_a_fact_where_there_is_one(client, gesund, clamd, cast, als, settings, tmp_path):
    assert schlecht(client) == {}
    assert client.get(JSON).json()["punkte"]["schadprogramme"] == {"gut": True, "text": "antwortet"}
    settings.CLAMD_SOCKET = str(tmp_path / "clamd.ctl")
    assert schlecht(client) == {"schadprogramme": "nicht erreichbar; Dateien werden gerade nicht angenommen"}
    karte = "Prüfung auf Schadprogramme: nicht erreichbar; Dateien werden gerade nicht angenommen"
    assert karte in als(cast.koordination).get("/uebersicht/").text
    settings.CLAMD_SOCKET = ""
    assert "schadprogramme" not in client.get(JSON).json()["punkte"]
