"""One file a request, as the script sends them; the same file twice; what the scanner refuses; what is taken out."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from angebote.anlage.models import Anlage
from angebote.anlage.services import entfernte_vergessen
from angebote.antrag import services
from schulerfolg.akte.models import Dokument
from tests.angebote.anlage.test_views import adresse, anhaengen, entwurf, senden
from tests.clamd import SCHADPROGRAMM
from tests.factories_antrag import make_antrag
from tests.schulerfolg.datei.proben import pdf

UNLESBAR = "Das können wir nicht lesen. Bitte laden Sie ein PDF oder ein Bild als JPEG oder PNG hoch."
ZU_GROSS = "Die Datei ist größer als 10 MB. Bitte verkleinern Sie sie, oder teilen Sie sie auf."


def plan(name="Plan.pdf", inhalt=None):
    return SimpleUploadedFile(name, pdf() if inhalt is None else inhalt)


def einzeln(person, antrag, datei, **werte):
    daten = {"schluessel": str(uuid4()), "art": "konzept", "datei": datei} | werte
    return person.post(reverse("antraege:anlagen", args=[antrag.pk]), daten)


def saetze(antwort):
    assert antwort.status_code == 422
    return antwort.context["saetze"]


def test_a_file_alone_leaves_the_page_beside_it_as_it_is(cast, als):
    antrag = entwurf(cast)
    person = als(cast.lehrkraft)
    assert f'data-hochladen="{reverse("antraege:anlagen", args=[antrag.pk])}"' in person.get(adresse(antrag)).text
    assert einzeln(person, antrag, plan("Plan & Kosten.pdf")).url == adresse(antrag)
    assert str(Anlage.objects.get()) == "Plan & Kosten.pdf"
    antrag.refresh_from_db()
    assert antrag.version == 1
    assert services.abschnitt_speichern(antrag, by=cast.lehrkraft, version=1, felder={"erklaert_richtig": True})


def test_a_second_try_gets_the_first_answer(cast, als):
    antrag, schluessel = entwurf(cast), str(uuid4())
    for _ in range(2):
        assert einzeln(als(cast.lehrkraft), antrag, plan(), schluessel=schluessel).url == adresse(antrag)
    assert Anlage.objects.count() == 1
    ohne = einzeln(als(cast.lehrkraft), antrag, plan("b.pdf", pdf(b"b")), schluessel="")
    assert saetze(ohne) == ["Bitte schicken Sie das Formular noch einmal ab."]


# One case a line, to be read in columns.
@pytest.mark.parametrize(
    ("datei", "art", "satz"),
    [
        (plan("seite.pdf", b"<html>"), "konzept", f"„seite.pdf“: {UNLESBAR}"),
        (plan(), "", "Bitte wählen Sie, was für eine Anlage das ist."),
        ("", "konzept", "Bitte wählen Sie zuerst eine Datei aus."),
        (plan("riese.pdf", pdf(b"0" * 11_000_000)), "konzept", ZU_GROSS),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(cast, als, datei, art, satz):
    if datei:
        datei.seek(0)
    assert saetze(einzeln(als(cast.lehrkraft), entwurf(cast), datei, art=art)) == [satz]
    assert not Dokument.objects.exists()


def test_the_same_file_twice_is_said_and_not_stored_twice(cast, als):
    antrag, person = entwurf(cast), als(cast.lehrkraft)
    einzeln(person, antrag, plan())
    satz = "„Kopie.pdf“ liegt schon beim Antrag: „Plan.pdf“ (ausführliches Konzept). "
    satz += "Wir haben die Datei nicht noch einmal gespeichert."
    assert saetze(einzeln(person, antrag, plan("Kopie.pdf"), art="sonstiges")) == [satz]
    assert satz in senden(person, antrag, plan("Kopie.pdf")).text
    assert Anlage.objects.count() == 1
    assert einzeln(person, make_antrag(cast.schule, cast.lehrkraft), plan()).status_code == 302  # of another case
    person.post(reverse("antraege:anlage_entfernen", args=[antrag.pk, antrag.anlagen.get().pk]))
    assert einzeln(person, antrag, plan(), art="sonstiges").status_code == 302  # taken out, to come as another kind
    zurueck = reverse("antraege:anlage_zurueckholen", args=[antrag.pk, antrag.anlagen.earliest("pk").pk])
    assert "„Plan.pdf“ liegt schon wieder beim Antrag." in person.post(zurueck, follow=True).text
    assert antrag.anlagen.geltend().count() == 1


def test_after_the_submission_nothing_is_added(cast, als):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    services.einreichen(antrag, by=cast.schulleitung)
    antwort = einzeln(als(cast.lehrkraft), antrag, plan())
    assert antwort.url == antrag.get_absolute_url()
    assert not Anlage.objects.exists()


def test_what_the_scanner_finds_is_not_kept_and_the_ticks_stay(clamd, cast, als):
    antrag = entwurf(cast)
    antwort = senden(als(cast.lehrkraft), antrag, plan("Rechnung.pdf", pdf(SCHADPROGRAMM)), erklaert_richtig="on")
    assert "„Rechnung.pdf“: In dieser Datei steckt ein Schadprogramm." in antwort.text
    assert antwort.context["form"]["erklaert_richtig"].value()
    assert not Dokument.objects.exists()


def test_while_the_scanner_is_away_nothing_is_kept_and_everything_else_is_saved(cast, als, settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "clamd.ctl")
    antrag, person = entwurf(cast), als(cast.lehrkraft)
    antwort = senden(person, antrag, plan(), erklaert_richtig="on")
    assert "Die Prüfung auf Schadprogramme ist gerade nicht erreichbar. Ihre Datei ist noch nicht" in antwort.text
    assert not Dokument.objects.exists()
    assert person.post(adresse(antrag), {"version": 1, "erklaert_richtig": "on", "weiter": "ja"}).status_code == 302
    antrag.refresh_from_db()
    assert antrag.erklaert_richtig


@pytest.mark.parametrize(("tage", "kommt"), [(6, True), (7, False)])
def test_what_was_taken_out_comes_back_within_a_week(cast, als, tage, kommt):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    anlage, person = anhaengen(antrag, cast.lehrkraft), als(cast.lehrkraft)
    zurueck = reverse("antraege:anlage_zurueckholen", args=[antrag.pk, anlage.pk])
    seite = person.post(reverse("antraege:anlage_entfernen", args=[antrag.pk, anlage.pk]), follow=True)
    bis = timezone.localdate() + timedelta(days=7)
    assert f"Unten holen Sie die Datei bis zum {bis:%d.%m.%Y} zurück." in seite.text
    Anlage.objects.update(entfernt_am=timezone.now() - timedelta(days=tage, minutes=1))
    assert (zurueck in person.get(adresse(antrag)).text) == kommt
    antwort = person.post(zurueck, follow=True)
    assert ("wurde vor mehr als sieben Tagen entfernt" in antwort.text) == (not kommt)
    assert antrag.anlagen.geltend().exists() == kommt


def test_the_daily_run_forgets_it_bytes_and_all(cast):
    antrag = make_antrag(cast.schule, cast.lehrkraft)
    for nummer, weg in enumerate([None, "2026-11-24T00:00", "2026-11-23T23:59"]):
        anlage = anhaengen(antrag, cast.lehrkraft, f"{nummer}.pdf", b"%d" % nummer)
        am = weg and timezone.make_aware(datetime.fromisoformat(weg))
        Anlage.objects.filter(pk=anlage.pk).update(entfernt_am=am)
    assert entfernte_vergessen(date(2026, 12, 1)) == 1
    assert [d.name for d in Dokument.objects.order_by("pk")] == ["0.pdf", "1.pdf"]
    Anlage.objects.filter(entfernt_am__isnull=False).update(entfernt_am=timezone.now() - timedelta(days=9))
    call_command("faelligkeiten", verbosity=0)
    assert [str(anlage) for anlage in Anlage.objects.all()] == ["0.pdf"]
    assert Dokument.objects.count() == 1
