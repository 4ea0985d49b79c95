"""What stands between tests is the same for each of them."""

import pytest

from netzwerkstellen.models import Netzwerkstelle, Schulzugehoerigkeit
from schulerfolg.konten.models import Person
from tests.buehne import stehend
from tests.factories import make_person


@stehend
def besuch(cast):
    """One more, who knows the cast."""
    cast.gast = make_person("Gast", "Besuch")
    return cast.gast


@pytest.mark.parametrize("mal", [1, 2])
def test_what_one_test_changes_the_next_does_not_see(cast, mal):
    assert (Netzwerkstelle.objects.get(kuerzel="HZ").region, cast.harz.region) == ("Landkreis Harz", "Landkreis Harz")
    assert Schulzugehoerigkeit.objects.count() == 2
    Netzwerkstelle.objects.filter(kuerzel="HZ").update(region="anders")
    Schulzugehoerigkeit.objects.all().delete()
    make_person()
    cast.harz.region, cast.neu = "anders", True


def test_what_is_built_on_it_shares_its_objects(cast, besuch):
    assert cast.gast is besuch
    assert cast.schule.netzwerkstelle is cast.harz
    assert Person.objects.filter(vorname="Gast").get() == besuch


def test_what_nobody_asks_for_is_gone(cast):
    assert not hasattr(cast, "gast")
    assert not Person.objects.filter(vorname="Gast").exists()


@pytest.mark.django_db
def test_without_the_cast_nobody_is_there():
    assert (Person.objects.count(), Netzwerkstelle.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_with_transactions_of_its_own_it_is_built_inside(cast):
    assert Person.objects.count() == 9
