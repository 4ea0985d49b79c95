"""Lists that filter while somebody types: the same view answers the page and its hits alone."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_schule
from tests.factories_antrag import make_antrag_in, make_beratung

HTMX = {"HX-Request": "true"}
# Short words, many to a line.
LISTEN = [
    # what somebody typed,                               hits,            a stranger gets
    ("/antraege/?q=gemeinsam",                           "Ein Antrag",    200),
    ("/beratungen/?q=gemeinsam",                         "5 Beratungen",  200),
    ("/netzwerkstellen/{}/verwaltung/schulen/?q=am+wall", "Eine Schule",   404),
]  # fmt: skip


def gefunden(antwort) -> str:
    """The sentence about the hits: what is announced while somebody types."""
    return " ".join(re.search(r"data-fund>(.*?)</", antwort.text, re.DOTALL)[1].split())


@pytest.fixture
def fuenf_beratungen(cast):
    make_antrag_in("eingereicht", cast)
    make_schule(netzwerkstelle=cast.harz, name="Grundschule am Wall")
    for _ in range(4):
        make_beratung(cast.schule, cast.lehrkraft)


@pytest.mark.parametrize(("liste", "fund"), [zeile[:2] for zeile in LISTEN])
def test_the_hits_are_the_same_as_on_the_page(fuenf_beratungen, cast, als, liste, fund):
    liste, client = liste.format(cast.harz.slug), als(cast.leitung)
    with CaptureQueriesContext(connection) as fuer_alles:
        seite = client.get(liste)
    with CaptureQueriesContext(connection) as fuer_treffer:
        treffer = client.get(liste, headers=HTMX)
    assert "<html" not in treffer.text
    assert gefunden(treffer) == fund
    assert treffer.text.strip() in seite.text
    assert len(fuer_treffer) <= len(fuer_alles)
    assert f'hx-get="{liste.partition("?")[0]}"' in seite.text
    assert {seite["Vary"], treffer["Vary"]} == {"HX-Request, Cookie"}


@pytest.mark.parametrize(("liste", "status"), [(liste, status) for liste, _, status in LISTEN])
def test_nobody_gets_hits_of_others(fuenf_beratungen, cast, als, client, liste, status):
    liste = liste.format(cast.harz.slug)
    antwort = client.get(liste, headers=HTMX)
    assert (antwort.status_code, antwort["HX-Refresh"], antwort.text) == (200, "true", "")
    fremd = als(cast.fremd).get(liste, headers=HTMX)
    assert fremd.status_code == status
    assert status == 404 or gefunden(fremd) in ("Kein Antrag", "Keine Beratung")
    assert [titel for titel in ("Gemeinsam statt einsam", "Grundschule am Wall") if titel in fremd.text] == []


def test_what_the_form_refuses_is_told_by_the_whole_page(cast, als):
    adresse = "/antraege/?von=0001-01-01&q="
    antwort = als(cast.leitung).get(adresse, headers=HTMX)
    assert (antwort["HX-Redirect"], antwort.text) == (adresse, "")
