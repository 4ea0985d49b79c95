"""The pages of an office: what belongs to others is unknown there, and what a wrong hat reads.

Who may what: `tests/netzwerkstellen/stelle/test_permissions.py`; who gets what over HTTP: `tests/matrix.txt`.
"""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from netzwerkstellen.models import Ansprechperson, Schulsozialarbeit, Standort, Traegerschaft
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_einladung, make_mitarbeit, make_organisation, make_schule, make_zugehoerigkeit

PAGES = [
    "verwaltung/",
    "verwaltung/verlauf/",
    "verwaltung/angaben/",
    "verwaltung/ansprechpersonen/",
    "verwaltung/ansprechpersonen/neu/",
    "verwaltung/ansprechpersonen/{person}/",
    "verwaltung/standorte/",
    "verwaltung/standorte/neu/",
    "verwaltung/standorte/{standort}/",
    "verwaltung/traegerschaften/",
    "verwaltung/traegerschaften/neu/",
    "verwaltung/traegerschaften/{traegerschaft}/",
    "verwaltung/organisationen/neu/",
    "verwaltung/team/",
    "verwaltung/team/einladen/",
    "verwaltung/team/{mitarbeit}/",
    "verwaltung/team/{mitarbeit}/rolle/",
    "verwaltung/team/{mitarbeit}/beenden/",
    "verwaltung/schulen/",
    "verwaltung/schulen/neu/",
    "verwaltung/schulen/{schule}/",
    "verwaltung/schulen/{schule}/bearbeiten/",
    "verwaltung/schulen/{schule}/einladen/",
    "verwaltung/schulen/{schule}/schulsozialarbeit/neu/",
    "verwaltung/schulen/{schule}/schulsozialarbeit/{sozialarbeit}/beenden/",
    "verwaltung/schulen/{schule}/personen/{zugehoerigkeit}/beenden/",
]
POSTS = [
    "verwaltung/ansprechpersonen/{person}/beenden/",
    "verwaltung/ansprechpersonen/{person}/fortsetzen/",
    "verwaltung/einladungen/{einladung}/erneut/",
    "verwaltung/einladungen/{einladung}/zuruecknehmen/",
    "verwaltung/einladungen/{schuleinladung}/erneut/",
    "verwaltung/einladungen/{schuleinladung}/zuruecknehmen/",
]
SOZIALARBEIT_BEENDEN = "verwaltung/schulen/{schule}/schulsozialarbeit/{sozialarbeit}/beenden/"
ZUGEHOERIGKEIT_BEENDEN = "verwaltung/schulen/{schule}/personen/{zugehoerigkeit}/beenden/"
WRONG_IDS = ("0", "99999999999999999999", "9" * 5000, "-1", "x")
TEILE = ("ansprechpersonen", "standorte", "traegerschaften", "team", "schulen")


def rows_of(cast, stelle, schule, mitarbeit):
    traeger = make_organisation()
    return {
        "person": Ansprechperson.objects.create(netzwerkstelle=stelle, name="Grit May", oeffentlich=True).pk,
        "standort": Standort.objects.create(netzwerkstelle=stelle, ort="Halberstadt").pk,
        "traegerschaft": Traegerschaft.objects.create(
            netzwerkstelle=stelle, organisation=traeger, von=date(2022, 8, 1)
        ).pk,
        "mitarbeit": mitarbeit.pk,
        "schule": schule.pk,
        "sozialarbeit": Schulsozialarbeit.objects.create(schule=schule, traeger=traeger).pk,
        "zugehoerigkeit": make_zugehoerigkeit(schule).pk,
        "einladung": make_einladung(stelle, cast.leitung).pk,
        "schuleinladung": make_einladung(stelle, cast.leitung, schule).pk,
    }


@pytest.fixture
def rows(cast):
    return rows_of(cast, cast.harz, cast.schule, make_mitarbeit(cast.harz))


def address_of(stelle, page, rows):
    return f"/netzwerkstellen/{stelle.slug}/{page.format(**rows)}"


def test_strangers_are_sent_to_sign_in(client, cast, rows):
    for page in (*PAGES, *POSTS):
        assert client.get(address_of(cast.harz, page, rows)).url.startswith("/konto/anmelden/?next=/netzwerkstellen/")


def test_steps_are_not_taken_by_looking(als, cast, rows):
    client = als(cast.leitung)
    assert {client.get(address_of(cast.harz, page, rows)).status_code for page in POSTS} == {302}


def test_rows_of_another_office_are_unknown_under_this_address(als, cast):
    client, rows = als(cast.koordination), rows_of(cast, cast.boerde, cast.fremdschule, make_mitarbeit(cast.boerde))
    assert {client.get(address_of(cast.harz, page, rows)).status_code for page in PAGES if "{" in page} == {404}
    assert {client.post(address_of(cast.harz, page, rows)).status_code for page in POSTS} == {404}


def test_schools_of_another_office_are_unknown_under_this_address(als, cast, rows):
    client, rows = als(cast.koordination), rows | {"schule": cast.fremdschule.pk}
    assert {client.get(address_of(cast.harz, page, rows)).status_code for page in PAGES if "{schule}" in page} == {404}


def test_rows_of_another_school_are_unknown_under_this_school(als, cast, rows):
    client, rows = als(cast.leitung), rows | {"schule": make_schule(netzwerkstelle=cast.harz).pk}
    assert client.get(address_of(cast.harz, SOZIALARBEIT_BEENDEN, rows)).status_code == 404
    assert client.get(address_of(cast.harz, ZUGEHOERIGKEIT_BEENDEN, rows)).status_code == 404


def test_ids_that_are_none(als, cast):
    client = als(cast.koordination)
    for pk, teil in product(WRONG_IDS, TEILE):
        assert client.get(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/{teil}/{pk}/").status_code == 404


def test_a_wrong_hat_is_told_who_may(als, cast):
    answer = als(cast.freigabe).get(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/angaben/")
    assert "Diesen Schritt macht: Leitung der Netzwerkstelle oder Koordinierungsstelle." in answer.content.decode()
    assert f"Zuständig hier: {cast.leitung}." in answer.content.decode()


def test_nobody_opens_their_own_row_but_the_coordination_office(als, cast):
    eigene = cast.leitung.mitarbeiten.get()
    address = f"/netzwerkstellen/{cast.harz.slug}/verwaltung/team/{eigene.pk}/"
    assert als(cast.leitung).get(address).status_code == 403
    assert als(cast.leitung).get(f"{address}rolle/").status_code == 403
    assert als(cast.leitung).get(f"{address}beenden/").status_code == 200
    assert als(cast.koordination).get(address).status_code == 200


def test_an_ended_hat_opens_nothing(als, cast):
    ehemalig = make_mitarbeit(cast.harz, Rolle.LEITUNG, bis=timezone.localdate() - timedelta(days=1)).person
    assert als(ehemalig).get(f"/netzwerkstellen/{cast.harz.slug}/verwaltung/").status_code == 404
