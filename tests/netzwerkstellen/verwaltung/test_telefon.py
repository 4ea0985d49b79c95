"""What is shown as a number to call has a number in it."""

import pytest
from django.urls import reverse

from netzwerkstellen.models import Standort


@pytest.mark.parametrize(("angabe", "gespeichert"), [("abc", False), ("0391", False), ("03941 5970-22", True)])
def test_a_place_is_called_by_a_number(cast, als, angabe, gespeichert):
    seite = reverse("netzwerkstellen:standort_neu", args=[cast.harz.slug])
    antwort = als(cast.leitung).post(seite, {"ort": "Thale", "telefon": angabe})
    assert ("Das ist keine Telefonnummer." in antwort.text) is not gespeichert
    assert Standort.objects.filter(ort="Thale").exists() is gespeichert
