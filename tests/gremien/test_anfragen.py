"""As many queries for one row as for fifty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gremien.models import Tagesordnungspunkt
from gremien.sitzung import ladung
from tests.factories_gremium import make_gremium, make_mitglied, make_sitzung, make_sitzung_in


def zahl(client, adresse):
    client.get(adresse)
    with CaptureQueriesContext(connection) as anfragen:
        assert client.get(adresse).status_code == 200
    return len(anfragen)


@pytest.mark.parametrize("status", ["geplant", "eingeladen", "laufend"])
def test_a_meeting_with_fifty_items_and_members(als, cast, saal, status):
    sitzung = make_sitzung_in(status, cast, saal)
    client, adresse = als(cast.leitung), f"/sitzungen/{sitzung.pk}/"
    vorher = zahl(client, adresse)
    for position in range(2, 51):
        Tagesordnungspunkt.objects.create(
            sitzung=sitzung, position=position, art="sonstiges", titel=f"Punkt {position}"
        )
        make_mitglied(saal.gremium)
    if status != "geplant":
        ladung.nachladen(sitzung, by=cast.leitung)
    assert zahl(client, adresse) == vorher


def test_lists_with_fifty_rows(als, cast, saal):
    make_sitzung(saal.gremium, cast.leitung)
    client = als(cast.leitung)
    seiten = ("/gremien/", "/sitzungen/", f"/gremien/{saal.gremium.pk}/")
    vorher = {seite: zahl(client, seite) for seite in seiten}
    for nummer in range(20):
        make_sitzung(saal.gremium, cast.leitung)
        make_gremium(cast.harz, name=f"Gremium {nummer}")
        make_mitglied(saal.gremium)
    assert {seite: zahl(client, seite) for seite in seiten} == vorher
