"""Answers to a Nachforderung that bring files along."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from angebote.anlage.models import Anlage
from angebote.antrag.workflow import Status
from angebote.entscheidung.services import zurueckziehen
from angebote.pruefung.models import Vorabdatei
from angebote.pruefung.queries import offene_nachforderung
from angebote.pruefung.services import nachfordern
from schulerfolg.akte.models import Dokument
from schulerfolg.kalender import naechster_werktag
from tests.factories import PASSWORT
from tests.factories_antrag import make_antrag_in
from tests.schulerfolg.datei.proben import foto_mit_ort, pdf


def senden(client, antrag, *dateien, **werte):
    adresse = reverse("antraege:schritt", args=[antrag.pk, "nachreichen"])
    antworten = {f"antwort_{r.pk}": "24 Stunden" for r in offene_nachforderung(antrag).rueckfragen.all()}
    daten = {"schluessel": str(uuid4()), "dateien": dateien, "art": "sonstiges"} | antworten | werte
    return client.post(adresse, daten)


def datei(name="Stundenplan.pdf", inhalt=None):
    return SimpleUploadedFile(name, pdf(name.encode()) if inhalt is None else inhalt)


def bmp():
    return SimpleUploadedFile("Bild.png", b"BM")


def fehler(antwort):
    return dict(antwort.context["form"].errors)


@pytest.fixture
def antrag(cast):
    return make_antrag_in(Status.NACHFORDERUNG, cast)


def test_files_are_kept_with_the_answers(cast, als, antrag):
    nachforderung = offene_nachforderung(antrag)
    bild = SimpleUploadedFile("Raum.jpg", foto_mit_ort(), "image/jpeg")
    antwort = senden(als(cast.lehrkraft), antrag, datei(), bild, art="konzept")
    assert antwort.url == antrag.get_absolute_url()
    anlagen = nachforderung.anlagen.select_related("dokument").order_by("pk")
    assert [(a.antrag, a.art, a.dokument.name) for a in anlagen] == [
        (antrag, "konzept", "Stundenplan.pdf"),
        (antrag, "konzept", "Raum.jpg"),
    ]
    assert b"Kamera" not in bytes(anlagen[1].dokument.inhalt)
    assert antrag.ereignisse.first().text == "hat die Rückfragen beantwortet und 2 Dateien nachgereicht"
    assert antrag.fassungen.first().inhalt[0]["zeilen"][-1] == ["Nachgereichte Dateien", "Stundenplan.pdf, Raum.jpg"]
    with pytest.raises(ProtectedError):
        nachforderung.delete()


def test_school_and_office_read_what_came_when(cast, als, antrag):
    senden(als(cast.lehrkraft), antrag, datei())
    tag = f"{timezone.localtime(Anlage.objects.get().hochgeladen_am):%d.%m.%Y}"
    ziel = reverse("antraege:anlage", args=[antrag.pk, Anlage.objects.get().pk])
    for person in (cast.schulleitung, cast.sachbearbeitung):
        seite = als(person).get(antrag.get_absolute_url()).text
        assert f"Nachgereicht am {tag}" in seite
        assert f"· nachgereicht am {tag}" in seite
        assert seite.count(ziel) == 2
        assert als(person).get(ziel)["Content-Disposition"] == 'attachment; filename="Stundenplan.pdf"'
    assert als(cast.nachbarin).get(ziel).status_code == 404


def test_answers_alone_are_enough(cast, als, antrag):
    senden(als(cast.lehrkraft), antrag)
    assert antrag.ereignisse.first().text == "hat die Rückfragen beantwortet"
    assert antrag.fassungen.first().inhalt[0]["zeilen"][-1][1] == "24 Stunden"
    assert "Nachgereicht" not in als(cast.lehrkraft).get(antrag.get_absolute_url()).text


def noch_einmal(client, antrag, antwort, *dateien, **werte):
    """The page that came back, sent as it stands there, with what is corrected."""
    form = antwort.context["form"]
    gewaehlt = {feld.html_name: feld.value() or [] for feld in form if feld.name.startswith(("antwort", "vorab"))}
    return senden(client, antrag, *dateien, **gewaehlt | werte)


def namen(antrag):
    return [anlage.dokument.name for anlage in antrag.anlagen.order_by("pk")]


def test_a_bad_file_drops_neither_the_good_one_nor_the_words(cast, als, antrag):
    client = als(cast.lehrkraft)
    antwort = senden(client, antrag, datei(), bmp())
    satz = (
        "„Bild.png“: Ein BMP-Bild können wir nicht annehmen. "
        "Bitte speichern Sie es als JPEG oder PNG, und laden Sie es noch einmal hoch."
    )
    assert fehler(antwort) == {"dateien": [satz]}
    assert antwort.text.count("24 Stunden") == 2
    assert "Stundenplan.pdf" in antwort.text
    antrag.refresh_from_db()
    assert (antrag.status, antrag.anlagen.count()) == ("nachforderung", 0)
    assert als(cast.schulleitung).get(antwort.request["PATH_INFO"]).text.count("Stundenplan.pdf") == 0
    assert noch_einmal(als(cast.lehrkraft), antrag, antwort, datei("Raum.pdf")).status_code == 302
    assert namen(antrag) == ["Stundenplan.pdf", "Raum.pdf"]
    assert Vorabdatei.objects.count() == 0
    assert Dokument.objects.filter(art="vorab").count() == 0


def test_a_missing_answer_keeps_the_files_each_once(cast, als, antrag):
    erste = offene_nachforderung(antrag).rueckfragen.first()
    client = als(cast.lehrkraft)
    for _ in range(2):
        antwort = senden(client, antrag, datei(), **{f"antwort_{erste.pk}": ""})
    assert fehler(antwort) == {f"antwort_{erste.pk}": ["Bitte beantworten Sie diese Rückfrage."]}
    assert client.get(antwort.request["PATH_INFO"]).text.count("Stundenplan.pdf") == 1
    noch_einmal(client, antrag, antwort, **{f"antwort_{erste.pk}": "24 Stunden"})
    assert namen(antrag) == ["Stundenplan.pdf"]


def test_a_file_without_its_tick_stays_behind(cast, als, antrag):
    client = als(cast.lehrkraft)
    antwort = senden(client, antrag, datei(), bmp())
    assert noch_einmal(client, antrag, antwort, vorab=[]).status_code == 302
    assert (namen(antrag), Dokument.objects.count()) == ([], 0)


def test_files_that_wait_for_an_answer_go_when_the_school_withdraws(cast, als, antrag):
    senden(als(cast.lehrkraft), antrag, datei(), bmp())
    assert Vorabdatei.objects.count() == 1
    zurueckziehen(antrag, by=cast.schulleitung)
    assert (Vorabdatei.objects.count(), Dokument.objects.filter(art="vorab").count()) == (0, 0)


def test_answers_to_questions_that_are_closed_meanwhile_are_shown_to_take_along(cast, als, antrag):
    alte = {f"antwort_{r.pk}": "Das war viel Arbeit." for r in offene_nachforderung(antrag).rueckfragen.all()}
    senden(als(cast.schulleitung), antrag)
    antrag.refresh_from_db()
    frist = naechster_werktag(timezone.localdate() + timedelta(days=9))
    nachfordern(antrag, by=cast.sachbearbeitung, fragen=["Und die Kosten?"], frist=frist)
    neue = offene_nachforderung(antrag).rueckfragen.get()
    antwort = senden(als(cast.lehrkraft), antrag, **alte, **{f"antwort_{neue.pk}": ""})
    assert "Diese Rückfragen sind neu" in antwort.text
    assert "Das war viel Arbeit." in antwort.text


def test_what_is_too_large_or_too_much_is_dropped_on_the_way(cast, als, antrag):
    riese = datei("riese.pdf", pdf(b"0" * (11 * 1024 * 1024)))
    zu_gross = "Eine Datei ist größer als 10 MB. Bitte verkleinern Sie sie, und wählen Sie sie noch einmal."
    assert fehler(senden(als(cast.lehrkraft), antrag, riese)) == {"dateien": [zu_gross]}
    viele = [datei(f"{nummer}.pdf") for nummer in range(11)]
    zu_viele = "Bitte wählen Sie höchstens 10 Dateien auf einmal."
    assert fehler(senden(als(cast.lehrkraft), antrag, *viele)) == {"dateien": [zu_viele]}
    assert not Dokument.objects.exists()


def test_the_page_still_asks_for_the_token(cast, antrag):
    client = Client(enforce_csrf_checks=True)
    client.login(email=cast.lehrkraft.email, password=PASSWORT)
    assert senden(client, antrag, datei()).status_code == 403
