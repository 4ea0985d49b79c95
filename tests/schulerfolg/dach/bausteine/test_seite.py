"""The page of components: each include of the house is on it, with what its first line promises."""

from pathlib import Path

import pytest

from schulerfolg.dach.bausteine.seite import GRUPPEN

ROOT = Path(__file__).resolve().parent.parent.parent
ALLE = [baustein for gruppe in GRUPPEN.values() for baustein in gruppe]


def test_it_exists_in_the_demo_only(client, db, settings):
    assert client.get("/demo/bausteine/").status_code == 404
    settings.DEMO = True
    assert client.get("/demo/bausteine/").status_code == 200


def test_the_way_there_starts_at_the_mails_of_the_demo(client, db, settings):
    settings.DEMO = True
    assert 'href="/demo/bausteine/"' in client.get("/demo/postausgang/").text


def test_every_include_of_the_house_is_there():
    includes = {f"includes/{path.name}" for path in (ROOT / "templates/includes").glob("*.html")}
    assert includes - {baustein.datei for baustein in ALLE} == set()


@pytest.mark.parametrize("baustein", ALLE, ids=lambda baustein: baustein.titel)
def test_each_says_what_it_promises_and_shows_it(baustein):
    assert baustein.vertrag[0].isupper()
    assert baustein.vertrag.endswith((".", "…"))
    assert "{#" not in baustein.vertrag
    assert bool(baustein.beispiel) != bool(baustein.wo)
    assert not baustein.beispiel or baustein.aufruf


def test_it_opens_quietly(client, db, settings):
    """An example takes no focus, and no id stands there twice."""
    settings.DEMO = True
    page = client.get("/demo/bausteine/").text
    assert "autofocus" not in page
    ids = [teil.split('"')[0] for teil in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
