"""Who gets what on which page of an office, as a table somebody from an office could tick off."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.utils import timezone

from netzwerkstellen.models import Ansprechperson, Schulsozialarbeit, Standort, Traegerschaft
from schulerfolg.konten.permissions import Rolle
from tests.factories import make_einladung, make_mitarbeit, make_organisation, make_schule, make_zugehoerigkeit

# Short words, many to a line.
PEOPLE = (
    "sachbearbeitung", "leitung", "freigabe", "koordination", "pruefung", "nachbarin", "lehrkraft", "fremd", "anonym",
)  # fmt: skip

LESEN = (200, 200, 200, 200, 200, 404, 404, 404, 302)
PFLEGEN = (200, 200, 403, 200, 403, 404, 404, 404, 302)
LEITEN = (403, 200, 403, 200, 403, 404, 404, 404, 302)
KOORDINIEREN = (403, 403, 403, 200, 403, 404, 404, 404, 302)

# A table, to be read in columns.
PAGES = {
    #                                          sach leit frei koor prüf nach lehr fremd anonym
    "verwaltung/":                                       LESEN,
    "verwaltung/verlauf/":                               LESEN,
    "verwaltung/angaben/":                               LEITEN,
    "verwaltung/ansprechpersonen/":                      LESEN,
    "verwaltung/ansprechpersonen/neu/":                  PFLEGEN,
    "verwaltung/ansprechpersonen/{person}/":             PFLEGEN,
    "verwaltung/standorte/":                             LESEN,
    "verwaltung/standorte/neu/":                         PFLEGEN,
    "verwaltung/standorte/{standort}/":                  PFLEGEN,
    "verwaltung/traegerschaften/":                       LESEN,
    "verwaltung/traegerschaften/neu/":                   KOORDINIEREN,
    "verwaltung/traegerschaften/{traegerschaft}/":       KOORDINIEREN,
    "verwaltung/organisationen/neu/":                    PFLEGEN,
    "verwaltung/team/":                                  LESEN,
    "verwaltung/team/einladen/":                         LEITEN,
    "verwaltung/team/{mitarbeit}/":                      LEITEN,
    "verwaltung/team/{mitarbeit}/rolle/":                LEITEN,
    "verwaltung/team/{mitarbeit}/beenden/":              LEITEN,
    "verwaltung/schulen/":                               LESEN,
    "verwaltung/schulen/neu/":                           PFLEGEN,
    "verwaltung/schulen/{schule}/":                      LESEN,
    "verwaltung/schulen/{schule}/bearbeiten/":           PFLEGEN,
    "verwaltung/schulen/{schule}/einladen/":             PFLEGEN,
    "verwaltung/schulen/{schule}/schulsozialarbeit/neu/":              PFLEGEN,
    "verwaltung/schulen/{schule}/schulsozialarbeit/{sozialarbeit}/beenden/": PFLEGEN,
    "verwaltung/schulen/{schule}/personen/{zugehoerigkeit}/beenden/":  PFLEGEN,
}  # fmt: skip

# A table, to be read in columns:
#                 sach leit frei koor prüf nach lehr fremd anonym
POSTS = {
    "verwaltung/ansprechpersonen/{person}/beenden/":     (302, 302, 403, 302, 403, 404, 404, 404, 302),
    "verwaltung/ansprechpersonen/{person}/fortsetzen/":  (302, 302, 403, 302, 403, 404, 404, 404, 302),
    "verwaltung/einladungen/{einladung}/erneut/":        (403, 302, 403, 302, 403, 404, 404, 404, 302),
    "verwaltung/einladungen/{einladung}/zuruecknehmen/": (403, 302, 403, 302, 403, 404, 404, 404, 302),
    "verwaltung/einladungen/{schuleinladung}/erneut/":        (302, 302, 403, 302, 403, 404, 404, 404, 302),
    "verwaltung/einladungen/{schuleinladung}/zuruecknehmen/": (302, 302, 403, 302, 403, 404, 404, 404, 302),
}  # fmt: skip


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


def sign_in(als, client, cast, wer):
    return client if wer == "anonym" else als(getattr(cast, wer))


@pytest.mark.parametrize("wer", PEOPLE)
def test_who_may_open_which_page(als, client, cast, rows, wer):
    client = sign_in(als, client, cast, wer)
    given = {page: client.get(address_of(cast.harz, page, rows)).status_code for page in PAGES}
    assert given == {page: row[PEOPLE.index(wer)] for page, row in PAGES.items()}


@pytest.mark.parametrize("wer", PEOPLE)
def test_who_may_take_which_step(als, client, cast, rows, wer):
    client = sign_in(als, client, cast, wer)
    given = {page: client.post(address_of(cast.harz, page, rows)).status_code for page in POSTS}
    assert given == {page: row[PEOPLE.index(wer)] for page, row in POSTS.items()}


def test_strangers_are_sent_to_sign_in(client, cast, rows):
    for page in (*PAGES, *POSTS):
        assert client.get(address_of(cast.harz, page, rows)).url.startswith("/konto/anmelden/?next=/netzwerkstellen/")


def test_steps_are_not_taken_by_looking(als, cast, rows):
    client = als(cast.leitung)
    assert {client.get(address_of(cast.harz, page, rows)).status_code for page in POSTS} == {405}


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
