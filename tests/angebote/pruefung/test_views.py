"""The office's two pages: the list of points and the opinion."""

import pytest
from django.urls import reverse

from angebote.antrag.workflow import Status
from angebote.pruefung.pruefliste import PRUEFLISTE
from tests.factories_antrag import make_antrag_in

# Short words, many to a line.
LEUTE = (
    "lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe",
    "nachbarin", "koordination", "pruefung", "fremd",
)  # fmt: skip


def adresse(antrag, seite):
    return reverse(f"antraege:{seite}", args=[antrag.pk])


@pytest.mark.parametrize(("seite", "status"), [("pruefliste", "formalpruefung"), ("stellungnahme", "fachpruefung")])
def test_only_the_office_opens_them(cast, als, seite, status):
    antrag = make_antrag_in(status, cast)
    codes = tuple(als(getattr(cast, name)).get(adresse(antrag, seite)).status_code for name in LEUTE)
    assert codes == (403, 403, 200, 200, 403, 404, 404, 403, 404)


@pytest.mark.parametrize("seite", ["pruefliste", "stellungnahme"])
def test_too_early_or_too_late_leads_back(cast, als, seite):
    antrag = make_antrag_in(Status.EINGEREICHT, cast)
    antwort = als(cast.leitung).post(adresse(antrag, seite), follow=True)
    assert antwort.redirect_chain == [(f"/antraege/{antrag.pk}/", 302)]
    assert "hat den Antrag eingereicht" in str(next(iter(antwort.context["messages"])))


def test_the_list_may_be_saved_half_done(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    client = als(cast.sachbearbeitung)
    client.post(
        adresse(antrag, "pruefliste"), {"urteil_partner": "ja", "urteil_kosten": "nein", "notiz_kosten": "zu hoch"}
    )
    assert {p.schluessel: (p.urteil, p.notiz) for p in antrag.pruefpunkte.all()} == {
        "partner": ("ja", ""),
        "kosten": ("nein", "zu hoch"),
    }
    seite = client.get(adresse(antrag, "pruefliste")).context["form"]
    assert seite["urteil_kosten"].value() == "nein"


def test_who_answered_a_point_stays_true_when_a_colleague_goes_on(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    als(cast.sachbearbeitung).post(adresse(antrag, "pruefliste"), {"urteil_partner": "ja"})
    als(cast.leitung).post(adresse(antrag, "pruefliste"), {"urteil_partner": "ja", "urteil_beginn": "ja"})
    assert {p.schluessel: p.durch for p in antrag.pruefpunkte.all()} == {
        "partner": cast.sachbearbeitung,
        "beginn": cast.leitung,
    }


def test_a_note_needs_a_verdict(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    antwort = als(cast.leitung).post(adresse(antrag, "pruefliste"), {"notiz_partner": "fehlt"})
    assert antwort.context["form"].errors == {"urteil_partner": ["Bitte wählen Sie zur Notiz auch ein Urteil."]}


def test_the_list_asks_ten_questions(cast, als):
    assert len(PRUEFLISTE) == 10


GUT = {"text": "Gut geplant.", "empfehlung": "zustimmen", "betrag": "1.100,50", "auflagen": ""}


def test_the_opinion_is_saved_and_written_anew(cast, als):
    antrag = make_antrag_in(Status.FACHPRUEFUNG, cast)
    assert (
        als(cast.sachbearbeitung).get(adresse(antrag, "stellungnahme")).context["form"]["betrag"].value() == "1.200,00"
    )
    als(cast.sachbearbeitung).post(adresse(antrag, "stellungnahme"), GUT)
    als(cast.leitung).post(adresse(antrag, "stellungnahme"), GUT | {"text": "Neu geschrieben.", "betrag": "900"})
    zeile = antrag.stellungnahmen.get()
    assert (zeile.text, str(zeile.betrag), zeile.verfasst_durch) == ("Neu geschrieben.", "900.00", cast.leitung)


@pytest.mark.parametrize(
    ("daten", "fehler"),
    [
        ({"betrag": "1.200,01"}, {"betrag": ["Mehr als beantragt können Sie nicht empfehlen."]}),
        ({"betrag": "0"}, {"betrag": ["Bitte nennen Sie den Betrag, den Sie empfehlen."]}),
        ({"empfehlung": "ablehnen"}, {"betrag": ["Wenn Sie die Ablehnung empfehlen, ist der Betrag 0,00 €."]}),
        ({"empfehlung": "auflagen"}, {"auflagen": ["Bitte schreiben Sie, welche Auflagen Sie vorschlagen."]}),
        ({"betrag": "-5"}, {"betrag": ["Bitte geben Sie einen Betrag ab 0,00 € ein."]}),
        ({"betrag": "viel"}, {"betrag": ["Bitte geben Sie eine Zahl an, zum Beispiel 1.234,50."]}),
    ],
)
def test_what_does_not_fit_is_said_at_the_field(cast, als, daten, fehler):
    antrag = make_antrag_in(Status.FACHPRUEFUNG, cast)
    antwort = als(cast.sachbearbeitung).post(adresse(antrag, "stellungnahme"), GUT | daten)
    assert antwort.context["form"].errors == fehler
    assert antrag.stellungnahmen.count() == 0


SCHLECHT = ["\x00", "\ufffd", "x" * 100_000, "<script>", "NaN", "1e999", "9" * 40, "-0", ""]


@pytest.mark.parametrize(
    ("seite", "status", "feld"),
    [
        ("pruefliste", "formalpruefung", "urteil_partner"),
        ("pruefliste", "formalpruefung", "notiz_partner"),
        ("stellungnahme", "fachpruefung", "text"),
        ("stellungnahme", "fachpruefung", "empfehlung"),
        ("stellungnahme", "fachpruefung", "betrag"),
        ("stellungnahme", "fachpruefung", "auflagen"),
    ],
)
def test_no_input_is_an_error_of_ours(cast, als, seite, status, feld):
    antrag = make_antrag_in(status, cast)
    client = als(cast.sachbearbeitung)
    for wert in SCHLECHT:
        assert client.post(adresse(antrag, seite), {feld: wert}).status_code in (200, 302)
