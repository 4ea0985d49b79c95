"""Questions of both checks lead back to the one that asked; a deadline that is over is told on both sides."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from angebote.antrag.workflow import Status
from angebote.entscheidung.services import zurueckziehen
from angebote.nachricht.services import schreiben
from angebote.pruefung import services
from angebote.pruefung.aufgaben import aufgaben
from angebote.pruefung.pruefliste import PRUEFLISTE
from angebote.pruefung.queries import offene_nachforderung
from schulerfolg.kalender import naechster_werktag
from tests.factories_antrag import make_antrag_in


def knopf(client, antrag, label):
    """Where this button of the case leads; nothing where it is not there."""
    seite = client.get(antrag.get_absolute_url())
    return next((a.adresse for a in seite.context["aktionen"] if a.label == label and not a.hindernis), None)


def fragen_und_antworten(cast, als, antrag):
    """The office asks, the school answers, each with the button that is there."""
    frist = naechster_werktag(timezone.localdate() + timedelta(days=9))
    daten = {"schluessel": str(uuid4()), "frage_1": "Wer betreut die Pausen?", "frist": frist.isoformat()}
    client = als(cast.sachbearbeitung)
    assert client.post(knopf(client, antrag, "Rückfragen stellen"), daten).status_code == 302
    frage = offene_nachforderung(antrag).rueckfragen.get()
    client = als(cast.lehrkraft)
    antwort = {"schluessel": str(uuid4()), f"antwort_{frage.pk}": "Zwei Lehrkräfte."}
    assert client.post(knopf(client, antrag, "Rückfragen beantworten"), antwort).status_code == 302
    antrag.refresh_from_db()
    return antrag


@pytest.mark.parametrize("status", ["formalpruefung", "fachpruefung"])
def test_answers_return_to_the_check_that_asked(cast, als, status):
    assert fragen_und_antworten(cast, als, make_antrag_in(status, cast)).status == status


def test_the_check_list_and_the_opinion_stay_while_the_fachliche_pruefung_asks(cast, als):
    antrag = make_antrag_in(Status.FACHPRUEFUNG, cast)
    services.stellung_nehmen(antrag, by=cast.sachbearbeitung, text="Gut.", empfehlung="zustimmen", betrag=900)
    fragen_und_antworten(cast, als, antrag)
    assert (antrag.pruefpunkte.count(), antrag.stellungnahmen.get().text) == (len(PRUEFLISTE), "Gut.")
    client = als(cast.leitung)
    seite = client.get(knopf(client, antrag, "Stellungnahme lesen und bestätigen")).content.decode()
    assert "Die Schule hat danach noch geantwortet" in seite
    assert "Zwei Lehrkräfte." in seite


def test_an_answer_that_came_while_somebody_read_is_shown_first(cast, als):
    """The confirmation is about the application as it was read, too."""
    antrag = make_antrag_in(Status.FACHPRUEFUNG, cast)
    services.stellung_nehmen(antrag, by=cast.sachbearbeitung, text="Gut.", empfehlung="zustimmen", betrag=900)
    client = als(cast.leitung)
    adresse = knopf(client, antrag, "Stellungnahme lesen und bestätigen")
    form = client.get(adresse).context["form"]
    gelesen = {"schluessel": str(uuid4()), "version": form["version"].value()}
    fragen_und_antworten(cast, als, antrag)
    antwort = als(cast.leitung).post(adresse, gelesen)
    assert "Zwei Lehrkräfte." in antwort.content.decode()
    antrag.refresh_from_db()
    assert antrag.status == "fachpruefung"


def test_after_the_formal_check_nobody_refuses_on_formal_grounds(cast, als):
    kosten = [("Honorare", "Zirkus", 1, "Tag", "100.00")]
    antrag = make_antrag_in(Status.FACHPRUEFUNG, cast, kosten=kosten)
    frist = naechster_werktag(timezone.localdate() + timedelta(days=9))
    services.nachfordern(antrag, by=cast.sachbearbeitung, fragen=["Wer?"], frist=frist)
    assert knopf(als(cast.leitung), antrag, "Aus formalen Gründen ablehnen") is None
    formal = make_antrag_in(Status.NACHFORDERUNG, cast, kosten=kosten)
    assert knopf(als(cast.leitung), formal, "Aus formalen Gründen ablehnen")


def sagen(cast, als, antrag):
    seiten = [als(person).get(antrag.get_absolute_url()) for person in (cast.lehrkraft, cast.sachbearbeitung)]
    return [seite.content.decode() for seite in seiten]


def test_both_sides_read_that_the_deadline_is_over_and_what_is_possible_now(cast, als):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    schule, stelle = sagen(cast, als, antrag)
    assert "Bitte antworten bis" in schule
    assert "Die Frist der Schule läuft bis" in stelle
    gestern = timezone.localdate() - timedelta(days=1)
    antrag.nachforderungen.update(frist=gestern)
    schule, stelle = sagen(cast, als, antrag)
    assert f"{gestern:%d.%m.%Y}.</strong> Sie können noch antworten" in schule
    assert f"{gestern:%d.%m.%Y}.</strong> Die Schule kann noch antworten." in stelle
    assert knopf(als(cast.sachbearbeitung), antrag, "Ohne Antwort beenden")
    client = als(cast.lehrkraft)
    formular = client.get(knopf(client, antrag, "Rückfragen beantworten")).content.decode()
    assert "Sie können noch antworten" in formular
    assert f"Die Frist war am {gestern:%d.%m.%Y}" in client.get("/antraege/").content.decode()


TAG = date(2027, 3, 19)
# moment (UTC), whether the deadline of the 19th is over then, and what the card of the school says
UHR = [
    (datetime(2027, 3, 18, 22, 30, tzinfo=UTC), False, "Antwort bis 19.03.2027"),
    (datetime(2027, 3, 18, 23, 30, tzinfo=UTC), False, "Antwort bis heute"),
    (datetime(2027, 3, 19, 21, 30, tzinfo=UTC), False, "Antwort bis heute"),
    (datetime(2027, 3, 19, 22, 59, 59, tzinfo=UTC), False, "Antwort bis heute"),
    (datetime(2027, 3, 19, 23, 0, tzinfo=UTC), True, "Die Frist war am 19.03.2027"),
    (datetime(2027, 3, 19, 23, 30, tzinfo=UTC), True, "Die Frist war am 19.03.2027"),
]


@pytest.mark.parametrize(("um", "vorbei", "zeit"), UHR, ids=[f"{um:%d. %H:%M:%S}" for um, *_ in UHR])
def test_the_last_day_ends_at_midnight_here_and_not_in_greenwich(cast, monkeypatch, um, vorbei, zeit):
    """The card, the sentence and the step of the office, at one moment."""
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    antrag.nachforderungen.update(frist=TAG)
    monkeypatch.setattr(timezone, "now", lambda: um)
    assert offene_nachforderung(antrag).ist_ueberfaellig is vorbei
    titel = [gruppe.titel for gruppe in aufgaben(cast.sachbearbeitung) if gruppe.karten]
    assert ("Rückfragen, deren Frist vorbei ist" in titel) is vorbei
    [karte] = [g.karten[0] for g in aufgaben(cast.lehrkraft) if g.karten]
    assert karte.zeit == zeit
    if not vorbei:
        with pytest.raises(ValidationError, match=r"läuft noch bis zum 19\.03\.2027"):
            services.ohne_antwort_beenden(antrag, by=cast.sachbearbeitung, begruendung="Keine Antwort.")
        return
    assert services.ohne_antwort_beenden(antrag, by=cast.sachbearbeitung, begruendung="Keine Antwort.").nummer


def test_who_withdraws_is_asked_nothing_more(cast, als):
    """Neither the day of the questions nor a message that asked for an answer goes on after the end."""
    antrag = make_antrag_in("nachforderung", cast)
    schreiben(antrag, by=cast.sachbearbeitung, text="Wie viele?", antwort_bis=timezone.localdate() + timedelta(days=1))
    seite = als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    assert "Ihre Netzwerkstelle wartet auf Ihre Antwort" in seite
    assert "Antwort bis" in als(cast.lehrkraft).get("/antraege/").text
    zurueckziehen(antrag, by=cast.schulleitung)
    assert "wartet auf Ihre Antwort" not in als(cast.lehrkraft).get(antrag.get_absolute_url()).text
    assert "Antwort bis" not in als(cast.lehrkraft).get("/antraege/").text
    assert "Antwort" not in als(cast.lehrkraft).get("/uebersicht/").text
    assert not antrag.nachforderungen.filter(beantwortet_am=None).exists()
