"""The rules of an office: read by its people, ended and followed by a new one, never edited."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from angebote.foerderung.models import Anlagenanforderung, Foerderregel
from tests.factories_antrag import make_regel

# Short words, many to a line.
LEUTE = (
    "lehrkraft", "schulleitung", "sachbearbeitung", "leitung", "freigabe", "nachbarin", "koordination", "pruefung",
    "fremd",
)  # fmt: skip
# A table, to be read in columns.
# fmt: off
DARF = {
    #             lehrk schull sachb leit freig nachb koord pruef fremd
    "liste":     (403, 403,   200,  200, 200,  200,  200,  200,  403),
    "regel":     (404, 404,   200,  200, 200,  404,  200,  200,  404),
    "nachfolge": (404, 404,   403,  200, 403,  404,  403,  403,  404),
}
# fmt: on


def daten(**werte):
    return {
        "ab": (timezone.localdate() + timedelta(days=10)).isoformat(),
        "hoechstbetrag": "3.000,00",
        "hoechstbetrag_je": "schule",
        "hoechstbetrag_im": "schuljahr",
        "hoechstbetrag_hart": "on",
        "eigenanteil_prozent": "10",
        "vorlauf_tage": "42",
        "mitzeichnung": "on",
        "entscheidungsweg": "stelle",
        "stelle_bis": "500",
        "budgetachse": "kalenderjahr",
        "grundlage": "Beschluss vom 20.01.",
    } | werte


@pytest.mark.parametrize("seite", DARF)
def test_who_opens_which_page(cast, als, seite):
    regel = make_regel(cast.harz)
    url = reverse(f"foerderregeln:{seite}", args=[] if seite == "liste" else [regel.pk])
    assert tuple(als(getattr(cast, name)).get(url).status_code for name in LEUTE) == DARF[seite]


def test_a_new_rule_ends_the_old_one(cast, als):
    alt = make_regel(cast.harz)
    Anlagenanforderung.objects.create(regel=alt, art="kooperation", pflicht_bei="einreichung")
    antwort = als(cast.leitung).post(reverse("foerderregeln:nachfolge", args=[alt.pk]), daten())
    neu = Foerderregel.objects.exclude(pk=alt.pk).get()
    assert (antwort.status_code, antwort.url) == (302, f"/foerderregeln/{neu.pk}/")
    alt.refresh_from_db()
    heute = timezone.localdate()
    assert (alt.bis, neu.von, neu.bis) == (heute + timedelta(days=9), heute + timedelta(days=10), None)
    assert (alt.hoechstbetrag, neu.hoechstbetrag, neu.stelle_bis) == (Decimal(2000), Decimal(3000), Decimal(500))
    assert list(neu.anlagen.values_list("art", "pflicht_bei")) == [("kooperation", "einreichung")]


@pytest.mark.parametrize(
    ("werte", "feld"),
    [
        ({"ab": timezone.localdate().isoformat()}, "ab"),
        ({"ab": "31.02.2027"}, "ab"),
        ({"hoechstbetrag": "0"}, "hoechstbetrag"),
        ({"hoechstbetrag": "9" * 30}, "hoechstbetrag"),
        ({"eigenanteil_prozent": "101"}, "eigenanteil_prozent"),
        ({"vorlauf_tage": "99999"}, "vorlauf_tage"),
        ({"stelle_bis": ""}, "stelle_bis"),
        ({"entscheidungsweg": "wuerfeln"}, "entscheidungsweg"),
        ({"grundlage": "\x00"}, "grundlage"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(cast, als, werte, feld):
    regel = make_regel(cast.harz)
    antwort = als(cast.leitung).post(reverse("foerderregeln:nachfolge", args=[regel.pk]), daten(**werte))
    assert antwort.status_code == 200
    assert feld in antwort.context["form"].errors
    assert Foerderregel.objects.count() == 1


def test_a_rule_that_has_ended_has_no_successor(cast, als):
    regel = make_regel(cast.harz, bis=timezone.localdate() - timedelta(days=1))
    antwort = als(cast.leitung).post(reverse("foerderregeln:nachfolge", args=[regel.pk]), daten())
    assert (antwort.status_code, antwort.url) == (302, f"/foerderregeln/{regel.pk}/")
    assert Foerderregel.objects.count() == 1
