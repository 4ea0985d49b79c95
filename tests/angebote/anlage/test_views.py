"""Uploading, downloading and removing, through the page of the section."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from angebote.anlage.models import Anlage
from angebote.anlage.services import erklaeren
from angebote.antrag import services
from angebote.antrag.workflow import Status
from angebote.foerderung.models import Anlagenanforderung
from schulerfolg.akte.models import Dokument
from schulerfolg.datei.annahme import Datei
from tests.factories import PASSWORT
from tests.factories_antrag import make_antrag, make_antrag_in, make_regel
from tests.schulerfolg.datei.proben import bild, foto_mit_ort, pdf


def adresse(antrag):
    return reverse("antraege:abschnitt", args=[antrag.pk, "erklaerungen"])


def senden(person, antrag, datei, **werte):
    antrag.refresh_from_db()
    daten = {"version": antrag.version, "art": "konzept", "datei": datei, "hochladen": "ja"} | werte
    return person.post(adresse(antrag), daten)


def entwurf(cast):
    return services.anlegen(cast.schule, by=cast.lehrkraft)


def anhaengen(antrag, by, name="Plan.pdf", inhalt=b"%PDF"):
    antrag.refresh_from_db()
    datei = Datei(name, "application/pdf", inhalt)
    erklaeren(antrag, by=by, version=antrag.version, felder={}, art="konzept", datei=datei)
    return Anlage.objects.order_by("pk").last()


def test_a_file_is_kept_with_its_kind_and_the_ticks_are_saved_with_it(cast, als):
    antrag = entwurf(cast)
    datei = SimpleUploadedFile("Übersicht.pdf", pdf(), "text/html")
    antwort = senden(als(cast.lehrkraft), antrag, datei, erklaert_beginn="on")
    assert antwort.url == adresse(antrag)
    anlage = Anlage.objects.get()
    assert (anlage.art, anlage.dokument.name, anlage.dokument.medientyp) == (
        "konzept",
        "Übersicht.pdf",
        "application/pdf",
    )
    assert bytes(anlage.dokument.inhalt) == pdf()
    antrag.refresh_from_db()
    assert (antrag.erklaert_beginn, antrag.erklaert_richtig) == (True, False)
    assert antrag.erklaerungen_fassung == {"erklaert_beginn": "2026-12"}


def test_a_photograph_is_stored_without_its_place(cast, als):
    antrag = entwurf(cast)
    senden(als(cast.lehrkraft), antrag, SimpleUploadedFile("foto.jpg", foto_mit_ort(), "image/jpeg"))
    assert b"Kamera" not in bytes(Dokument.objects.get().inhalt)


def test_thirty_megabytes_are_dropped_on_the_way(cast, als):
    antrag = entwurf(cast)
    riese = SimpleUploadedFile("riese.pdf", pdf(b"0" * (30 * 1024 * 1024)), "application/pdf")
    antwort = senden(als(cast.lehrkraft), antrag, riese, erklaert_beginn="on")
    assert antwort.status_code == 200
    assert "Die Datei ist größer als 10 MB." in antwort.text
    assert 'name="erklaert_beginn"' in antwort.text
    assert "checked" in antwort.text
    assert not Dokument.objects.exists()
    antrag.refresh_from_db()
    assert antrag.version == 1


@pytest.mark.parametrize(
    ("datei", "werte", "satz"),
    [
        (SimpleUploadedFile("seite.pdf", b"<html></html>"), {}, "Das können wir nicht lesen."),
        (SimpleUploadedFile("leer.pdf", b""), {}, "Die Datei ist leer."),
        (SimpleUploadedFile("plan.pdf", pdf()), {"art": ""}, "Bitte wählen Sie, was für eine Anlage das ist."),
        (SimpleUploadedFile("plan.pdf", pdf()), {"art": "quatsch"}, "ist keine gültige Auswahl"),
        ("", {}, "Bitte wählen Sie zuerst eine Datei aus."),
        ("nur ein Text", {}, "Bitte wählen Sie zuerst eine Datei aus."),
    ],
)
def test_a_refused_file_says_why_at_the_field(cast, als, datei, werte, satz):
    antrag = entwurf(cast)
    if hasattr(datei, "seek"):
        datei.seek(0)
    antwort = senden(als(cast.lehrkraft), antrag, datei, **werte)
    assert antwort.status_code == 200
    assert satz in antwort.text
    assert not Anlage.objects.exists()


def test_twenty_files_are_enough(cast, als):
    antrag = entwurf(cast)
    for nummer in range(20):
        anhaengen(antrag, cast.lehrkraft, f"{nummer}.pdf", b"%d" % nummer)
    antwort = senden(als(cast.lehrkraft), antrag, SimpleUploadedFile("21.pdf", pdf()))
    assert "Ein Antrag hat höchstens 20 Anlagen." in antwort.text
    assert Anlage.objects.count() == 20
    Anlage.objects.first().delete()
    assert senden(als(cast.lehrkraft), antrag, SimpleUploadedFile("21.pdf", pdf())).status_code == 302


def test_fifty_megabytes_are_enough(cast, als):
    antrag = entwurf(cast)
    for nummer in range(5):
        anhaengen(antrag, cast.lehrkraft, inhalt=b"%d" % nummer * (10 * 1024 * 1024))
    antwort = senden(als(cast.lehrkraft), antrag, SimpleUploadedFile("plan.pdf", pdf()))
    assert "Alle Anlagen zusammen haben höchstens 50 MB." in antwort.text
    assert Anlage.objects.count() == 5


def test_somebody_else_saved_meanwhile_and_no_file_is_kept(cast, als):
    antrag = entwurf(cast)
    services.abschnitt_speichern(antrag, by=cast.schulleitung, version=1, felder={"erklaert_richtig": True})
    daten = {"version": 1, "art": "konzept", "datei": SimpleUploadedFile("plan.pdf", pdf()), "hochladen": "ja"}
    antwort = als(cast.lehrkraft).post(adresse(antrag), daten)
    assert "hat diesen Antrag um" in antwort.text
    assert "Die Datei ist in Ordnung. Bitte wählen Sie sie noch einmal aus" in antwort.text
    assert not Anlage.objects.exists()


def test_the_form_needs_its_token(cast):
    antrag = entwurf(cast)
    streng = Client(enforce_csrf_checks=True)
    streng.force_login(cast.lehrkraft)
    assert cast.lehrkraft.check_password(PASSWORT)
    daten = {"version": 1, "art": "konzept", "datei": SimpleUploadedFile("plan.pdf", pdf())}
    assert streng.post(adresse(antrag), daten).status_code == 403
    streng.get(adresse(antrag))
    token = streng.cookies["schutz"].value
    daten["datei"].seek(0)
    assert streng.post(adresse(antrag), daten | {"csrfmiddlewaretoken": token}).status_code == 302


def test_a_file_is_served_so_that_no_browser_opens_it(cast, als):
    antrag = entwurf(cast)
    senden(als(cast.lehrkraft), antrag, SimpleUploadedFile("Übersicht.pdf", pdf()))
    antwort = als(cast.lehrkraft).get(reverse("antraege:anlage", args=[antrag.pk, Anlage.objects.get().pk]))
    assert antwort.content == pdf()
    assert antwort.headers["Content-Type"] == "application/pdf"
    assert antwort.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%9Cbersicht.pdf"
    assert antwort.headers["X-Content-Type-Options"] == "nosniff"
    assert antwort.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert antwort.headers["Cache-Control"] == "no-store"


LEUTE = [
    "lehrkraft",
    "schulleitung",
    "sachbearbeitung",
    "leitung",
    "freigabe",
    "nachbarin",
    "koordination",
    "pruefung",
    "fremd",
]
SCHULE = {"lehrkraft": 200, "schulleitung": 200}
STELLE = {"sachbearbeitung": 200, "leitung": 200, "freigabe": 200}


@pytest.mark.parametrize("wer", LEUTE)
def test_who_gets_a_file(cast, als, wer):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    anlage = anhaengen(antrag, cast.lehrkraft)
    ziel = reverse("antraege:anlage", args=[antrag.pk, anlage.pk])
    assert als(getattr(cast, wer)).get(ziel).status_code == SCHULE.get(wer, 404)
    services.einreichen(antrag, by=cast.schulleitung)
    erwartet = SCHULE | STELLE | {"pruefung": 200}
    assert als(getattr(cast, wer)).get(ziel).status_code == erwartet.get(wer, 404)


@pytest.mark.parametrize("wer", LEUTE)
def test_who_takes_a_file_out(cast, als, wer):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    anlage = anhaengen(antrag, cast.lehrkraft)
    ziel = reverse("antraege:anlage_entfernen", args=[antrag.pk, anlage.pk])
    assert als(getattr(cast, wer)).get(ziel).status_code == 302
    assert als(getattr(cast, wer)).post(ziel).status_code == (302 if wer in SCHULE else 404)
    anlage.refresh_from_db()
    assert (anlage.entfernt_am is not None) == (wer in SCHULE)


def test_a_file_of_another_antrag_is_missing(cast, als):
    fremde = anhaengen(make_antrag(cast.schule, cast.lehrkraft), cast.lehrkraft)
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    person = als(cast.lehrkraft)
    assert person.get(reverse("antraege:anlage", args=[antrag.pk, fremde.pk])).status_code == 404
    assert person.post(reverse("antraege:anlage_entfernen", args=[antrag.pk, fremde.pk])).status_code == 404
    assert person.get(f"/antraege/{antrag.pk}/anlagen/99999999999999999999/").status_code == 404


def test_a_file_taken_out_is_gone_for_everybody(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    anlage = anhaengen(antrag, cast.lehrkraft)
    person = als(cast.lehrkraft)
    person.post(reverse("antraege:anlage_entfernen", args=[antrag.pk, anlage.pk]))
    assert person.get(reverse("antraege:anlage", args=[antrag.pk, anlage.pk])).status_code == 404
    assert "Plan.pdf</a>" not in person.get(adresse(antrag)).text
    assert Dokument.objects.count() == 1


def test_a_file_taken_out_by_mistake_comes_back(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    anlage = anhaengen(antrag, cast.lehrkraft)
    person = als(cast.lehrkraft)
    person.post(reverse("antraege:anlage_entfernen", args=[antrag.pk, anlage.pk]))
    zurueck = reverse("antraege:anlage_zurueckholen", args=[antrag.pk, anlage.pk])
    assert f'action="{zurueck}"' in person.get(adresse(antrag)).text
    assert "gehört wieder zum Antrag" in person.post(zurueck, follow=True).text
    assert "Plan.pdf</a>" in person.get(adresse(antrag)).text


def test_a_good_file_is_never_dropped_silently(cast, als):
    antrag = entwurf(cast)
    antwort = senden(als(cast.lehrkraft), antrag, SimpleUploadedFile("plan.pdf", pdf()), art="")
    assert "Die Datei ist in Ordnung. Bitte wählen Sie sie noch einmal aus" in antwort.text
    schlecht = senden(als(cast.lehrkraft), antrag, SimpleUploadedFile("seite.pdf", b"<html></html>"))
    assert '<option value="konzept" selected>' in schlecht.text
    assert "Die Datei ist in Ordnung" not in schlecht.text


def test_nothing_is_taken_out_after_the_submission(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    anlage = anhaengen(antrag, cast.lehrkraft)
    services.einreichen(antrag, by=cast.schulleitung)
    antwort = als(cast.lehrkraft).post(reverse("antraege:anlage_entfernen", args=[antrag.pk, anlage.pk]), follow=True)
    assert "hat den Antrag eingereicht" in antwort.text
    anlage.refresh_from_db()
    assert anlage.entfernt_am is None


def test_the_page_says_which_files_the_region_asks_for(cast, als):
    regel = make_regel(cast.harz)
    Anlagenanforderung.objects.create(regel=regel, art="konzept", pflicht_bei="einreichung")
    Anlagenanforderung.objects.create(regel=regel, art="kooperation", pflicht_bei="auszahlung")
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    anhaengen(antrag, cast.lehrkraft)
    seite = als(cast.lehrkraft).get(adresse(antrag))
    assert [(str(a), da) for a, da in seite.context["verlangt"]] == [
        ("ausführliches Konzept (bei der Einreichung)", True),
        ("Kooperationsvereinbarung (vor der Auszahlung)", False),
    ]


@pytest.mark.parametrize("zahl", [1, 20])
def test_the_page_asks_the_database_equally_often(cast, als, django_assert_num_queries, zahl):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    for nummer in range(zahl):
        anhaengen(antrag, cast.lehrkraft, f"{nummer}.pdf", b"%d" % nummer)
    person = als(cast.lehrkraft)
    with django_assert_num_queries(9):
        person.get(adresse(antrag))


def test_a_draft_of_the_office_takes_files_from_the_office(cast, als):
    antrag = make_antrag_in(Status.ENTWURF, cast, im_auftrag=True, beginn=date(2099, 1, 1))
    antwort = senden(als(cast.sachbearbeitung), antrag, SimpleUploadedFile("bild.png", bild("PNG")))
    assert antwort.status_code == 302
    assert Anlage.objects.get().hochgeladen_durch == cast.sachbearbeitung
