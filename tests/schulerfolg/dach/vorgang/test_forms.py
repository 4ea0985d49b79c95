"""The forms of the steps: deadlines, and whatever people or machines type."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from angebote.antrag.workflow import Status
from schulerfolg.kalender import naechster_werktag
from tests.factories_antrag import make_antrag_in


def am(wochentag):
    tag = timezone.localdate() + timedelta(days=30)
    return tag + timedelta(days=(wochentag - tag.weekday()) % 7)


def fehler(client, antrag, **daten):
    adresse = reverse("antraege:schritt", args=[antrag.pk, "nachfordern"])
    grund = {"schluessel": str(uuid4()), "frage_1": "Wie viele?", "frist": naechster_werktag(am(2)).isoformat()}
    antwort = client.post(adresse, grund | daten)
    return dict(antwort.context["form"].errors) if antwort.context else {}


def test_the_deadline_is_a_working_day_in_the_next_half_year(cast, als):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    client, heute = als(cast.sachbearbeitung), timezone.localdate()
    samstag, werktag = am(5), f"{naechster_werktag(am(5)):%d.%m.%Y}"
    assert fehler(client, antrag, frist=samstag.isoformat()) == {
        "frist": [
            f"Der {samstag:%d.%m.%Y} ist ein Samstag. Bitte wählen Sie einen Werktag, zum Beispiel den {werktag}."
        ]
    }
    assert fehler(client, antrag, frist=heute.isoformat()) == {"frist": ["Bitte wählen Sie einen Tag ab morgen."]}
    spaet = (heute + timedelta(days=200)).isoformat()
    assert fehler(client, antrag, frist=spaet) == {"frist": ["Bitte wählen Sie einen Tag im nächsten halben Jahr."]}
    assert fehler(client, antrag, frage_1="") == {
        "frage_1": ["Bitte markieren Sie mindestens eine Angabe, oder stellen Sie eine Rückfrage."]
    }
    assert fehler(client, antrag, schluessel="kaputt") == {
        "schluessel": ["Bitte schicken Sie das Formular noch einmal ab."]
    }


SCHLECHT = ["\x00", "\ud800", "x" * 100_000, "<script>", "'; --", "-1", "1e999", "NaN", "9" * 40, "2026-02-31", ""]
FELDER = ["schluessel", "frage_1", "abschnitt_1", "warum", "frist"]


@pytest.mark.parametrize("feld", FELDER)
def test_no_input_of_a_step_is_an_error_of_ours(cast, als, feld):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    client = als(cast.sachbearbeitung)
    adresse = reverse("antraege:schritt", args=[antrag.pk, "nachfordern"])
    for wert in SCHLECHT:
        daten = {"schluessel": str(uuid4()), "frage_1": "x" if feld != "frage_1" else "", "frist": "", feld: wert}
        text = urlencode(daten, errors="surrogatepass")
        assert client.post(adresse, text, content_type="application/x-www-form-urlencoded").status_code == 200


@pytest.mark.parametrize("schritt", ["formal_ablehnen", "einreichen", "zurueckziehen"])
def test_an_empty_body_is_answered(cast, als, schritt):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    wer = cast.leitung if schritt == "formal_ablehnen" else cast.schulleitung
    erwartet = {"formal_ablehnen": 200, "einreichen": 302, "zurueckziehen": 200}
    assert als(wer).post(reverse("antraege:schritt", args=[antrag.pk, schritt])).status_code == erwartet[schritt]
