"""A draft that saves itself: every acknowledged word stays, and nobody's words are written over."""

from uuid import uuid4

from angebote.antrag import services
from angebote.antrag.models import Antrag
from tests.angebote.antrag.test_views_abschnitt import adresse, ausgabe, entwurf, zeilen
from tests.factories_antrag import make_kostenposten

AUFRUF = {"sichern": "ja"}


def test_a_save_by_itself_answers_with_the_next_version_and_key(cast, als):
    antrag = entwurf(cast)
    daten = AUFRUF | {"version": 1, "titel": "Stark im Streit", "sicherung": uuid4()}
    antwort = als(cast.lehrkraft).post(adresse(antrag, "projekt"), daten)
    assert "Gespeichert um " in antwort.text
    assert '<input type="hidden" name="version" value="2" hx-swap-oob="true" id="id_version">' in antwort.text
    assert str(daten["sicherung"]) not in antwort.text
    assert Antrag.objects.get().titel == "Stark im Streit"


def test_an_answer_that_got_lost_is_no_conflict_with_oneself(cast, als):
    antrag, erster, zweiter = entwurf(cast), uuid4(), uuid4()
    als(cast.lehrkraft).post(adresse(antrag, "projekt"), AUFRUF | {"version": 1, "titel": "Eins", "sicherung": erster})
    noch = {"version": 1, "titel": "Eins und zwei", "sicherung": zweiter, "davor": f"x,{erster}"}
    assert "Gespeichert um" in als(cast.lehrkraft).post(adresse(antrag, "projekt"), AUFRUF | noch).text
    assert Antrag.objects.get().titel == "Eins und zwei"


def test_an_older_save_that_arrives_late_changes_nothing(cast, als):
    antrag, erster, zweiter = entwurf(cast), uuid4(), uuid4()
    neu = {"version": 1, "titel": "Eins und zwei", "sicherung": zweiter, "davor": str(erster), "uebersicht": "ja"}
    assert als(cast.lehrkraft).post(adresse(antrag, "projekt"), neu).status_code == 302
    alt = AUFRUF | {"version": 1, "titel": "Eins", "sicherung": erster}
    assert 'data-ergebnis="konflikt"' in als(cast.lehrkraft).post(adresse(antrag, "projekt"), alt).text
    assert Antrag.objects.get().titel == "Eins und zwei"


def test_a_double_click_of_one_page_is_one_save(cast, als):
    antrag, daten = entwurf(cast), {"version": 1, "titel": "Eins", "sicherung": uuid4(), "uebersicht": "ja"}
    for _ in range(2):
        assert als(cast.lehrkraft).post(adresse(antrag, "projekt"), daten).status_code == 302


def test_somebody_elses_words_are_never_written_over(cast, als):
    antrag, meiner = entwurf(cast), uuid4()
    als(cast.lehrkraft).post(adresse(antrag, "projekt"), AUFRUF | {"version": 1, "titel": "Ich", "sicherung": meiner})
    services.abschnitt_speichern(antrag, by=cast.schulleitung, version=2, felder={"titel": "Die Leitung"})
    daten = AUFRUF | {"version": 1, "titel": "Noch ich", "sicherung": uuid4(), "davor": str(meiner)}
    antwort = als(cast.lehrkraft).post(adresse(antrag, "projekt"), daten)
    assert f"Nicht gespeichert: {cast.schulleitung} hat diesen Antrag um" in " ".join(antwort.text.split())
    assert "hx-swap-oob" not in antwort.text
    assert Antrag.objects.get().titel == "Die Leitung"


def test_what_cannot_be_read_yet_keeps_what_is_stored_and_holds_nothing_up(cast, als):
    antrag = entwurf(cast)
    services.abschnitt_speichern(antrag, by=cast.lehrkraft, version=1, felder={"ende": "2027-03-03", "eigenmittel": 5})
    daten = AUFRUF | {"version": 2, "beginn": "2027-05-01", "ende": "2027-04-01", "ort": "Turnhalle"}
    antwort = als(cast.lehrkraft).post(adresse(antrag, "zeitraum"), daten)
    assert "Noch nicht alles gespeichert: " in antwort.text
    assert '<p data-feld="id_ende">Das Ende liegt vor dem Beginn.' in antwort.text
    stand = Antrag.objects.get()
    assert (stand.ort, stand.beginn, str(stand.ende)) == ("Turnhalle", None, "2027-03-03")
    daten = AUFRUF | zeilen("kosten", ausgabe("zehn"), version=3, eigenmittel="zwei")
    assert 'data-ergebnis="teilweise"' in als(cast.lehrkraft).post(adresse(antrag, "kosten"), daten).text
    assert Antrag.objects.get().eigenmittel == 5


def test_a_row_half_typed_takes_no_row_away(cast, als):
    antrag = entwurf(cast)
    make_kostenposten(antrag)
    daten = AUFRUF | zeilen("kosten", ausgabe("10,00"), ausgabe("viel"), version=1, eigenmittel="7,00")
    assert "Zeile 2, Einzelpreis in Euro" in als(cast.lehrkraft).post(adresse(antrag, "kosten"), daten).text
    assert antrag.kostenposten.count() == 1
    assert Antrag.objects.get().eigenmittel == 7
    daten = AUFRUF | zeilen("kosten", ausgabe("10,00"), ausgabe("80 €", beschreibung="Bus"), version=2)
    assert "Gespeichert um" in als(cast.lehrkraft).post(adresse(antrag, "kosten"), daten).text
    assert [p.beschreibung for p in antrag.kostenposten.all()] == ["Trainerin", "Bus"]


def test_half_a_name_never_becomes_an_organisation(cast, als):
    antrag = entwurf(cast)
    daten = AUFRUF | zeilen("partner", {"neuer_name": "Thea", "art": "verein", "aufgabe": "spielt"}, version=1)
    assert "speichert erst die Schaltfläche" in als(cast.lehrkraft).post(adresse(antrag, "kooperation"), daten).text
    assert not antrag.partner.exists()


def test_every_section_can_save_itself(cast, als):
    antrag = entwurf(cast)
    for name, version in {"schule": 1, "zeitraum": 2, "erklaerungen": 3}.items():
        antwort = als(cast.lehrkraft).post(adresse(antrag, name), AUFRUF | {"version": version})
        assert "Gespeichert um" in antwort.text
