"""The page of a case is arranged from what each subject offers, and knows none of them by name."""

import re
import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from angebote.antrag.workflow import Status
from schulerfolg.dach import gegenstaende
from schulerfolg.teile import Aktion, Platz, Teil
from tests.factories_antrag import make_antrag_in

ROOT = Path(__file__).resolve().parents[4]
INTERN = ("angebote_pruefpunkt", "angebote_stellungnahme", "gremien_tagesordnungspunkt", "gremien_beschluss")


def seite(antrag):
    return reverse("antraege:antrag", args=[antrag.pk])


@pytest.fixture
def liste(monkeypatch):
    """Puts other subjects into the list of the house, which is read once."""

    def put(*subjects):
        monkeypatch.setattr(gegenstaende, "GEGENSTAENDE", subjects)
        gegenstaende.modules_named.cache_clear()

    yield put
    gegenstaende.modules_named.cache_clear()


@pytest.mark.parametrize("platz", Platz)
def test_a_new_subject_touches_the_list_and_nothing_else(cast, als, liste, monkeypatch, platz):
    folder, module = (module_from_spec(ModuleSpec(n, None, is_package=n == "neu")) for n in ("neu", "neu.teile"))
    button = Aktion("Neues tun", "/neu/")
    module.teile = lambda antrag, person, hats: [Teil(platz, "includes/leer.html", {"text": "Ganz neu"}, (button,))]
    monkeypatch.setitem(sys.modules, "neu", folder)
    monkeypatch.setitem(sys.modules, "neu.teile", module)
    antrag, client = make_antrag_in(Status.EINGEREICHT, cast), als(cast.lehrkraft)
    assert "Ganz neu" not in client.get(seite(antrag)).content.decode()
    liste(*gegenstaende.GEGENSTAENDE, "neu")
    antwort = client.get(seite(antrag))
    assert antwort.content.decode().count("Ganz neu") == 1
    assert antwort.context["aktionen"] == [Aktion("Neues tun", "/neu/", "primary")]


def test_a_subject_that_leaves_the_list_leaves_the_page(cast, als, liste):
    antrag = make_antrag_in(Status.FORMALPRUEFUNG, cast)
    liste(*(name for name in gegenstaende.GEGENSTAENDE if name != "angebote.pruefung"))
    antwort = als(cast.sachbearbeitung).get(seite(antrag))
    assert 'id="pruefung"' not in antwort.content.decode()
    assert "Prüfliste ausfüllen" not in [aktion.label for aktion in antwort.context["aktionen"]]


def test_what_comes_later_on_the_way_of_a_case_stands_further_up(cast, als):
    antrag = make_antrag_in(Status.NACHFORDERUNG, cast)
    text = als(cast.sachbearbeitung).get(seite(antrag)).content.decode()
    titel = " ".join(re.findall(r'<h2[^>]* id="(\w+)"', text))
    assert titel == "dran weg rueckfragen pruefung nachrichten antworten dateien regel verlauf"


@pytest.mark.parametrize(("wer", "gelesen"), [("lehrkraft", set()), ("sachbearbeitung", set(INTERN))])
def test_what_is_internal_is_not_even_looked_up_for_others(cast, als, wer, gelesen):
    antrag, client = make_antrag_in(Status.FORMALPRUEFUNG, cast), als(getattr(cast, wer))
    with CaptureQueriesContext(connection) as queries:
        client.get(seite(antrag))
    sql = " ".join(query["sql"] for query in queries)
    assert {table for table in INTERN if table in sql} == gelesen


def test_the_page_names_no_template_of_a_subject():
    """Its frame alone: the whole page, the box with the buttons, the badge."""
    frame = [ROOT / "templates/dach/vorgang" / name for name in ("antrag.html", "dran.html", "stand.html")]
    sources = [path.read_text() for path in [*frame, ROOT / "schulerfolg/dach/vorgang/seite.py"]]
    named = {name for source in sources for name in re.findall(r'"([\w/]+\.html)"', source)}
    assert named == {"base.html", *(f"dach/vorgang/{name}.html" for name in ("stand", "dran", "weg"))}
