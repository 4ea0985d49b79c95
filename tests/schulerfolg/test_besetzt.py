"""A busy database: whoever waited too long reads a page with their words on it, and sends them again."""

import io
import re
import threading
from html import unescape
from itertools import count
from uuid import uuid4

import pgtrigger
import pytest
from django.contrib.messages import get_messages
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.test import RequestFactory

from angebote.antrag.models import Antrag
from angebote.antrag.workflow import Status
from schulerfolg.besetzt import antwort_auf
from schulerfolg.konten.anmeldung.aufheben import wessen
from schulerfolg.konten.models import Eingabe
from tests.factories_antrag import make_antrag_in
from tests.gleichzeitig import verbindung_kappen


@pytest.fixture
def kurze_geduld(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    yield
    connection.close()


@pytest.fixture
def festhalten():
    """Lock a row in a connection of its own, until `weiter` is set."""
    gehalten, weiter = threading.Event(), threading.Event()

    def halten(pk):
        with transaction.atomic():
            Antrag.objects.select_for_update().get(pk=pk)
            gehalten.set()
            weiter.wait()
        connection.close()

    def start(antrag):
        faden.append(threading.Thread(target=halten, args=[antrag.pk]))
        faden[0].start()
        gehalten.wait()
        return weiter

    faden: list[threading.Thread] = []
    yield start
    weiter.set()
    faden[0].join()


def test_whoever_waits_too_long_sends_the_same_words_again(kurze_geduld, cast, als, festhalten):
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    client, schritt = als(cast.schulleitung), f"/antraege/{antrag.pk}/zurueckgeben/"
    form = client.get(schritt).context["form"]
    weiter = festhalten(antrag)
    worte = "Bitte „ändern“:\n1. <die Kosten>\n2. den Titel"
    antwort = client.post(schritt, {"schluessel": form["schluessel"].value(), "begruendung": worte})
    assert (antwort.status_code, antwort["Retry-After"]) == (503, "5")
    assert "Bitte versuchen Sie es gleich noch einmal – Ihre Eingaben gehen dabei mit." in antwort.text
    assert f'action="{schritt}"' in antwort.text

    weiter.set()
    noch_einmal = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', antwort.text)
    antwort = client.post(schritt, {name: unescape(wert) for name, wert in noch_einmal})
    assert antwort.status_code == 302
    antrag.refresh_from_db()
    assert antrag.status == "entwurf"
    assert antrag.ereignisse.first().begruendung == worte


def falle_nach(nummer):
    """Wraps the queries of a request: after this one the connection is gone, as when the database restarts."""
    kappen, zahl = verbindung_kappen(), count(1)

    def abfrage(execute, sql, params, many, context):
        ergebnis = execute(sql, params, many, context)
        if next(zahl) == nummer:
            kappen()
        return ergebnis

    return abfrage


def noch_einmal(client, antwort):
    """Press the button of the page."""
    ziel = re.search(r'<form method="post" action="([^"]+)"', antwort.text)[1]
    felder = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', antwort.text)
    return client.post(unescape(ziel), {name: unescape(wert) for name, wert in felder})


def test_whenever_the_database_falls_in_a_step_the_second_try_gets_the_first_answer(transactional_db, cast, als):
    """After each query of the request once: before the session is read, in the middle, before and after the commit."""
    client, worte, gefallen = als(cast.schulleitung), "Bitte „ändern“:\n1. <die Kosten>", 0
    client.raise_request_exception = False
    antrag = make_antrag_in(Status.FREIGABE_SL, cast)
    schritt, zurueck = f"/antraege/{antrag.pk}/zurueckgeben/", Antrag.objects.filter(pk=antrag.pk)
    for nummer in count(1):
        with pgtrigger.ignore():
            zurueck.update(status=Status.FREIGABE_SL)
        daten = {"schluessel": str(uuid4()), "begruendung": f"{worte} {nummer}"}
        with connection.execute_wrapper(falle_nach(nummer)):
            antwort = client.post(schritt, daten)
        connection.close()
        if antwort.status_code == 302:
            break
        assert antwort.status_code == 503
        assert "zählen sie trotzdem nur einmal" in antwort.text
        antwort = noch_einmal(client, antwort)
        assert (antwort.status_code, antwort["Location"]) == (302, antrag.get_absolute_url())
        assert "warning" not in [meldung.level_tag for meldung in get_messages(antwort.wsgi_request)]  # not „too late“
        assert antrag.ereignisse.filter(begruendung=daten["begruendung"]).count() == 1
        gefallen += 1
    assert gefallen > 20


def test_a_sign_in_that_is_ended_elsewhere_meanwhile_loses_no_word(transactional_db, cast, als):
    antrag, client = make_antrag_in(Status.FREIGABE_SL, cast), als(cast.schulleitung)
    schritt = f"/antraege/{antrag.pk}/zurueckgeben/"
    daten = {"schluessel": str(uuid4()), "begruendung": "Bitte ändern", "wessen": wessen(cast.schulleitung)}

    def abmelden(execute, sql, params, many, context):
        if sql.startswith("SELECT") and "akte_idempotenz" in sql:  # who is here is known, nothing is done yet
            execute("DELETE FROM django_session", (), False, context)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(abmelden):
        antwort = client.post(schritt, daten)
    assert antwort.status_code == 503
    assert "Ihre Anmeldung ist eben zu Ende gegangen" in antwort.text
    antwort = noch_einmal(client, antwort)
    assert antwort["Location"].startswith("/konto/anmelden/")
    assert Eingabe.objects.get().felder["begruendung"] == ["Bitte ändern"]


def fehler(sqlstate):
    ursache = Exception()
    ursache.sqlstate = sqlstate
    error = OperationalError("so")
    error.__cause__ = ursache
    return error


@pytest.mark.parametrize("sqlstate", ["55P03", "57014", "40P01", "40001"])
def test_these_answers_of_postgresql_mean_busy(sqlstate):
    antwort = antwort_auf(RequestFactory().get("/antraege/?q=a"), fehler(sqlstate))
    assert antwort.status_code == 503
    assert 'href="/antraege/?q=a"' in antwort.text
    assert "Ihre Eingaben" not in antwort.text


@pytest.mark.parametrize(
    "error", [fehler("57P01"), fehler("57P03"), fehler("08006"), fehler(None), OperationalError(), InterfaceError()]
)
def test_these_mean_that_the_database_is_gone(error):
    antwort = antwort_auf(RequestFactory().get("/antraege/"), error)
    assert antwort.status_code == 503
    assert "Die Datenbank war kurz nicht zu erreichen" in antwort.text


@pytest.mark.parametrize("error", [fehler("53200"), DatabaseError("anders"), ValueError()])
def test_any_other_error_stays_an_error(error):
    assert antwort_auf(RequestFactory().get("/"), error) is None


@pytest.mark.parametrize(
    ("seite", "daten"),
    [
        ("/konto/anmelden/", {"login": "eva@schule.example", "password": "geheim"}),
        ("/konto/zweiter-faktor/app/", {"code": "geheim"}),
        ("/konto/passkey/", {"credential": "geheim"}),
        ("/einladung/abc/", {"vorname": "Eva", "passwort": "geheim", "passwort_noch_einmal": "geheim"}),
        ("/registrieren/bestaetigen/abc/", {"passwort": "geheim", "passwort_noch_einmal": "geheim"}),
        (
            "/wo/auch/immer/",
            {"worte": "ein geheim bleibender Satz", "neues_passwort": "geheim", "datei": io.BytesIO(b"x")},
        ),
    ],
)
def test_passwords_are_not_written_into_a_page(seite, daten):
    text = antwort_auf(RequestFactory().post(seite, daten), fehler("55P03")).text
    assert "geheim" not in text
    assert "Passwörter und Codes" in text


def test_a_page_of_the_account_without_a_secret_is_sent_again():
    text = antwort_auf(RequestFactory().post("/konto/profil/", {"vorname": "Eva"}), fehler("55P03")).text
    assert '<input type="hidden" name="vorname" value="Eva">' in text


def test_with_files_nothing_is_sent_without_them_and_the_words_can_be_copied():
    daten = {
        "antwort_1": "Zwei Lehrkräfte begleiten die Gruppe.",
        "schluessel": "1-2-3",
        "dateien": io.BytesIO(b"%PDF"),
    }
    text = antwort_auf(RequestFactory().post("/antraege/1/nachreichen/", daten), fehler("55P03")).text
    assert "<form" not in text
    assert "<blockquote>Zwei Lehrkräfte begleiten die Gruppe.</blockquote>" in text
    assert "1-2-3" not in text


def test_nobody_waits_for_ever(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
        assert cursor.fetchone() == ("5s", "20s")


def test_a_case_is_read_in_the_order_it_is_joined(db):
    """Nine tables: PostgreSQL does not try every order of them for each page and each step (`docs/leistung.md`)."""
    tabellen = str(Antrag.objects.for_page().query).count(" JOIN ") + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('join_collapse_limit')::int")
        assert cursor.fetchone()[0] < tabellen
