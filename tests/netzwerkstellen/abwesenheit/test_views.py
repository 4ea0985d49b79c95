"""The form of an absence, on the own page and on that of a colleague."""

import pytest
from django.utils import timezone


@pytest.mark.parametrize("wer", ["sachbearbeitung", "leitung"])
def test_the_first_day_is_today_unless_somebody_says_otherwise(als, cast, wer):
    kollegin = cast.sachbearbeitung.mitarbeiten.get()
    seiten = {
        "sachbearbeitung": "/konto/abwesenheit/",
        "leitung": f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/{kollegin.pk}/abwesenheit/",
    }
    antwort = als(getattr(cast, wer)).get(seiten[wer])
    assert antwort.context["form"]["von"].value() == timezone.localdate()
    assert f'name="von" value="{timezone.localdate():%Y-%m-%d}"' in antwort.text
