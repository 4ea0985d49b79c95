"""The hats in the frame of every page."""

import pytest
from django.contrib.auth.models import AnonymousUser

from schulerfolg.kontext import huete
from tests.factories_gremium import make_gremium, make_mitglied


def test_members_of_a_gremium_wear_its_hat(cast):
    gremium = make_gremium(cast.harz, name="Beirat Harz")
    make_mitglied(gremium, cast.lehrkraft)
    schule, beirat = huete(cast.lehrkraft)
    assert (str(beirat), beirat.adresse) == ("Mitglied, Beirat Harz", f"/gremien/{gremium.pk}/")
    assert (schule.zweiter_faktor, beirat.zweiter_faktor) == (False, False)


@pytest.mark.parametrize(
    ("rolle", "name", "faktor"),
    [
        ("vorsitz", "Vorsitz", True),
        ("stellv_vorsitz", "stellvertretender Vorsitz", True),
        ("schriftfuehrung", "Schriftführung", False),
        ("mitglied", "Mitglied", False),
    ],
)
def test_whoever_leads_needs_a_second_factor(client, cast, rolle, name, faktor):
    person = make_mitglied(make_gremium(cast.harz), cast.fremd, rolle=rolle).person
    [hut] = huete(person)
    assert (hut.name, hut.zweiter_faktor) == (name, faktor)
    client.force_login(person)
    antwort = client.get("/sitzungen/")
    assert (antwort.status_code, getattr(antwort, "url", "")) == (
        (302, "/konto/zweiter-faktor/") if faktor else (200, "")
    )


def test_a_former_member_wears_nothing(cast):
    make_mitglied(make_gremium(cast.harz), cast.fremd, von="2020-01-01", bis="2020-12-31")
    assert huete(cast.fremd) == []


def test_one_query_whoever_asks(cast, django_assert_num_queries):
    for person in (cast.leitung, cast.fremd):
        with django_assert_num_queries(1):
            huete(person)
    with django_assert_num_queries(0):
        assert huete(AnonymousUser()) == []
