"""The hats in the frame of every page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from schulerfolg.dach.kontext import huete, mitgeben
from schulerfolg.konten.models import Person
from schulerfolg.konten.permissions import hats_worn, orte
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


ORTE = [("mitarbeiten", "netzwerkstelle"), ("schulzugehoerigkeiten", "schule"), ("mitgliedschaften", "gremium")]


def anfrage(person):
    """A request of this person, who has the hats along."""
    request = RequestFactory().get("/")
    request.user = Person.objects.get(pk=person.pk)
    mitgeben(request)
    return request


def test_what_a_request_brings_along_is_what_the_rows_say(demowelt):
    """For everybody of the demo world: at each place where they have a hat, and at one where only others have."""
    orte_aller = {reihe: _orte_aller(reihe, ort) for reihe, ort in ORTE}
    verschieden, getragen = {}, 0
    for person in Person.objects.filter(email__endswith="@demo.example"):
        mit, fragen = anfrage(person).user, [("landesrollen", {}), ("mitarbeiten", {}), ("schulzugehoerigkeiten", {})]
        for reihe, ort in ORTE:
            zeilen, dabei = {wo[ort] for wo in orte(person, reihe, ort)}, set(orte(mit, reihe, ort))
            if zeilen != dabei:
                verschieden[person.email, reihe] = (zeilen, dabei)
            if reihe != "mitgliedschaften":
                anderswo = next(nummer for nummer in orte_aller[reihe] if nummer not in zeilen)
                fragen += [(reihe, {ort: nummer}) for nummer in {*zeilen, anderswo}]
        for reihe, wo in fragen:
            zeilen, dabei = set(hats_worn(person, reihe, **wo)), set(hats_worn(mit, reihe, **wo))
            getragen += bool(dabei)
            if zeilen != dabei:
                verschieden[person.email, reihe, *wo.values()] = (zeilen, dabei)
    assert verschieden == {}
    assert getragen > 25


def _orte_aller(reihe, ort) -> list[int]:
    """The places where anybody has such a hat."""
    wo = f"{reihe}__{ort}"
    return list(Person.objects.exclude(**{wo: None}).order_by(wo).values_list(wo, flat=True).distinct())


def test_a_hat_that_ends_is_gone_with_the_next_request(cast):
    jetzt = anfrage(cast.sachbearbeitung)
    assert set(hats_worn(jetzt.user, "mitarbeiten", netzwerkstelle=cast.harz.pk)) == {"sachbearbeitung"}
    cast.sachbearbeitung.mitarbeiten.update(von="2020-01-01", bis="2020-12-31")
    assert set(hats_worn(jetzt.user, "mitarbeiten", netzwerkstelle=cast.harz.pk)) == {"sachbearbeitung"}
    danach = anfrage(cast.sachbearbeitung)
    assert set(hats_worn(danach.user, "mitarbeiten", netzwerkstelle=cast.harz.pk)) == set()


def test_asked_once_for_the_frame_and_all_that_asks_what_somebody_may(cast, django_assert_num_queries):
    request = anfrage(cast.leitung)
    with django_assert_num_queries(1):
        assert [hut.rolle for hut in request.huete] == ["leitung"]
        assert set(hats_worn(request.user, "landesrollen")) == set()
        assert set(hats_worn(request.user, "mitarbeiten")) == {"leitung"}
