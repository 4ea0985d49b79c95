"""Reports: everybody reads what is published; only the coordination office writes; a withdrawn one says so."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from schulerfolg.akte.services import do_jobs
from schulerfolg.dach.berichte import kennzahlen, pdf, services
from schulerfolg.dach.berichte.models import Bericht, Kennzahl
from tests.factories_antrag import make_antrag_in

# Short words, many to a line.
LEUTE = (
    "lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe", "nachbarin", "koordination", "pruefung",
    "fremd",
)  # fmt: skip


def make_bericht(cast, **fields):
    werte = {
        "titel": "Jahresbericht 2025",
        "von": date(2025, 1, 1),
        "bis": date(2025, 12, 31),
        "text": "# Lage\n\nGut.",
    }
    return services.anlegen(Bericht(**werte | fields), by=cast.koordination)


def make_veroeffentlicht(cast, **fields):
    return services.veroeffentlichen(make_bericht(cast, **fields), by=cast.koordination)


# A table, to be read in columns.
# fmt: off
DARF = {
    #                lehrk schull sachb leit freig nachb koord pruef fremd
    "verwaltung":   (403, 403,   403,  403, 403,  403,  200,  200,  403),
    "neu":          (403, 403,   403,  403, 403,  403,  200,  403,  403),
    "entwurf":      (404, 404,   404,  404, 404,  404,  200,  200,  404),
    "bearbeiten":   (404, 404,   404,  404, 404,  404,  200,  403,  404),
    "schritt":      (404, 404,   404,  404, 404,  404,  200,  403,  404),
}
# fmt: on


@pytest.mark.parametrize("seite", DARF)
def test_who_opens_which_page(cast, als, seite):
    bericht = make_bericht(cast)
    args = {"verwaltung": [], "neu": [], "schritt": [bericht.pk, "veroeffentlichen"]}.get(seite, [bericht.pk])
    url = reverse(f"berichte:{seite}", args=args)
    assert tuple(als(getattr(cast, name)).get(url).status_code for name in LEUTE) == DARF[seite]


def test_what_is_published_keeps_its_titles_and_their_order(client, cast, monkeypatch):
    """The code may call its tables anything later: page, file and PDF read as on the day of the publication."""
    make_antrag_in("eingereicht", cast)
    heute = timezone.localdate()
    bericht = make_veroeffentlicht(cast, titel="Herbst", von=heute - timedelta(days=30), bis=heute)
    entwurf = make_bericht(cast, titel="Winter", von=heute - timedelta(days=30), bis=heute)
    monkeypatch.setattr(pdf, "render_pdf", lambda vorlage, context: render_to_string(vorlage, context))

    def gelesen(welcher):
        seiten = [client.get(f"/berichte/{welcher.slug}/{ende}").content for ende in ("", "zahlen.csv")]
        return [*seiten, pdf.rendern(welcher)]

    vorher, im_entwurf = gelesen(bericht), pdf.rendern(entwurf)
    assert "Anträge nach Stand" in vorher[2]
    neue = {"stelle": ("Nach Region", ""), "stand": ("Nach Lage", ""), "land": ("Alles", "Wert")}
    monkeypatch.setattr(kennzahlen, "GRUPPEN", neue)
    assert gelesen(bericht) == vorher
    assert pdf.rendern(entwurf) != im_entwurf
    tabellen = kennzahlen.tabellen(kennzahlen.zahlen_von(entwurf))
    assert [tabelle.titel for tabelle in tabellen] == ["Nach Region", "Nach Lage", "Alles"]


def test_a_draft_is_not_public(client, cast):
    bericht = make_bericht(cast)
    assert bericht.titel not in client.get(reverse("berichte:bericht_liste")).content.decode()
    for name in ("bericht", "bericht_pdf", "bericht_csv"):
        assert client.get(reverse(f"berichte:{name}", args=[bericht.slug])).status_code == 404
    assert client.get(reverse("berichte:verwaltung")).status_code == 302


def test_a_published_report_is_read_by_everybody(client, cast):
    bericht = make_veroeffentlicht(cast)
    text = client.get("/berichte/jahresbericht-2025/").content.decode()
    assert "<h2>Lage</h2>" in text
    assert text.count("<h1") == 1
    assert "<svg" not in text  # nothing was submitted, so there is nothing to compare
    assert client.get(reverse("berichte:bericht_pdf", args=[bericht.slug])).status_code == 404
    do_jobs()
    pdf = client.get(reverse("berichte:bericht_pdf", args=[bericht.slug]))
    assert (pdf.status_code, pdf["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert pdf["Content-Disposition"] == 'attachment; filename="jahresbericht-2025.pdf"'
    bericht.refresh_from_db()
    erstes = bericht.dokument_id
    do_jobs()
    bericht.refresh_from_db()
    assert bericht.dokument_id == erstes


def test_a_withdrawn_report_says_so(client, cast):
    bericht = services.zurueckziehen(make_veroeffentlicht(cast), by=cast.koordination, begruendung="Falscher Zeitraum.")
    antwort = client.get(bericht.get_absolute_url())
    assert antwort.status_code == 410
    assert "Falscher Zeitraum." in antwort.content.decode()
    assert bericht.titel not in client.get(reverse("berichte:bericht_liste")).content.decode()
    assert client.get(reverse("berichte:bericht_csv", args=[bericht.slug])).status_code == 404


def test_the_coordination_writes_publishes_and_withdraws(cast, als):
    client = als(cast.koordination)
    daten = {"titel": "Über Größe", "von": "2025-01-01", "bis": "2025-06-30", "text": "Kurz."}
    client.post(reverse("berichte:neu"), daten)
    bericht = Bericht.objects.get()
    assert bericht.slug == "ueber-groesse"
    client.post(reverse("berichte:bearbeiten", args=[bericht.pk]), daten | {"text": "Länger.", "version": 1})
    for schritt, stand in (("veroeffentlichen", "veroeffentlicht"), ("zurueckziehen", "zurueckgezogen")):
        angaben = {"schluessel": str(uuid4()), "begruendung": "Ein Fehler."}
        antwort = client.post(reverse("berichte:schritt", args=[bericht.pk, schritt]), angaben)
        assert (antwort.status_code, antwort.url) == (302, f"/berichte/verwaltung/{bericht.pk}/")
        bericht.refresh_from_db()
        assert bericht.status == stand
    assert bericht.text == "Länger."
    assert list(bericht.ereignisse.order_by("pk").values_list("schritt", "rolle")) == [
        (schritt, "Koordinierungsstelle") for schritt in ("anlegen", "bearbeiten", "veroeffentlichen", "zurueckziehen")
    ]


def test_two_people_one_draft(cast, als):
    bericht = make_bericht(cast)
    services.aendern(Bericht.objects.get(), by=cast.koordination, version="1")
    daten = {"titel": "Mein Titel", "von": "2025-01-01", "bis": "2025-06-30", "text": "Meins.", "version": 1}
    client, url = als(cast.koordination), reverse("berichte:bearbeiten", args=[bericht.pk])
    antwort = client.post(url, daten)
    assert "Was Sie geändert haben, steht noch hier" in antwort.context["form"].non_field_errors()[0]
    assert 'value="Mein Titel"' in antwort.content.decode()
    assert client.post(url, daten | {"version": antwort.context["form"]["version"].value()}).status_code == 302


def test_what_is_published_is_not_edited(cast, als):
    bericht = make_veroeffentlicht(cast)
    daten = {"titel": "Anders", "von": "2025-01-01", "bis": "2025-06-30", "text": "", "version": 1}
    antwort = als(cast.koordination).post(reverse("berichte:bearbeiten", args=[bericht.pk]), daten)
    assert (antwort.status_code, antwort.url) == (302, bericht.arbeitsadresse)
    bericht.refresh_from_db()
    assert bericht.titel == "Jahresbericht 2025"


def test_a_period_that_runs_is_not_published(cast, als):
    bericht = make_bericht(cast, bis=timezone.localdate() + timedelta(days=1))
    url = reverse("berichte:schritt", args=[bericht.pk, "veroeffentlichen"])
    antwort = als(cast.koordination).post(url, {"schluessel": str(uuid4())})
    assert antwort.context["form"].non_field_errors()[0].startswith("Der Zeitraum endet erst am ")
    assert not Kennzahl.objects.exists()


# One case a line, to be read in columns.
@pytest.mark.parametrize(
    ("daten", "feld"),
    [
        ({"bis": "2024-12-31"}, "bis"), ({"bis": "99999-01-01"}, "bis"), ({"von": ""}, "von"), ({"titel": ""}, "titel"),
        ({"titel": "x" * 151}, "titel"), ({"titel": "\x00"}, "titel"), ({"text": "x" * 100_000}, "text"),
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_is_refused(cast, als, daten, feld):
    werte = {"titel": "Bericht", "von": "2025-01-01", "bis": "2025-06-30", "text": ""} | daten
    antwort = als(cast.koordination).post(reverse("berichte:neu"), werte)
    assert antwort.status_code == 200
    assert feld in antwort.context["form"].errors
    assert not Bericht.objects.exists()


@pytest.mark.parametrize("rest", ["gibt-es-nicht/", "gibt-es-nicht/bericht.pdf", "verwaltung/1/loeschen/", "?page=x"])
def test_a_wrong_address_is_no_error_of_ours(cast, als, rest):
    assert als(cast.koordination).get(f"/berichte/{rest}").status_code in (200, 404)
