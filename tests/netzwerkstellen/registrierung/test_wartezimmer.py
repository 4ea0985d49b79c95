"""Somebody whose access waits to be approved reads everywhere what happens, until when, and whom to call."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schulerfolg.zeit import datum
from tests.factories import make_hauptsitz, make_registrierung


@pytest.mark.parametrize(
    ("adresse", "status"),
    [
        ("/uebersicht/", 200),
        ("/antraege/", 200),
        ("/beratungen/", 200),
        ("/antraege/neu/", 403),
        ("/beratungen/neu/", 403),
    ],
)
def test_a_kind_page_wherever_she_goes(cast, als, adresse, status):
    make_registrierung(cast.schule, person=cast.fremd)
    make_hauptsitz(cast.harz)
    antwort = als(cast.fremd).get(adresse)
    text = " ".join(antwort.text.split())
    assert antwort.status_code == status
    assert "wartet noch auf Freigabe. Eine dieser Personen entscheidet:" in text
    assert f"Entscheidet bis zum {datum(timezone.localdate() + timedelta(days=30))} niemand, verfällt sie" in text
    assert f'Rufen Sie gern an: {cast.harz}, Telefon <a href="tel:03941100">03941 100</a>.' in text
    for wort in ("Sobald eine Schule einen Antrag einreicht", "gehört zu einer anderen Rolle", "wartet nichts auf Sie"):
        assert wort not in text


def test_who_has_asked_for_nothing_is_shown_the_way_in(cast, als):
    liste = als(cast.fremd).get("/antraege/").text
    assert "Sie haben im Portal noch keine Rolle; deshalb stehen hier keine Anträge." in liste
    assert 'href="/registrieren/"' in liste


def test_a_colleague_reads_nothing_of_it(cast, als):
    make_registrierung(cast.fremdschule, person=cast.lehrkraft)
    assert "wartet noch auf Freigabe" not in als(cast.lehrkraft).get("/uebersicht/").text
